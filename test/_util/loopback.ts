import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Loopback, startLoopback } from '../../local/loopback.ts';
import { openSecrets } from '../../local/secret.ts';
import { bucketName, queueSettings, region, takeEnvironment } from '../../local/settings.ts';
import { openStore } from '../../local/store.ts';

/** The loopback AWS alone, without a table, with this process's environment set for the SDK's clients. */
export async function startOnlyLoopback(): Promise<Loopback & { stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'suki-aws-'));
  const secrets = openSecrets(dataDir);
  const store = openStore(dataDir);
  const origins = ['http://127.0.0.1:4000'];
  const loopback = await startLoopback({ store, dataDir, secrets, region, queues: queueSettings, buckets: [bucketName], origins });
  takeEnvironment({ loopback: loopback.url, engine: 'http://127.0.0.1:1', origin: 'http://127.0.0.1:4000' }, secrets);
  async function stop() {
    await loopback.close();
    store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return { ...loopback, stop };
}
