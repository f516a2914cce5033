import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { env } from '../kernel/env.ts';
import { objectClient } from '../kernel/objects.ts';

/** Where the original of an attached mail lies for good. */
export const originalKey = (tenant: string, mailId: string) => `t/${tenant}/mail/${mailId}.eml`;
/** As the attachments of any interaction. */
export const fileKey = (tenant: string, customerId: string, fileId: string) => `t/${tenant}/attachments/${customerId}/${fileId}`;

/** The bytes of an object, `most` and one at most, so that whoever asks sees that there are more; undefined where there is none. */
export async function objectBytes(key: string, most: number): Promise<{ bytes: Buffer; size: number } | undefined> {
  try {
    const command = new GetObjectCommand({ Bucket: env().BUCKET_NAME, Key: key, Range: `bytes=0-${most}` });
    const { Body, ContentRange, ContentLength = 0 } = await objectClient().send(command);
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    return { bytes, size: Number(/\/(\d+)$/.exec(ContentRange ?? '')?.[1] ?? ContentLength) };
  } catch (error) {
    // An empty object has no range.
    if (['NoSuchKey', 'NotFound', 'InvalidRange'].includes((error as Error).name)) return undefined;
    throw error;
  }
}

/** Writes an object that a row is about to point to: an orphan is better than a loss. */
export async function putBytes(key: string, bytes: Uint8Array, type: string): Promise<void> {
  await objectClient().send(new PutObjectCommand({ Bucket: env().BUCKET_NAME, Key: key, Body: bytes, ContentType: type }));
}
