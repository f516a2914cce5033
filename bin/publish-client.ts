import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { contentTypeOf } from '../lib/content-types.ts';

/** How long a browser keeps an object: for ever where its name is made of its content, else it asks each time. */
export const headersOf = (key: string) => ({
  ContentType: contentTypeOf(key),
  CacheControl: key.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
});

/** A deployment of the client: when, and which objects it is made of. */
export type Release = { at: string; keys: string[] };

const keptDays = 30;

/** The assets that no release needs that was live within the last 30 days, so that an open tab keeps working. `releases` holds the new one. */
export function staleAssets(present: readonly string[], releases: readonly Release[], now: number): string[] {
  const sorted = releases.toSorted((a, b) => a.at.localeCompare(b.at));
  const liveUntil = (at: number) => (sorted[at + 1] ? Date.parse(sorted[at + 1]!.at) : now);
  const needed = new Set(sorted.filter((_, at) => liveUntil(at) >= now - keptDays * 86_400_000).flatMap(({ keys }) => keys));
  return present.filter((key) => key.startsWith('assets/') && !needed.has(key));
}

/** The client's files in the order in which they may appear: what a page names before the page that names it. */
export function filesOf(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((key) => !key.startsWith('.'));
  const rank = (key: string) => (key.startsWith('assets/') ? 0 : key.endsWith('.html') ? 2 : 1);
  return all.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

const client = () => new S3Client({});

async function keysIn(s3: S3Client, Bucket: string, Prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, ...(ContinuationToken && { ContinuationToken }) }));
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key!));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return keys;
}

async function releasesIn(s3: S3Client, Bucket: string): Promise<Release[]> {
  const keys = await keysIn(s3, Bucket, 'releases/');
  return Promise.all(
    keys.map(async (Key) => JSON.parse(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString()) as Release),
  );
}

/** Puts the built client and its `/config.json` into the stage's bucket, and takes away what no open tab can need any more. */
export async function publishClient({
  bucket: Bucket,
  folder,
  config,
}: {
  bucket: string;
  folder: string;
  config: { authority: string; clientId: string };
}): Promise<void> {
  const s3 = client();
  const keys = filesOf(folder).filter((key) => key !== 'config.json');
  const put = (Key: string, Body: Uint8Array | string) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...headersOf(Key) }));
  await put('config.json', JSON.stringify({ ...config, languages: ['en', 'fr', 'fil', 'ur', 'th'] }));
  for (const key of keys) await put(key, readFileSync(join(folder, key)));
  const release: Release = { at: new Date().toISOString(), keys };
  await put(`releases/${release.at}.json`, JSON.stringify(release));
  const stale = staleAssets(await keysIn(s3, Bucket, 'assets/'), await releasesIn(s3, Bucket), Date.parse(release.at));
  for (let start = 0; start < stale.length; start += 1_000)
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: stale.slice(start, start + 1_000).map((Key) => ({ Key })) } }));
  console.log(`client: ${keys.length} files published, ${stale.length} old ones removed`);
}
