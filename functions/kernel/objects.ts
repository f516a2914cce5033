import { GetObjectCommand, PutObjectTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { isoOf, machineNow } from './clock.ts';
import { env } from './env.ts';

let shared: S3Client | undefined;
export const objectClient = (): S3Client => {
  shared ??= new S3Client({ maxAttempts: 4 });
  return shared;
};

const lifetimeSeconds = 15 * 60;
const expiry = () => isoOf(machineNow() + lifetimeSeconds * 1_000);

/** An object that no row points to yet; the bucket's rule removes it after a day. */
const pending = '<Tagging><TagSet><Tag><Key>state</Key><Value>pending</Value></Tag></TagSet></Tagging>';

type Uploaded = { key: string; type: string; maxBytes: number; minBytes?: number };
/** A form by which a browser sends one file of at most `maxBytes` straight to the bucket, within 15 minutes. It stays a day unless it is kept. */
export async function uploadForm({ key, type, maxBytes, minBytes = 1 }: Uploaded) {
  const { url, fields } = await createPresignedPost(objectClient(), {
    Bucket: env().BUCKET_NAME,
    Key: key,
    Fields: { 'Content-Type': type, tagging: pending },
    Conditions: [['content-length-range', minBytes, maxBytes]],
    Expires: lifetimeSeconds,
  });
  return { url, fields, expiresAt: expiry() };
}

/** A link to download one object under a name, for 15 minutes; always as a file, never shown from our origin. */
export async function downloadLink({ key, name, type }: { key: string; name: string; type: string }) {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const command = new GetObjectCommand({
    Bucket: env().BUCKET_NAME,
    Key: key,
    ResponseContentDisposition: `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    ResponseContentType: type,
  });
  return { url: await getSignedUrl(objectClient(), command, { expiresIn: lifetimeSeconds }), expiresAt: expiry() };
}

/** Keeps an uploaded object for good. False where nothing was uploaded under the key. Before the commit that points to it: an orphan is better than a loss. */
export async function keepObject(key: string): Promise<boolean> {
  try {
    await objectClient().send(
      new PutObjectTaggingCommand({ Bucket: env().BUCKET_NAME, Key: key, Tagging: { TagSet: [{ Key: 'state', Value: 'kept' }] } }),
    );
    return true;
  } catch (error) {
    if (['NoSuchKey', 'NotFound'].includes((error as Error).name)) return false;
    throw error;
  }
}
