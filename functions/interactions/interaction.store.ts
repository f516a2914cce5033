import type { Ctx } from '../context.ts';
import { activityKey, collection } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { timeOf } from '../kernel/ids.ts';
import type { Verb } from '../kernel/route.ts';
import { timelineMessage } from '../runs/activity.ts';
import { type Action, GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { activityOf, interactionEntity, isInteraction, timelineRange } from './interaction.entity.ts';
import {
  checked,
  Interaction,
  type InteractionInput,
  type InteractionPatch,
  isUnanswered,
  type TimelineInteraction,
  unlinked,
} from './interaction.ts';

const tries = 6;
export type InteractionStore = ReturnType<typeof interactionStore>;

/** The interactions of one workspace's customers. They follow their customer in permission. */
export const interactionStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  /** A new interaction from what a caller says of it; its id carries when it happened. */
  const draft = async (customerId: string, input: InteractionInput): Promise<Interaction> => {
    const { id: given, occurredAt = ctx.iso, memberId = ctx.actor.memberId, ...fields } = input;
    if (given && timeOf(given) !== Date.parse(occurredAt))
      throw new CrmError('invalid_input', {
        errors: [{ pointer: '/id', code: 'time_differs', detail: 'the time in the id is not that of occurredAt' }],
      });
    const isMember = async () => !input.memberId || (await ctx.roster()).some((member) => member.id === input.memberId);
    if (!(await isMember())) await ctx.reread();
    if (!(await isMember()))
      throw new CrmError('invalid_input', { errors: [{ pointer: '/memberId', code: 'no_such_member', detail: 'no such member' }] });
    const id = given ?? ctx.newId('int', Date.parse(occurredAt));
    return checked({ ...fields, id, customerId, occurredAt, memberId, ...unlinked, archivedAt: null, version: 1 }, ctx.now);
  };

  const createActions = (interaction: Interaction): Action[] => interactionEntity.create(tenant, interaction, interaction, ctx.stamp);

  const writable = async (customerId: string, verb: Verb): Promise<Customer> => {
    const customer = await ctx.customers.forResource(customerId, verb);
    if (verb !== 'read' && customer.archivedAt) throw new CrmError('already_archived');
    return customer;
  };

  /**
   * Logs an interaction: 1 write unit, no index. An id that is there already is the same interaction sent again. `customer` is who may be
   * written to, where a batch has read her before.
   */
  const log = async (customerId: string, input: InteractionInput, customer = writable(customerId, 'write')): Promise<Interaction> => {
    await customer;
    const interaction = await draft(customerId, input);
    try {
      await table.commit(createActions(interaction));
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
      throw new CrmError('duplicate', { existing: [{ id: interaction.id }] }, error);
    }
    return interaction;
  };

  const row = async (customerId: string, id: string): Promise<Item> => {
    const item = await table.get(interactionEntity.key(tenant, { customerId, id }));
    return item && isInteraction(item) ? item : missing();
  };

  const change = async (
    customerId: string,
    id: string,
    verb: Verb,
    rule: (interaction: Interaction, item: Item) => Interaction,
  ): Promise<Interaction> => {
    await writable(customerId, verb);
    for (let attempt = 0; ; attempt++) {
      const item = await row(customerId, id);
      const before = interactionEntity.decode(item);
      const next = rule(before, item);
      if (interactionEntity.changedFields(before, next).length === 0) return before;
      try {
        await table.commit(interactionEntity.update(tenant, before, { from: item, to: next }, ctx.stamp));
        return { ...next, version: before.version + 1 };
      } catch (error) {
        if (!(error instanceof GuardError) || attempt + 1 >= tries)
          throw error instanceof GuardError ? new CrmError('conflict', {}, error) : error;
      }
    }
  };

  const patch = (customerId: string, id: string, body: InteractionPatch, seen: number) =>
    change(customerId, id, 'write', (interaction, item) => {
      if (interaction.archivedAt) throw new CrmError('already_archived');
      checkFresh(Object.keys(body), { seen, version: interaction.version, versions: interactionEntity.fieldVersions(item) });
      return checked(
        { ...interaction, ...body, attachments: body.attachments === null ? [] : (body.attachments ?? interaction.attachments) },
        ctx.now,
      );
    });

  /** One page of a timeline, newest first. Rows of another channel or archived ones are left out after they were read. */
  const page = async (
    customerId: string,
    asked: { limit: number; channel?: string | undefined; archived: boolean; after?: Record<string, unknown> | undefined },
  ) => {
    const summary = await table.get(activityKey(tenant, customerId), { strong: false });
    return collect(customerId, asked, activityOf(summary).lastOutboundAt);
  };

  const collect = async (
    customerId: string,
    {
      limit,
      channel,
      archived,
      after,
    }: { limit: number; channel?: string | undefined; archived: boolean; after?: Record<string, unknown> | undefined },
    lastOutboundAt: string | null,
  ) => {
    const data: TimelineInteraction[] = [];
    let examined = 0;
    let lastKey = after;
    do {
      const found = await table.query({
        pk: collection(tenant, customerId),
        range: timelineRange,
        newestFirst: true,
        limit: limit - data.length,
        after: lastKey,
      });
      examined += found.examined;
      lastKey = found.lastKey;
      for (const item of found.items) {
        const entry = timelineEntry(item, lastOutboundAt);
        if (entry && (!channel || entry.channel === channel) && (entry.archivedAt !== null) === archived) data.push(entry);
      }
    } while (lastKey && data.length < limit && examined < 1_000);
    return { data, examined, lastKey };
  };

  return {
    draft,
    createActions,
    log,
    writable,
    page,
    patch,
    get: async (customerId: string, id: string) => {
      await writable(customerId, 'read');
      return interactionEntity.decode(await row(customerId, id));
    },
    archive: (customerId: string, id: string) =>
      change(customerId, id, 'delete', (interaction) => {
        if (interaction.archivedAt) throw new CrmError('already_archived');
        return { ...interaction, archivedAt: ctx.iso };
      }),
    restore: (customerId: string, id: string) =>
      change(customerId, id, 'delete', (interaction) => {
        if (!interaction.archivedAt) throw new CrmError('not_archived');
        return { ...interaction, archivedAt: null };
      }),
  };
};

/** An interaction as the timeline shows it. */
export const shown = (interaction: Interaction, lastOutboundAt: string | null): TimelineInteraction => ({
  ...interaction,
  unanswered: isUnanswered(interaction, lastOutboundAt),
  campaign: null,
});

/** A row of the timeline as it is shown: an interaction, or a campaign's message; undefined for what is neither. */
export function timelineEntry(item: Item, lastOutboundAt: string | null): TimelineInteraction | undefined {
  if (isInteraction(item)) return shown(interactionEntity.decode(item), lastOutboundAt);
  const message = timelineMessage(item);
  if (!message) return undefined;
  const { campaignId, occurrence, channel, subject, at, customerId } = message;
  const said = {
    id: message.id,
    customerId,
    channel,
    subject,
    occurredAt: at,
    direction: 'out',
    reason: 'other',
    outcome: 'none',
    version: 1,
  };
  return { ...shown(Interaction.parse(said), lastOutboundAt), campaign: { campaignId, occurrence } };
}
