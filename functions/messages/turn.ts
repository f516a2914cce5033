import type { Agent } from '../agent.ts';
import type { Customer } from '../customers/customer.ts';
import { isCapped, windowOf } from '../runs/cap.ts';
import { countUp } from '../runs/count-cap.ts';
import { hoursFor } from '../runs/local-time.ts';
import { capEntity } from '../runs/send.entity.ts';
import type { SkipReason } from '../runs/send.ts';
import type { Item } from '../table/entity.ts';
import type { Message } from './message.ts';

/** Whether it is a message's turn: it goes, and is counted with its claim, or later, or not at all. */
export type Turn = { count: ReturnType<typeof countUp> | null } | { later: number } | { skip: SkipReason };

type Known = { customer: Customer | undefined; cap: Item | undefined };

/** What is of a topic keeps to the hours and the limits that campaigns keep to; all else goes at once and is not counted. Pure. */
export function turnOf(agent: Agent, message: Message, { customer, cap }: Known): Turn {
  if (message.topic === null || !customer) return { count: null };
  const { now, workspace } = agent;
  const { customerId, channel } = message;
  const zone = customer.timeZone ?? workspace.timeZone;
  const at = hoursFor(customer, workspace.sending.quietHours, { at: now, zone });
  if (at > now) return { later: at };
  const limits = workspace.sending.messageLimits[channel];
  if (isCapped(cap && capEntity.decode(cap), limits, windowOf(now, zone))) return { skip: 'cap_reached' };
  return { count: countUp(agent, { customerId, channel }, { cap, zone }) };
}
