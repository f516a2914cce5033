import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsError } from './http.ts';
import type { Secrets } from './secret.ts';
import type { Store } from './store.ts';

/** What S3 remembers of an object beside its bytes. `file` is its file's name in the data folder. */
export interface StoredObject {
  key: string;
  size: number;
  etag: string;
  modified: number;
  file: string;
  headers: Record<string, string>;
}

export interface Written {
  file: string;
  size: number;
  md5: string;
}

/** Objects as files in the data folder, each under a random name, so that an object is either the old one or the new one, whole. */
export interface Buckets {
  readonly secrets: Secrets;
  readonly origins: string[];
  readonly store: Store;
  find(bucket: string, key: string): StoredObject | undefined;
  /** At most `atMost` objects in key order, after `after`, beginning with `prefix`. */
  list(bucket: string, options: { prefix: string; after: string; atMost: number }): StoredObject[];
  /** Streams bytes to a new file. Throws AwsError EntityTooLarge beyond `limit` and leaves nothing. */
  write(body: Readable, limit: number): Promise<Written>;
  put(bucket: string, key: string, object: Omit<StoredObject, 'key' | 'modified'>): StoredObject;
  remove(bucket: string, key: string): void;
  read(file: string, range?: { start: number; end: number }): Readable;
  discard(file: string): void;
  /** Writes a small object at once: what the loopback itself has to keep. */
  keep(bucket: string, key: string, content: string | Buffer): Promise<void>;
}

export function createBuckets(store: Store, options: { dataDir: string; secrets: Secrets; origins: string[] }): Buckets {
  const folder = join(options.dataDir, 'objects');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const get = store.prepare('SELECT meta FROM objects WHERE bucket = ? AND key = ?');
  const save = store.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?)');
  const forget = store.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');
  const page = store.prepare('SELECT meta FROM objects WHERE bucket = ? AND key > ? AND key >= ? AND key < ? ORDER BY key LIMIT ?');
  const parse = (row: Record<string, unknown> | undefined) => (row ? (JSON.parse(String(row.meta)) as StoredObject) : undefined);
  const find = (bucket: string, key: string) => parse(get.get(bucket, key));
  const discard = (file: string) => rmSync(join(folder, file), { force: true });

  async function write(body: Readable, limit: number): Promise<Written> {
    const file = randomUUID();
    const hash = createHash('md5');
    let size = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        hash.update(chunk);
        done(size > limit ? new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size') : null, chunk);
      },
    });
    await pipeline(body, meter, createWriteStream(join(folder, file), { mode: 0o600 })).catch((error: unknown) => {
      discard(file);
      throw error;
    });
    return { file, size, md5: hash.digest('hex') };
  }

  function put(bucket: string, key: string, object: Omit<StoredObject, 'key' | 'modified'>): StoredObject {
    if (key === '' || Buffer.byteLength(key) > 1024) throw new AwsError('KeyTooLongError', 'Your key is too long');
    const old = find(bucket, key);
    const stored = { ...object, key, modified: Date.now() };
    save.run(bucket, key, JSON.stringify(stored));
    if (old) discard(old.file);
    return stored;
  }

  return {
    secrets: options.secrets,
    origins: options.origins,
    store,
    find,
    write,
    put,
    discard,
    list: (bucket, { prefix, after, atMost }) =>
      page.all(bucket, after, prefix, `${prefix}\u{10ffff}`, atMost).map((row) => parse(row) as StoredObject),
    remove(bucket, key) {
      const old = find(bucket, key);
      forget.run(bucket, key);
      if (old) discard(old.file);
    },
    read: (file, range) => createReadStream(join(folder, file), range),
    async keep(bucket, key, text) {
      const { Readable: Stream } = await import('node:stream');
      const { file, size, md5 } = await write(Stream.from([Buffer.from(text)]), Number.POSITIVE_INFINITY);
      put(bucket, key, { file, size, etag: `"${md5}"`, headers: { 'content-type': 'application/json' } });
    },
  };
}
