import type { Ctx } from './context.ts';
import { CrmError } from './kernel/errors.ts';
import { errorFields, log } from './kernel/log.ts';
import { problemOf } from './kernel/reply.ts';
import { ReplayError } from './kernel/serve.ts';

/** One operation's outcome: its own success or problem. */
export type OperationResult<Extra extends object> = { status: number; problem?: Record<string, unknown> } & Partial<Extra>;

/** How many operations of a batch are under way at once. */
const abreast = 8;

/**
 * Does up to 100 operations, results in their order. With an Idempotency-Key, operation i has the key `<key>#i` of its own, so a
 * batch that is sent again after a crash does only what was not done.
 */
export async function eachOperation<Op, Extra extends object>(
  ctx: Ctx,
  operations: readonly Op[],
  work: (ctx: Ctx, operation: Op) => Promise<{ status: number } & Extra>,
) {
  const data: OperationResult<Extra & { id?: string }>[] = new Array(operations.length);
  const one = async (at: number) => {
    const operation = ctx.operation(at, operations[at]);
    try {
      data[at] = await work(operation.ctx, operations[at]!);
    } catch (error) {
      data[at] = (await outcomeOf(error, operation, ctx.requestId)) as OperationResult<Extra & { id?: string }>;
    }
  };
  const queue = operations.keys();
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      for (const at of queue) await one(at);
    }),
  );
  const failed = data.filter(({ status }) => status >= 400).length;
  return { data, summary: { succeeded: data.length - failed, failed } };
}

/** What a failed operation comes to: what its key led to before, or a problem. */
async function outcomeOf(
  error: unknown,
  operation: ReturnType<Ctx['operation']>,
  requestId: string,
): Promise<OperationResult<{ id?: string }>> {
  try {
    const kept = operation.keyed ? await operation.replay() : undefined;
    const id = kept?.location?.split('/').at(-1);
    // A row at its first version was made by the operation, whatever the batch as a whole answers.
    if (kept) return { status: kept.etag === '"1"' ? 201 : kept.status, ...(id && { id }) };
    if (error instanceof ReplayError) throw new CrmError('idempotency_in_progress');
    throw error;
  } catch (failure) {
    if (!(failure instanceof CrmError)) log('error', 'an operation of a batch', { requestId, ...errorFields(failure) });
    const { status, document } = problemOf(failure, requestId, '/');
    return { status, problem: document };
  }
}
