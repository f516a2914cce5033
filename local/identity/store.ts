import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Row {
  payload: AdapterPayload;
  expiresAt: number | null;
}

const fileName = 'identity-sessions.json';

/**
 * What the provider remembers (sessions, grants, refresh tokens), in memory and, a tenth of a second later, in one file,
 * so that nobody is signed out by a restart. A few hundred small rows at most: expired ones leave at each save.
 */
export function createStore(dataDir: string) {
  const path = join(dataDir, fileName);
  const rows = new Map<string, Row>(Object.entries(readJson<Record<string, Row>>(path) ?? {}));
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    timer = undefined;
    for (const [key, row] of rows) if (row.expiresAt !== null && row.expiresAt < Date.now()) rows.delete(key);
    writePrivate(path, JSON.stringify(Object.fromEntries(rows)));
  };
  const touch = () => {
    timer ??= setTimeout(save, 100);
    timer.unref();
  };
  const alive = (key: string) => {
    const row = rows.get(key);
    return row && (row.expiresAt === null || row.expiresAt > Date.now()) ? row.payload : undefined;
  };
  const drop = (keep: (key: string, payload: AdapterPayload) => boolean) => {
    for (const [key, row] of rows) if (!keep(key, row.payload)) rows.delete(key);
    touch();
  };

  return (model: string): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    const findBy = (test: (payload: AdapterPayload) => boolean) => {
      for (const key of rows.keys()) if (key.startsWith(`${model}:`) && test(rows.get(key)!.payload)) return alive(key);
      return undefined;
    };
    return {
      find: async (id) => alive(keyOf(id)),
      findByUid: async (uid) => findBy((payload) => payload.uid === uid),
      findByUserCode: async (code) => findBy((payload) => payload.userCode === code),
      upsert: async (id, payload, expiresIn) => {
        rows.set(keyOf(id), { payload, expiresAt: typeof expiresIn === 'number' ? Date.now() + expiresIn * 1000 : null });
        touch();
      },
      consume: async (id) => {
        const payload = alive(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
        touch();
      },
      destroy: async (id) => {
        rows.delete(keyOf(id));
        touch();
      },
      revokeByGrantId: async (grantId) => drop((key, payload) => !(key.startsWith(`${model}:`) && payload.grantId === grantId)),
    };
  };
}

/** A file that only its owner may read, replaced in one step so that a kill leaves the old or the new one. */
export function writePrivate(path: string, text: string) {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** A JSON file's content, or undefined where there is none or it is torn. */
export function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
