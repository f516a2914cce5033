import type { Action, Item } from '../table/entity.ts';
import { type Cap, countedDown, countedUp, windowOf } from './cap.ts';
import type { Worker } from './run-rows.ts';
import { capEntity } from './send.entity.ts';
import type { SendChannel } from './send.ts';

/** A message in its recipient's cap, for the commit that claims it or puts it back; the cap that was read guards it. */
export type Window = ReturnType<typeof windowOf>;
type Writer = Pick<Worker, 'tenant' | 'stamp'>;
type Counted = { customerId: string; channel: SendChannel };

/** One more at a moment in her zone. 2 W. */
export function countUp(
  { tenant, stamp, now }: Writer & Pick<Worker, 'now'>,
  id: Counted,
  { cap, zone, invited }: { cap: Item | undefined; zone: string; invited?: Cap['invited'] | undefined },
): { action: Action; window: Window } {
  const window = windowOf(now, zone);
  const counted = { ...countedUp(cap && capEntity.decode(cap), window), ...(invited && { invited }) };
  const [action] = cap ? capEntity.update(tenant, id, { from: cap, to: counted }, stamp) : capEntity.create(tenant, id, counted, stamp);
  return { action: action as Action, window };
}

/** One less, which was counted in that day and week; nothing where no cap is there any more. 1 R and 2 W. */
export async function countDown({ table, tenant, stamp }: Writer & Pick<Worker, 'table'>, id: Counted, window: Window): Promise<Action[]> {
  const cap = await table.get(capEntity.key(tenant, id));
  return cap ? capEntity.update(tenant, id, { from: cap, to: countedDown(capEntity.decode(cap), window) }, stamp) : [];
}
