import { collection, customerIdOf } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { timeOf, ulidAt } from '../kernel/ids.ts';
import type { Action, Item, Key } from '../table/entity.ts';
import type { Send, SendChannel, SendEvent } from './send.ts';

/**
 * What a customer's own collection tells of the messages she got: derived from her sends, before these say so, so that a send that says
 * `sent` has told everybody. Every row is the same however often it is written.
 *
 * TL#<ulid>          one message on her timeline
 * A#SNT#<campaign>   at: the campaign's last message to her; r: its occurrence. Put by senders alone
 * A#CMP#<campaign>   ba bounced, co complained, oa opened, cl clicked, ua unsubscribed, cv converted: RFC 3339, of the first time; an answered,
 *                    of the last, for each run of a survey asks anew. Updated by events alone
 */
export const activityNames = {
  bouncedAt: 'ba',
  complainedAt: 'co',
  openedAt: 'oa',
  clickedAt: 'cl',
  unsubscribedAt: 'ua',
  convertedAt: 'cv',
  answeredAt: 'an',
} as const;
export type CampaignFact = keyof typeof activityNames;

export const sentKey = (tenant: string, customerId: string, campaignId: string): Key => ({
  pk: collection(tenant, customerId),
  sk: `A#SNT#${campaignId}`,
});
export const reactionKey = (tenant: string, customerId: string, campaignId: string): Key => ({
  pk: collection(tenant, customerId),
  sk: `A#CMP#${campaignId}`,
});

/** What a customer's rows say of one campaign. `delivered` is: sent, and no bounce came back. */
export type CampaignActivity = { sentAt: string | null; occurrence: string | null; delivered: boolean } & Record<
  CampaignFact,
  string | null
>;

/** From the two rows of `sentKey` and `reactionKey`, either of which may be absent. */
export function campaignActivity(sent: Item | undefined, reactions: Item | undefined): CampaignActivity {
  const at = (name: CampaignFact) => (reactions?.[activityNames[name]] as string | undefined) ?? null;
  const facts = Object.fromEntries((Object.keys(activityNames) as CampaignFact[]).map((name) => [name, at(name)])) as Record<
    CampaignFact,
    string | null
  >;
  const sentAt = (sent?.at as string | undefined) ?? null;
  return {
    ...facts,
    sentAt,
    occurrence: (sent?.r as string | undefined) ?? null,
    delivered: sentAt !== null && (facts.bouncedAt === null || facts.bouncedAt < sentAt),
  };
}

/** What a message on the timeline says; its row is read as an interaction by nobody, because it carries no type of a source row. */
export type TimelineMessage = {
  id: string;
  customerId: string;
  channel: SendChannel;
  campaignId: string;
  occurrence: string;
  subject: string | null;
  at: string;
};

/** The message in a row of the timeline; undefined for another row. */
export function timelineMessage(item: Item): TimelineMessage | undefined {
  if (item.mg === undefined) return undefined;
  const id = `int_${item.sk.slice('TL#'.length)}`;
  return {
    id,
    customerId: customerIdOf(item),
    channel: item.mg as SendChannel,
    campaignId: String(item.cm),
    occurrence: String(item.oc),
    subject: (item.su as string | undefined) ?? null,
    at: isoOf(timeOf(id)),
  };
}

type Told = { send: Send; run: { campaignId: string; occurrence: string }; subject: string | null };

/** The rows that a message leaves with its customer. The claim's time and the send's hash name the entry, whoever writes it. */
export function messageRows(tenant: string, { send, run, subject }: Told): { put: Item }[] {
  const at = send.claimedAt ?? send.sentAt ?? isoOf(0);
  const pk = collection(tenant, send.customerId);
  const chance = Buffer.from(send.hash, 'base64url').subarray(0, 10);
  return [
    {
      put: {
        pk,
        sk: `TL#${ulidAt(Date.parse(at), chance)}`,
        mg: send.channel,
        cm: run.campaignId,
        oc: run.occurrence,
        ...(subject && { su: subject.slice(0, 200) }),
      },
    },
    { put: { ...sentKey(tenant, send.customerId, run.campaignId), at, r: run.occurrence } },
  ];
}

const facts: Partial<Record<SendEvent['kind'], CampaignFact>> = {
  bounced: 'bouncedAt',
  complained: 'complainedAt',
  opened: 'openedAt',
  clicked: 'clickedAt',
  unsubscribed: 'unsubscribedAt',
};

/** What an event adds to the customer's row of the campaign: the first time of its kind. Undefined for events that tell nothing of her. */
export function reactionAction(
  tenant: string,
  { customerId, campaignId }: { customerId: string; campaignId: string },
  event: Pick<SendEvent, 'kind' | 'at'>,
): Action | undefined {
  const fact = facts[event.kind];
  return fact && factAction(tenant, { customerId, campaignId }, { fact, at: event.at });
}

/** Notes that a customer did something with a campaign, unless it is noted; of answers the last: 1 W. */
export const factAction = (
  tenant: string,
  { customerId, campaignId }: { customerId: string; campaignId: string },
  { fact, at }: { fact: CampaignFact; at: string },
): Action => ({
  update: reactionKey(tenant, customerId, campaignId),
  [fact === 'answeredAt' ? 'set' : 'first']: { [activityNames[fact]]: at },
  guard: { always: 'the first time stays, of answers the last' },
});
