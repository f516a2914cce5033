import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startProduct } from '../local/product.ts';
import { CannotStart } from '../local/table-place.ts';

const root = resolve(import.meta.dirname, '..');

/** How long the pages may wait for their first build before they say so and open by themselves. */
const patienceMs = 4000;

async function main(): Promise<void> {
  const began = performance.now();
  const { values } = parseArgs({ options: { empty: { type: 'boolean' } } });
  if (process.env.NODE_ENV === 'production')
    throw new CannotStart('The local product has demo sign-in and does not start with NODE_ENV=production.');
  const dataDir = resolve(process.env.SUKI_DATA ?? resolve(root, '.suki'));
  const wished = process.env.SUKI_PORT;
  const port = { port: Number(wished ?? 4000), exact: wished !== undefined };
  if (!Number.isInteger(port.port) || port.port < 0 || port.port > 65_000) throw new CannotStart(`SUKI_PORT is no port: ${wished}`);
  const product = await startProduct({ root, dataDir, port });
  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 8000).unref();
    await product.stop();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  stopWithParent(stop);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`Suki is ready after ${seconds} s: ${product.origin}   (desk: ${product.origin}/local, data: ${dataDir})`);
  product.clientBuilt.catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
}

/** npm that is killed hard leaves its child running; a product nobody sees any more would hold the data folder. */
function stopWithParent(stop: () => Promise<void>): void {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void stop(), 500).unref();
}

process.on('unhandledRejection', (error) => console.error(error));
process.on('uncaughtException', (error) => console.error(error));
await main().catch((error: unknown) => {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
});
