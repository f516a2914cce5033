import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { env } from '../kernel/env.ts';
import { objectClient } from '../kernel/objects.ts';

/** A file that is written part by part, by one worker after another. Every part but the last has 5 MB at least. */
export type Upload = { key: string; id: string; parts: string[] };
export const partBytes = 5 * 1024 * 1024;

export const exportKey = (tenant: string, jobId: string) => `t/${tenant}/exports/${jobId}`;

export async function beginUpload(key: string): Promise<Upload> {
  const { UploadId = '' } = await objectClient().send(
    new CreateMultipartUploadCommand({ Bucket: env().BUCKET_NAME, Key: key, ContentType: 'text/csv; charset=utf-8' }),
  );
  return { key, id: UploadId, parts: [] };
}

export async function addPart({ key, id, parts }: Upload, body: string): Promise<Upload> {
  const { ETag = '' } = await objectClient().send(
    new UploadPartCommand({ Bucket: env().BUCKET_NAME, Key: key, UploadId: id, PartNumber: parts.length + 1, Body: Buffer.from(body) }),
  );
  return { key, id, parts: [...parts, ETag] };
}

export async function endUpload({ key, id, parts }: Upload): Promise<void> {
  const Parts = parts.map((ETag, at) => ({ ETag, PartNumber: at + 1 }));
  await objectClient().send(
    new CompleteMultipartUploadCommand({ Bucket: env().BUCKET_NAME, Key: key, UploadId: id, MultipartUpload: { Parts } }),
  );
}
