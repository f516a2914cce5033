import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Buckets } from './buckets.ts';
import { AwsError } from './http.ts';
import { policySigned } from './sigv4.ts';

/** Fields of an upload form, names in lower case, and where the file's bytes lie. */
interface Form {
  fields: Record<string, string>;
  start: number;
  end: number;
}

type Condition = Record<string, string> | [string, string, string] | ['content-length-range', number, number];

/** A file may be as large as the largest policy of the product, and the form around it is small. */
const largestForm = 128 * 1024 * 1024;
const largestFields = 64 * 1024;

/** Takes a presigned POST: a form with a signed policy, whose last field is the file. Answers the stored key. */
export async function acceptForm(
  buckets: Buckets,
  bucket: string,
  req: IncomingMessage,
): Promise<{ key: string; etag: string; status: number }> {
  const boundary = /boundary="?([^";]+)"?/.exec(req.headers['content-type'] ?? '')?.[1];
  if (!boundary) throw new AwsError('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
  const whole = await buckets.write(req, largestForm);
  try {
    const form = await readForm(buckets, whole, boundary);
    const size = form.end - form.start;
    checkPolicy(buckets, bucket, { fields: form.fields, size });
    const body = size > 0 ? buckets.read(whole.file, { start: form.start, end: form.end - 1 }) : Readable.from([]);
    const written = await buckets.write(body, largestForm);
    const kept = ['content-type', 'content-disposition', 'content-encoding', 'cache-control'];
    const headers = Object.fromEntries(
      Object.entries(form.fields).filter(([name]) => kept.includes(name) || name.startsWith('x-amz-meta-')),
    );
    const key = form.fields.key as string;
    const { etag } = buckets.put(bucket, key, { file: written.file, size: written.size, etag: `"${written.md5}"`, headers });
    return { key, etag, status: Number(form.fields.success_action_status ?? 204) };
  } finally {
    buckets.discard(whole.file);
  }
}

async function slice(buckets: Buckets, file: string, range: { start: number; end: number }): Promise<Buffer> {
  const stream = buckets.read(file, range);
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'end');
  return Buffer.concat(chunks);
}

async function readForm(buckets: Buckets, { file, size }: { file: string; size: number }, boundary: string): Promise<Form> {
  const malformed = new AwsError('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
  if (size === 0) throw malformed;
  const head = await slice(buckets, file, { start: 0, end: Math.min(size, largestFields) - 1 });
  const tailStart = Math.max(0, size - 4096);
  const tail = await slice(buckets, file, { start: tailStart, end: size - 1 });
  const closing = tail.lastIndexOf(`\r\n--${boundary}--`);
  const fields: Record<string, string> = {};
  const delimiter = `--${boundary}\r\n`;
  for (let at = head.indexOf(delimiter); at >= 0; at = head.indexOf(delimiter, at)) {
    const headEnd = head.indexOf('\r\n\r\n', at);
    const disposition = head.toString('utf8', at + delimiter.length, headEnd);
    const name = /name="([^"]*)"/i.exec(disposition)?.[1]?.toLowerCase();
    if (headEnd < 0 || !name || closing < 0) break;
    if (name === 'file') {
      const filename = /filename="([^"]*)"/i.exec(disposition)?.[1] ?? '';
      if (fields.key) fields.key = fields.key.replaceAll(/\$\{filename\}/g, filename);
      return { fields, start: headEnd + 4, end: Math.max(headEnd + 4, tailStart + closing) };
    }
    const end = head.indexOf(`\r\n--${boundary}`, headEnd + 2);
    if (end < 0) break;
    fields[name] = head.toString('utf8', headEnd + 4, end);
    at = end;
  }
  throw malformed;
}

function checkPolicy(buckets: Buckets, bucket: string, { fields, size }: { fields: Record<string, string>; size: number }): void {
  const policy = fields.policy ?? '';
  const signed = { policy, credential: fields['x-amz-credential'] ?? '', signature: fields['x-amz-signature'] ?? '' };
  if (!policySigned(buckets.secrets, signed)) throw new AwsError('SignatureDoesNotMatch', 'The signature of the policy is not ours.', 403);
  const { expiration, conditions } = JSON.parse(Buffer.from(policy, 'base64').toString('utf8')) as {
    expiration: string;
    conditions: Condition[];
  };
  const denied = (why: string) => new AwsError('AccessDenied', `Invalid according to Policy: ${why}`, 403);
  if (!(Date.parse(expiration) > Date.now())) throw denied('Policy expired.');
  const known = new Set(['policy', 'x-amz-signature', 'file']);
  const all: Record<string, string> = { ...fields, bucket };
  for (const condition of conditions) {
    const [operator, name, value] = Array.isArray(condition) ? condition : ['eq', ...(Object.entries(condition)[0] ?? ['', ''])];
    if (operator === 'content-length-range') {
      if (size < Number(name)) throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
      if (size > Number(value)) throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
      continue;
    }
    const field = String(name).replace(/^\$/, '').toLowerCase();
    known.add(field);
    const actual = all[field] ?? '';
    const holds = operator === 'starts-with' ? actual.startsWith(String(value)) : actual === String(value);
    if (!holds) throw denied(`Policy Condition failed: ${JSON.stringify(condition)}`);
  }
  const extra = Object.keys(fields).find((name) => !known.has(name) && !name.startsWith('x-ignore-'));
  if (extra) throw denied(`Extra input fields: ${extra}`);
}
