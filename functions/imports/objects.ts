import type { Readable } from 'node:stream';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { env } from '../kernel/env.ts';
import { objectClient } from '../kernel/objects.ts';

/** What belongs to one import in the bucket. Names that people gave are no part of a key. */
export const objectKey = (tenant: string, jobId: string, part: 'file' | 'rows' | 'profile' | 'inspection' | 'dry-run' | 'errors.csv') =>
  `t/${tenant}/imports/${jobId}/${part}`;

const isAbsent = (error: unknown) => ['NoSuchKey', 'NotFound', 'InvalidRange'].includes((error as Error).name);

/** An object as a stream with its size, or undefined. `from` and `to` are bytes, both included. */
export async function openObject(key: string, range?: { from: number; to: number }): Promise<{ body: Readable; size: number } | undefined> {
  try {
    const { Body, ContentLength } = await objectClient().send(
      new GetObjectCommand({ Bucket: env().BUCKET_NAME, Key: key, ...(range && { Range: `bytes=${range.from}-${range.to}` }) }),
    );
    return Body && { body: Body as Readable, size: ContentLength ?? 0 };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

export async function readBytes(key: string, range?: { from: number; to: number }): Promise<Buffer | undefined> {
  const found = await openObject(key, range);
  if (!found) return undefined;
  const parts: Buffer[] = [];
  for await (const part of found.body) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export async function readJson<T>(key: string): Promise<T | undefined> {
  const bytes = await readBytes(key);
  return bytes && (JSON.parse(bytes.toString('utf8')) as T);
}

/** Writes an object whole. `size` in bytes must be said of a stream. */
export async function writeObject(
  key: string,
  body: string | Buffer | Readable,
  { type = 'application/json', size }: { type?: string; size?: number } = {},
): Promise<void> {
  await objectClient().send(
    new PutObjectCommand({
      Bucket: env().BUCKET_NAME,
      Key: key,
      Body: body,
      ContentType: type,
      ...(size !== undefined && { ContentLength: size }),
    }),
  );
}

export const writeJson = (key: string, value: unknown) => writeObject(key, JSON.stringify(value));
