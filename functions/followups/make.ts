import type { Workspace } from '../admin/workspace.ts';
import type { NewId } from '../kernel/ids.ts';
import type { Action, Stamp } from '../table/entity.ts';
import { followUpEntity } from './follow-up.entity.ts';
import { type FollowUp, FollowUpInput, settled } from './follow-up.ts';

/** Who makes a follow-up: a request's context or the product's own agent. */
export type Maker = {
  tenant: string;
  now: number;
  iso: string;
  newId: NewId;
  stamp: Stamp;
  workspace: Pick<Workspace, 'timeZone'>;
};

/** What it is to be; a maker that does the same twice gives the id. */
export type NewFollowUp = Partial<FollowUpInput> &
  Pick<FollowUpInput, 'title' | 'due'> & { ownerId: string } & Partial<Pick<FollowUp, 'id' | 'source' | 'sourceId'>>;

/**
 * A new follow-up and what writes it, for somebody's own commit: 5 W with a customer and a reminder to come. `ownerId` is an active
 * member, `customerId` a customer who is there: the maker knows. Throws `invalid_input` for what does not fit together.
 */
export function createFollowUpActions(maker: Maker, asked: NewFollowUp): { followUp: FollowUp; actions: Action[] } {
  const { id = maker.newId('fup'), source = 'person', sourceId = null, ownerId, ...rest } = asked;
  const input = FollowUpInput.parse(rest);
  const followUp = settled(
    {
      ...input,
      id,
      ownerId,
      due: { ...input.due, zone: input.due.zone ?? maker.workspace.timeZone },
      ...unsettled(maker),
      source,
      sourceId,
    },
    maker.now,
  );
  return { followUp, actions: followUpEntity.create(maker.tenant, followUp.id, followUp, maker.stamp) };
}

/** A follow-up as it begins, but for what is said of it. */
export const unsettled = ({ iso, stamp }: Pick<Maker, 'iso' | 'stamp'>) => ({
  ...{ dueAt: iso, remindAt: null, remindedAt: null, snoozedUntil: null },
  ...{ seriesId: null, occurrence: 1, state: 'open' as const, closedAt: null, outcome: null, loggedId: null, nextId: null },
  ...{ tries: null, archivedAt: null, createdAt: iso, updatedAt: iso, version: 1, via: stamp.via as FollowUp['via'] },
});
