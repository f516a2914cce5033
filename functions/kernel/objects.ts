import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
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

/** A form by which a browser sends one file of at most `maxBytes` straight to the bucket, within 15 minutes. */
export async function uploadForm({ key, type, maxBytes }: { key: string; type: string; maxBytes: number }) {
  const { url, fields } = await createPresignedPost(objectClient(), {
    Bucket: env().BUCKET_NAME,
    Key: key,
    Fields: { 'Content-Type': type },
    Conditions: [['content-length-range', 1, maxBytes]],
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
