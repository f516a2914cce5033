import type { IncomingMessage, ServerResponse } from 'node:http';

/** A refusal in AWS's own words: the SDK turns the code into the class of the error it throws. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** What the service says beside code and message. */
  readonly fields: Record<string, string>;
  constructor(code: string, message: string, status = 400, fields: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

export class BodyTooLarge extends Error {}

/** Reads a request's whole body, at most `limit` bytes; throws BodyTooLarge as soon as more is announced or arrives. */
export async function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > limit) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
}

export function sendJson(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)), ...headers });
  res.end(text);
}

/** Origin-form request target to path and query, without `new URL`, which throws on `//` and on a broken percent sign. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return { path: path.startsWith('/') ? path : '/', query: mark < 0 ? '' : target.slice(mark + 1) };
}

/** Percent-decodes, or gives undefined where the text is no valid encoding. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
