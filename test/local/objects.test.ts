import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketName as Bucket } from '../../local/settings.ts';
import { startOnlyLoopback } from '../_util/loopback.ts';

let aws: Awaited<ReturnType<typeof startOnlyLoopback>>;
let s3: S3Client;
beforeAll(async () => {
  aws = await startOnlyLoopback();
  s3 = new S3Client();
});
afterAll(() => aws.stop());

const text = async (key: string, more = {}) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key: key, ...more }))).Body?.transformToString();

describe('the bucket, called by the SDK', () => {
  it('gives back what was put, with its type and metadata', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a/ñ b+c.txt', Body: 'สวัสดี', ContentType: 'text/plain', Metadata: { by: 'ana' } }));
    expect(await text('a/ñ b+c.txt')).toBe('สวัสดี');
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/ñ b+c.txt' }))).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { by: 'ana' },
      ContentLength: 18,
    });
  });

  it('takes a streamed body of unknown chunks whole', async () => {
    const parts = Array.from({ length: 40 }, (_, n) => Buffer.alloc(10_000 + n, n));
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body: Readable.from(parts), ContentLength: length }));
    const body = await (await s3.send(new GetObjectCommand({ Bucket, Key: 'stream' }))).Body?.transformToByteArray();
    expect(Buffer.compare(Buffer.from(body ?? []), Buffer.concat(parts))).toBe(0);
  });

  it('serves a range and refuses one outside', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'range', Body: '0123456789' }));
    expect([await text('range', { Range: 'bytes=2-4' }), await text('range', { Range: 'bytes=-3' })]).toEqual(['234', '789']);
    await expect(text('range', { Range: 'bytes=20-30' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  it('lists by prefix, page by page, and deletes many at once', async () => {
    for (const n of [1, 2, 3]) await s3.send(new PutObjectCommand({ Bucket, Key: `list/${n}`, Body: String(n) }));
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 2 }));
    const second = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', ContinuationToken: first.NextContinuationToken }));
    expect([first, second].map(({ Contents }) => Contents?.map(({ Key }) => Key))).toEqual([['list/1', 'list/2'], ['list/3']]);
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'list/1' }, { Key: 'list/2' }, { Key: 'list/3' }] } }));
    expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/' }))).KeyCount).toBe(0);
  });

  it('joins the parts of a multipart upload in their order', async () => {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts', ContentType: 'text/csv' }));
    const part = (PartNumber: number, Body: string) => s3.send(new UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber, Body }));
    const [two, one] = [await part(2, 'world'), await part(1, 'hello ')];
    const Parts = [
      { PartNumber: 1, ETag: one.ETag },
      { PartNumber: 2, ETag: two.ETag },
    ];
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload: { Parts } }));
    expect(await text('parts')).toBe('hello world');
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/parts` }));
    expect(await text('copied')).toBe('hello world');
  });

  it('does not overwrite where the caller says so, and says NoSuchKey for what is not there', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'first' }));
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'x', IfNoneMatch: '*' }))).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await text('once')).toBe('first');
    await expect(text('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('links to the bucket', () => {
  it('downloads under the name the link says, as an attachment', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'export 1.csv', Body: 'a;b' }));
    const command = new GetObjectCommand({
      Bucket,
      Key: 'export 1.csv',
      ResponseContentDisposition: 'attachment; filename="clients été.csv"',
    });
    const response = await fetch(await getSignedUrl(s3, command, { expiresIn: 900 }));
    expect([response.status, await response.text()]).toEqual([200, 'a;b']);
    expect(response.headers.get('content-disposition')).toContain('attachment');
  });

  it('refuses a changed, an expired and an unsigned link', async () => {
    const command = new GetObjectCommand({ Bucket, Key: 'export 1.csv' });
    const url = await getSignedUrl(s3, command, { expiresIn: 900 });
    const old = await getSignedUrl(s3, command, { expiresIn: 60, signingDate: new Date(Date.now() - 120_000) });
    const changed = url.replace('export%201.csv', 'stream');
    const statuses = await Promise.all([changed, old, url.split('?')[0] as string].map(async (one) => (await fetch(one)).status));
    expect(statuses).toEqual([403, 403, 403]);
  });

  it('takes an upload by link', async () => {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'by link', ContentType: 'text/csv' }), { expiresIn: 900 });
    const response = await fetch(url, { method: 'PUT', body: 'x,y', headers: { 'content-type': 'text/csv' } });
    expect([response.status, await text('by link')]).toEqual([200, 'x,y']);
  });
});

describe('upload forms', () => {
  const post = (range: [number, number], expires = 900) =>
    createPresignedPost(s3, {
      Bucket,
      Key: 'uploads/file.csv',
      Expires: expires,
      Conditions: [['content-length-range', ...range]],
      Fields: { 'Content-Type': 'text/csv' },
    });
  const send = async (
    { url, fields }: { url: string; fields: Record<string, string> },
    body: string | Buffer,
    change: Record<string, string> = {},
  ) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(Buffer.from(body))]), 'any name.csv');
    return fetch(url, { method: 'POST', body: form, headers: { origin: 'http://127.0.0.1:4000' } });
  };

  it('stores the file byte for byte and lets the app’s origin see the answer', async () => {
    const body = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7919) % 256));
    const response = await send(await post([1, 1_000_000]), body);
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, 'http://127.0.0.1:4000']);
    const stored = await (await s3.send(new GetObjectCommand({ Bucket, Key: 'uploads/file.csv' }))).Body?.transformToByteArray();
    expect(Buffer.compare(Buffer.from(stored ?? []), body)).toBe(0);
  });

  it('refuses a file that is too large or too small, another key, and a policy that is over', async () => {
    const codes = await Promise.all([
      send(await post([1, 10]), 'x'.repeat(11)),
      send(await post([5, 10]), 'x'),
      send(await post([1, 10]), 'x', { key: 'elsewhere' }),
      send(await post([1, 10], -10), 'x'),
      send(await post([1, 10]), 'x', { 'X-Amz-Signature': 'f'.repeat(64) }),
    ]);
    const answers = await Promise.all(codes.map(async (response) => /<Code>(\w+)/.exec(await response.text())?.[1]));
    expect(answers).toEqual(['EntityTooLarge', 'EntityTooSmall', 'AccessDenied', 'AccessDenied', 'SignatureDoesNotMatch']);
  });
});
