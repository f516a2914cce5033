import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/** What an endpoint of AWS was asked, and answers that it never gives by itself: for clients that are compared. */
export type Seen = { method: string; url: string; headers: IncomingHttpHeaders; body: string };
export type Answer = { status?: number; headers?: Record<string, string>; body?: unknown } | 'cut' | 'silence';

const servers: Server[] = [];
/** Closes what a test opened. */
export function closeEndpoints(): void {
  for (const server of servers.splice(0)) {
    (server as Partial<ReturnType<typeof createServer>>).closeAllConnections?.();
    server.close();
  }
}

/** Opens a server on a free port of this machine. */
export async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Answers each request by the next of the list, the last one for ever. */
export function answering(answers: Answer[], seen: Seen[]): RequestListener {
  return (req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const answer = answers[Math.min(seen.length, answers.length - 1)] ?? {};
      const { method = '', url = '', headers } = req;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      if (answer === 'silence') return;
      if (answer === 'cut') return void req.socket.destroy();
      const { status = 200, headers: more, body = {} } = answer;
      res.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'request-1', ...more });
      res.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  };
}

/** An endpoint that gives these answers; its address. */
export const endpointOf = async (answers: Answer[], seen: Seen[]) =>
  `http://127.0.0.1:${await listening(createServer(answering(answers, seen)))}`;
