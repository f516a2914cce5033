import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { contentTypeOf } from '../lib/content-types.ts';
import { contentSecurityPolicy, framedPages, framedSecurityPolicy, pageHeaders } from '../lib/csp.ts';
import { fileOf } from '../lib/spa.ts';

interface ClientFile {
  body: Buffer;
  type: string;
  etag: string;
}

/** The web client's files as CloudFront serves them: the same paths, headers and ages. */
export interface ClientFiles {
  /** Reads what was built; called again after a build. */
  load(): void;
  /** Answers a page or a file; false where `/assets/` holds no such file. */
  serve(req: IncomingMessage, res: ServerResponse, path: string): boolean;
}

const building = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Suki</title>
<p>The web client is being built. This page opens it as soon as it is there.</p>`;

/** `connect` are the origins that the client may call besides its own. Only files that were there when loaded are served. */
export function createClientFiles(folder: string, connect: string[]): ClientFiles {
  let files = new Map<string, ClientFile>();
  const page = { ...pageHeaders, 'Content-Security-Policy': contentSecurityPolicy(connect) };
  const { 'X-Frame-Options': _, ...others } = pageHeaders;
  const framed = { ...others, 'Content-Security-Policy': framedSecurityPolicy };

  function read(path: string): ClientFile {
    const body = readFileSync(join(folder, path));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
    return { body, etag, type: contentTypeOf(path) };
  }

  return {
    load() {
      const names = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
      const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
      files = new Map(paths.filter((path) => !path.includes('/.')).map((path) => [path, read(path)]));
    },
    serve(req, res, path) {
      const name = fileOf(path);
      const file = files.get(name);
      if (!file && name !== '/index.html') return false;
      const age = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      const headers = { ...(path.startsWith(framedPages) ? framed : page), 'cache-control': age, ...(file && { etag: file.etag }) };
      if (file && req.headers['if-none-match'] === file.etag) res.writeHead(304, headers).end();
      else {
        const body = file?.body ?? Buffer.from(building);
        res.writeHead(200, { ...headers, 'content-type': file?.type ?? 'text/html; charset=utf-8', 'content-length': body.length });
        res.end(req.method === 'HEAD' ? undefined : body);
      }
      return true;
    },
  };
}
