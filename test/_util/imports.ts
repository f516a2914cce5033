import { expect } from 'vitest';
import type { ImportDetail } from '../../functions/imports/import.ts';
import type { World } from './world.ts';

/** Sends a file by the form that the import gave, as a browser does. */
export async function uploadFile(upload: { url: string; fields: Record<string, string> }, bytes: Buffer | string): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.set(name, value);
  form.set('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), 'file');
  return (await fetch(upload.url, { method: 'POST', body: form })).status;
}

/** The acts of an import as a client does them, each followed by all that is done behind. */
export function importer(world: World, key: string) {
  const ok = async (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ImportDetail> => {
    const answer = await world.api(key, method, path, body, headers);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  const act = async (id: string, what: string, body?: unknown) => {
    await ok('POST', `/v1/imports/${id}/${what}`, body);
    await world.drain();
    return ok('GET', `/v1/imports/${id}`);
  };
  return {
    /** Uploads a file and inspects it. */
    async inspected(
      target: 'customers' | 'interactions',
      name: string,
      bytes: Buffer | string,
      settings: object = {},
    ): Promise<ImportDetail> {
      const { body, status } = await world.api(key, 'POST', '/v1/imports', { target, name });
      expect(status, JSON.stringify(body)).toBe(201);
      expect(await uploadFile(body.upload, bytes)).toBe(204);
      return act(body.id, 'inspect', settings);
    },
    change: (shown: ImportDetail, patch: object) => ok('PATCH', `/v1/imports/${shown.id}`, patch, { 'if-match': `"${shown.version}"` }),
    dryRun: (id: string) => act(id, 'dry-run'),
    start: (id: string) => act(id, 'start'),
    undo: (id: string) => act(id, 'undo'),
    get: (id: string) => ok('GET', `/v1/imports/${id}`),
    /** The row errors as lines of CSV, without the header. */
    async errors(id: string): Promise<string[]> {
      const { body } = await world.api(key, 'GET', `/v1/imports/${id}/errors`);
      const text = await (await fetch(body.url)).text();
      return text.trim().split('\r\n').slice(1);
    },
  };
}
