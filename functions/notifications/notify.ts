import type { Agent } from '../agent.ts';
import type { Action } from '../table/entity.ts';
import { notificationEntity, preferencesEntity } from './notification.entity.ts';
import { type NotificationInput, newNotification } from './notification.ts';
import { levelOf } from './preferences.ts';

/** The product's or a caller's hand in one workspace, as far as telling needs it. */
export type Teller = Pick<Agent, 'tenant' | 'table' | 'stamp' | 'iso'>;

/**
 * What tells members something, for somebody's own commit: an action for each who wants the kind, none for who has turned it off.
 * The other rows of the commit decide that it happens once; the same cause makes the same row again. 0.5 R a member, 4 W each.
 */
export async function notifyActions(teller: Teller, inputs: NotificationInput | readonly NotificationInput[]): Promise<Action[]> {
  const wanted = await wantedOf(teller, [inputs].flat() as NotificationInput[]);
  return wanted.map((input): Action => ({ put: rowOf(teller, input), guard: { always: 'the same cause makes the same row' } }));
}

/** Tells members something by itself: once a cause, however often it is asked; what was read stays read. 0.5 R a member, 3 W each. */
export async function notifyOnce(teller: Teller, inputs: readonly NotificationInput[]): Promise<void> {
  for (const input of await wantedOf(teller, inputs)) await teller.table.attempt([{ put: rowOf(teller, input), guard: { absent: true } }]);
}

const rowOf = ({ tenant, stamp, iso }: Teller, input: NotificationInput) => {
  const row = newNotification(tenant, input, iso);
  const [action] = notificationEntity.create(tenant, row, row, stamp);
  if (!action || !('put' in action)) throw new Error('a notification is one row');
  return action.put;
};

async function wantedOf({ tenant, table }: Teller, inputs: readonly NotificationInput[]): Promise<NotificationInput[]> {
  const rows = await table.getMany(inputs.map(({ memberId }) => preferencesEntity.key(tenant, memberId)));
  return inputs.filter(({ kind }, at) => {
    const row = rows[at];
    return levelOf(row && preferencesEntity.decode(row), kind) !== 'off';
  });
}
