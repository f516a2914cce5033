import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FillOptions } from '../../local/demo/fill.ts';
import { readJson } from '../../local/identity/store.ts';
import { seedWorkspaces } from '../../local/seed.ts';
import type { World } from './world.ts';

/** A world with the demo's workspaces behind a port, as the demo's own client calls it. */
export async function demoProduct(world: World, onCall: () => void = () => {}): Promise<{ options: FillOptions; close(): void }> {
  const secrets = readJson<{ origin: string }>(`${world.dataDir}/secrets.json`)!;
  const functions = { invoke: world.invoke } as never;
  const seeded = await seedWorkspaces({ dataDir: world.dataDir, functions, people: world.loopback.people, originSecret: secrets.origin });
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const key = req.headers.authorization?.slice('Bearer '.length);
    const body = chunks.length ? Buffer.concat(chunks) : undefined;
    const idempotencyKey: Record<string, string> = req.headers['idempotency-key']
      ? { 'idempotency-key': String(req.headers['idempotency-key']) }
      : {};
    const answer = await world.api(key, req.method!, req.url!, body, { 'content-type': 'application/json', ...idempotencyKey });
    onCall();
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const options = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: { batis: seeded.apiKeys.admin, sarisari: seeded.other.apiKeys.admin },
    dataDir: world.dataDir,
    now: world.now,
    say: () => {},
  };
  return { options, close: () => server.close() };
}
