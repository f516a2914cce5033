import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsChunked } from './aws-chunked.ts';
import type { Buckets, StoredObject } from './buckets.ts';
import { AwsError, decoded, readBody } from './http.ts';
import { presignedProblem } from './sigv4.ts';
import { acceptForm } from './upload-form.ts';

export { type Buckets, createBuckets } from './buckets.ts';

interface Call {
  req: IncomingMessage;
  res: ServerResponse;
  /** As sent, percent-encoded. */
  path: string;
  query: string;
}

interface Request extends Call {
  buckets: Buckets;
  bucket: string;
  key: string;
  parameters: URLSearchParams;
}

const largestObject = 1024 * 1024 * 1024;
const keptHeaders = ['content-type', 'content-disposition', 'content-encoding', 'content-language', 'cache-control', 'expires'];
const xmlHeaders = { 'content-type': 'application/xml' };
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: unknown) => String(text).replace(/[&<>"]/g, (c) => escapes[c] as string);

/** Answers S3's path-style protocol: objects, lists, multipart uploads, presigned URLs and upload forms. */
export async function answerObjects(buckets: Buckets, call: Call): Promise<void> {
  const [, bucket = '', ...rest] = call.path.split('/');
  const key = decoded(rest.join('/'));
  allowOrigin(buckets, call);
  try {
    if (key === undefined) throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
    const request = { ...call, buckets, bucket, key, parameters: new URLSearchParams(call.query) };
    if (call.req.method === 'OPTIONS') call.res.writeHead(204).end();
    else if (call.req.method === 'POST' && key === '' && !request.parameters.has('delete')) await takeForm(request);
    else {
      authorise(request);
      await operate(request);
    }
  } catch (error) {
    refuse(call, error);
  }
}

function allowOrigin(buckets: Buckets, { req, res }: Call): void {
  const origin = req.headers.origin;
  if (!origin || !buckets.origins.includes(origin)) return;
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-allow-methods', 'GET, HEAD, PUT, POST');
  res.setHeader('access-control-allow-headers', '*');
  res.setHeader('access-control-expose-headers', 'ETag, Content-Disposition');
  res.setHeader('vary', 'origin');
}

function authorise({ req, path, query, parameters, buckets }: Request): void {
  if (parameters.has('X-Amz-Signature')) {
    const problem = presignedProblem(buckets.secrets, { method: req.method ?? 'GET', path, query, headers: req.headers }, new Date());
    if (problem) throw new AwsError(problem.includes(' ') ? 'AccessDenied' : problem, problem, 403);
    return;
  }
  const keyId = /^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(req.headers.authorization ?? '')?.[1];
  if (keyId !== buckets.secrets.accessKeyId) throw new AwsError('AccessDenied', 'Access Denied', 403);
}

function refuse({ req, res }: Call, error: unknown): void {
  if (res.headersSent) return void res.destroy();
  const known = error instanceof AwsError ? error : new AwsError('InternalError', String(error), 500);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${xml(known.code)}</Code><Message>${xml(known.message)}</Message></Error>`;
  // The rest of a refused upload is not read, so the connection cannot be used again.
  res.writeHead(known.status, { ...xmlHeaders, ...(req.complete ? {} : { connection: 'close' }) });
  res.end(req.method === 'HEAD' ? undefined : body);
}

function operate(request: Request): Promise<void> | void {
  const { req, key, parameters } = request;
  const method = req.method ?? 'GET';
  if (key === '') {
    if (method === 'POST') return removeMany(request);
    if (method === 'GET') return list(request);
    if (method === 'HEAD') return void request.res.writeHead(200).end();
    throw new AwsError('NotImplemented', 'The loopback has no such call for buckets.', 501);
  }
  if (method === 'POST' && parameters.has('uploads')) return startMultipart(request);
  if (method === 'POST' && parameters.has('uploadId')) return completeMultipart(request);
  if (method === 'PUT' && parameters.has('tagging')) return tag(request);
  if (method === 'PUT') return parameters.has('uploadId') ? putPart(request) : put(request);
  if (method === 'GET' || method === 'HEAD') return get(request);
  if (method === 'DELETE') return remove(request);
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
}

function bodyOf(req: IncomingMessage): Readable {
  const streamed = String(req.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  return streamed || String(req.headers['content-encoding'] ?? '').includes('aws-chunked') ? req.pipe(new AwsChunked()) : req;
}

function headersOf(req: IncomingMessage): Record<string, string> {
  const entries = Object.entries(req.headers).filter(([name]) => keptHeaders.includes(name) || name.startsWith('x-amz-meta-'));
  const headers = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  const encoding = (headers['content-encoding'] ?? '').replace(/aws-chunked,?/, '').trim();
  delete headers['content-encoding'];
  return encoding ? { ...headers, 'content-encoding': encoding } : headers;
}

async function put(request: Request): Promise<void> {
  const { req, res, buckets, bucket, key } = request;
  if (req.headers['x-amz-copy-source']) return copy(request, String(req.headers['x-amz-copy-source']));
  const { file, size, md5 } = await buckets.write(bodyOf(req), largestObject);
  if (req.headers['if-none-match'] === '*' && buckets.find(bucket, key)) {
    buckets.discard(file);
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const { etag } = buckets.put(bucket, key, { file, size, etag: `"${md5}"`, headers: headersOf(req) });
  res.writeHead(200, { etag }).end();
}

async function copy({ res, buckets, bucket, key }: Request, source: string): Promise<void> {
  const [, from = '', sourceKey = ''] = /^\/?([^/]+)\/(.+)$/.exec(decoded(source) ?? '') ?? [];
  const object = found(buckets.find(from, sourceKey));
  const { file, size, md5 } = await buckets.write(buckets.read(object.file), largestObject);
  const { etag, modified } = buckets.put(bucket, key, { file, size, etag: `"${md5}"`, headers: object.headers });
  const body = `<CopyObjectResult><ETag>${xml(etag)}</ETag><LastModified>${new Date(modified).toISOString()}</LastModified></CopyObjectResult>`;
  res.writeHead(200, xmlHeaders).end(body);
}

function found(object: StoredObject | undefined): StoredObject {
  if (!object) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return object;
}

function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { start, end };
}

async function get({ req, res, buckets, bucket, key, parameters }: Request): Promise<void> {
  const object = found(buckets.find(bucket, key));
  const range = rangeOf(req.headers.range, object.size);
  const overrides = keptHeaders.flatMap((name) => {
    const value = parameters.get(`response-${name}`);
    return value === null ? [] : [[name, value]];
  });
  const length = range ? range.end - range.start + 1 : object.size;
  res.writeHead(range ? 206 : 200, {
    'content-type': 'binary/octet-stream',
    ...object.headers,
    ...Object.fromEntries(overrides),
    etag: object.etag,
    'last-modified': new Date(object.modified).toUTCString(),
    'accept-ranges': 'bytes',
    'content-length': String(length),
    'x-content-type-options': 'nosniff',
    ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` }),
  });
  if (req.method === 'HEAD' || length === 0) res.end();
  else await pipeline(buckets.read(object.file, range), res);
}

/** Tags only steer the bucket's expiry, which the local product does not have; that the object is there is what callers ask. */
function tag({ req, res, buckets, bucket, key }: Request): void {
  found(buckets.find(bucket, key));
  req.resume();
  res.writeHead(200).end();
}

function remove({ res, buckets, bucket, key, parameters }: Request): void {
  const id = parameters.get('uploadId');
  if (id) forgetUpload(buckets, id);
  else buckets.remove(bucket, key);
  res.writeHead(204).end();
}

async function removeMany({ req, res, buckets, bucket }: Request): Promise<void> {
  const body = (await readBody(req, 2 * 1024 * 1024)).toString('utf8');
  const keys = [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) =>
    key.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name] as string),
  );
  for (const key of keys) buckets.remove(bucket, key);
  res
    .writeHead(200, xmlHeaders)
    .end(`<DeleteResult>${keys.map((key) => `<Deleted><Key>${xml(key)}</Key></Deleted>`).join('')}</DeleteResult>`);
}

function list({ res, buckets, bucket, parameters }: Request): void {
  const prefix = parameters.get('prefix') ?? '';
  const atMost = Math.min(1000, Number(parameters.get('max-keys') ?? 1000));
  const token = parameters.get('continuation-token');
  const after = token ? Buffer.from(token, 'base64url').toString('utf8') : (parameters.get('start-after') ?? '');
  const page = buckets.list(bucket, { prefix, after, atMost: atMost + 1 });
  const shown = page.slice(0, atMost);
  const more = page.length > atMost ? Buffer.from(shown.at(-1)?.key ?? '').toString('base64url') : undefined;
  const contents = shown.map(
    ({ key, size, etag, modified }) =>
      `<Contents><Key>${xml(key)}</Key><LastModified>${new Date(modified).toISOString()}</LastModified><ETag>${xml(etag)}</ETag><Size>${size}</Size></Contents>`,
  );
  const body = `<ListBucketResult><Name>${bucket}</Name><Prefix>${xml(prefix)}</Prefix><KeyCount>${shown.length}</KeyCount><MaxKeys>${atMost}</MaxKeys>
<IsTruncated>${more !== undefined}</IsTruncated>${more ? `<NextContinuationToken>${more}</NextContinuationToken>` : ''}${contents.join('')}</ListBucketResult>`;
  res.writeHead(200, xmlHeaders).end(body);
}

interface Upload {
  headers: Record<string, string>;
  parts: Record<string, { file: string; size: number; md5: string }>;
}

function upload(buckets: Buckets, id: string): Upload {
  const row = buckets.store.prepare('SELECT meta FROM uploads WHERE id = ?').get(id);
  if (!row) throw new AwsError('NoSuchUpload', 'The specified upload does not exist.', 404);
  return JSON.parse(String(row.meta)) as Upload;
}

function forgetUpload(buckets: Buckets, id: string): void {
  for (const { file } of Object.values(upload(buckets, id).parts)) buckets.discard(file);
  buckets.store.prepare('DELETE FROM uploads WHERE id = ?').run(id);
}

function startMultipart({ req, res, buckets, bucket, key }: Request): void {
  const id = randomUUID();
  const meta: Upload = { headers: headersOf(req), parts: {} };
  buckets.store.prepare('INSERT INTO uploads VALUES (?, ?, ?, ?)').run(id, bucket, key, JSON.stringify(meta));
  const names = `<Bucket>${bucket}</Bucket><Key>${xml(key)}</Key><UploadId>${id}</UploadId>`;
  res.writeHead(200, xmlHeaders).end(`<InitiateMultipartUploadResult>${names}</InitiateMultipartUploadResult>`);
}

async function putPart({ req, res, buckets, parameters }: Request): Promise<void> {
  const id = parameters.get('uploadId') ?? '';
  upload(buckets, id);
  const written = await buckets.write(bodyOf(req), largestObject);
  const meta = upload(buckets, id);
  meta.parts[parameters.get('partNumber') ?? ''] = written;
  buckets.store.prepare('UPDATE uploads SET meta = ? WHERE id = ?').run(JSON.stringify(meta), id);
  res.writeHead(200, { etag: `"${written.md5}"` }).end();
}

async function completeMultipart({ req, res, buckets, bucket, key, parameters }: Request): Promise<void> {
  const id = parameters.get('uploadId') ?? '';
  await readBody(req, 2 * 1024 * 1024);
  const { headers, parts } = upload(buckets, id);
  const order = Object.keys(parts).sort((a, b) => Number(a) - Number(b));
  async function* bytes() {
    for (const part of order) yield* buckets.read(parts[part]?.file as string);
  }
  const { file, size, md5 } = await buckets.write(Readable.from(bytes()), largestObject * 5);
  const { etag } = buckets.put(bucket, key, { file, size, etag: `"${md5}-${order.length}"`, headers });
  forgetUpload(buckets, id);
  const names = `<Bucket>${bucket}</Bucket><Key>${xml(key)}</Key><ETag>${xml(etag)}</ETag>`;
  res.writeHead(200, xmlHeaders).end(`<CompleteMultipartUploadResult>${names}</CompleteMultipartUploadResult>`);
}

async function takeForm({ req, res, buckets, bucket }: Request): Promise<void> {
  const { key, etag, status } = await acceptForm(buckets, bucket, req);
  const location = `http://${req.headers.host}/${bucket}/${encodeURIComponent(key)}`;
  const body = `<PostResponse><Location>${xml(location)}</Location><Bucket>${bucket}</Bucket><Key>${xml(key)}</Key><ETag>${xml(etag)}</ETag></PostResponse>`;
  const answered = [200, 201].includes(status) ? status : 204;
  res.writeHead(answered, { etag, location, ...(answered === 201 && xmlHeaders) }).end(answered === 201 ? body : undefined);
}
