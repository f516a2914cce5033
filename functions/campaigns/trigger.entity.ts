import { rulePartition } from '../rules/partition.entity.ts';
import type { Action, Item, Key } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import type { Campaign } from './campaign.ts';

/** A campaign that is entered by an event, as whoever hears of events must know it. */
export type Trigger = {
  campaignId: string;
  event: string;
  /** When it went active: what happened before is none of its concern. */
  since: string;
};

const prefix = 'TRG#';

/** pk T#<tenant>#RULE  sk TRG#<campaign>     ev event, si since: beside the rules, so that an event asks for both by one Query */
const triggerKey = (tenant: string, campaignId: string): Key => ({ pk: rulePartition(tenant), sk: `${prefix}${campaignId}` });

export const triggersRange = startingWith(prefix);
export const isTrigger = ({ sk }: Pick<Key, 'sk'>): boolean => sk.startsWith(prefix);
export const triggerOf = ({ sk, ev, si }: Item): Trigger => ({ campaignId: sk.slice(prefix.length), event: String(ev), since: String(si) });

type Timed = Pick<Campaign, 'id' | 'state' | 'schedule'>;
const eventOf = ({ state, schedule }: Timed) => (state === 'active' && schedule?.kind === 'triggered' ? schedule.event : null);

/** What a campaign's step does to its trigger, for the commit of the step: 1 W where it is entered by an event from now on, or no more. */
export function triggerActions(tenant: string, { from, to, at }: { from: Timed; to: Timed; at: string }): Action[] {
  const [before, after] = [eventOf(from), eventOf(to)];
  const guard = { always: 'the campaign is guarded in the same commit' };
  const key = triggerKey(tenant, to.id);
  if (before === after) return [];
  return after === null ? [{ remove: key, guard }] : [{ put: { ...key, ev: after, si: at }, guard }];
}
