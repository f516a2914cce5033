import { tableClient } from '../../functions/table/client.ts';

type Handle = (request: unknown, options?: unknown) => Promise<unknown>;
const wire = () => (tableClient().config as unknown as { requestHandler: { handle: Handle } }).requestHandler;

/** Lets the process die at its n-th call to the database, before the call has its effect or after; a dead process calls nobody any more. */
export async function dyingAt(
  call: number,
  when: 'before' | 'after',
  work: () => Promise<unknown>,
): Promise<{ calls: number; died: boolean }> {
  const handler = wire();
  const real = handler.handle.bind(handler);
  let [calls, dead] = [0, false];
  const crash = () => Object.assign(new Error('the process is gone'), { name: 'Crash', $retryable: undefined });
  handler.handle = async (request, options) => {
    if (dead) throw crash();
    calls += 1;
    if (calls !== call) return real(request, options);
    dead = true;
    if (when === 'after') await real(request, options);
    throw crash();
  };
  try {
    await work().catch(() => {});
  } finally {
    handler.handle = real;
  }
  return { calls, died: dead };
}
