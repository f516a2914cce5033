import { type Campaign, isControl } from '../campaigns/campaign.ts';
import { consentEntity, customerEntity } from '../customers/customer.entity.ts';
import { surveyKnown } from '../responses/by-run.ts';
import { suppressionEntity, suppressionKey } from '../suppressions/suppression.entity.ts';
import { bars } from '../suppressions/suppression.ts';
import type { Item, Key } from '../table/entity.ts';
import { sentKey } from './activity.ts';
import type { Known } from './decide.ts';
import { heldOutKey, heldOutUntil } from './held-out.entity.ts';
import type { Plan } from './plan.ts';
import { type RunKey, shardOf } from './run.ts';
import type { Worker } from './run-rows.ts';
import { capEntity, sendEntity } from './send.entity.ts';
import type { Send } from './send.ts';

/** Everything that a claim and a dry run must know of some recipients: read at the moment of deciding, strongly consistent. */

/** What was read of one recipient, with the rows that the next writes of cap and control go by. `broken`: her data cannot be read. */
export type Read = { known: Known; cap: Item | undefined; group: Item | undefined } | { broken: true };

/**
 * 5 R a recipient (customer, consent, suppression, cap, last message), 1 R more each where it matters who was in the run before, was kept
 * from an earlier message, or is kept from those of the goal group; 3 R where a survey is asked.
 */
export async function readKnown(worker: Worker, { plan, run }: { plan: Plan; run: RunKey }, sends: readonly Send[]): Promise<Read[]> {
  const asked = sends.map((send) => keysOf(worker, { plan, run }, send));
  const perRecipient = Object.keys(asked[0] ?? {}).length;
  const [rows, surveys] = await Promise.all([
    worker.table.getMany(
      asked.flatMap((keys) => Object.values(keys)),
      { strong: true },
    ),
    surveyKnown(worker, { plan, run }, sends),
  ]);
  return asked.map((keys, at) => {
    const found = rows.slice(at * perRecipient, (at + 1) * perRecipient);
    const items = Object.fromEntries(Object.keys(keys).map((name, index) => [name, found[index]]));
    try {
      return readOf(items, { plan, run, customerId: sends[at]?.customerId ?? '', survey: surveys?.[at] });
    } catch {
      return { broken: true };
    }
  });
}

/** The rows to be read of one recipient, by name: the same names for all recipients of a run. */
function keysOf({ tenant }: Worker, { plan, run }: { plan: Plan; run: RunKey }, { customerId, hash }: Send): Record<string, Key> {
  const { channel, topic, reentry, holdoutPercent } = plan.rules;
  const { goal } = plan.campaign as unknown as Campaign;
  const previous = reentry === 'afterExit' ? plan.previous : null;
  return {
    customer: customerEntity.key(tenant, customerId),
    consent: consentEntity.key(tenant, { customerId, channel, topic }),
    suppression: suppressionKey(tenant, channel, hash),
    cap: capEntity.key(tenant, { customerId, channel }),
    last: sentKey(tenant, customerId, run.campaignId),
    ...(previous && {
      before: sendEntity.key(tenant, {
        run: { campaignId: run.campaignId, occurrence: previous.occurrence },
        shard: shardOf(hash, previous.shards),
        channel,
        hash,
      }),
    }),
    ...(holdoutPercent > 0 && reentry !== 'always' && { heldOut: heldOutKey(tenant, customerId, run.campaignId) }),
    ...(goal?.group && { group: heldOutKey(tenant, customerId, goal.group) }),
  };
}

type Rows = Record<string, Item | undefined>;
type About = { plan: Plan; run: RunKey; customerId: string; survey: Known['survey'] };

function readOf(
  { customer, consent, suppression, cap, last, before, heldOut, group }: Rows,
  { plan, run, customerId, survey }: About,
): Read {
  // What this very run has sent her, or kept her from, is no earlier message.
  const earlier = [last, heldOut].find((row) => row && row.r !== run.occurrence);
  return {
    cap,
    group,
    known: {
      customer: customer && customerEntity.decode(customer),
      consent: consent && consentEntity.decode(consent),
      suppressed: suppressedBy(suppression),
      cap: cap && capEntity.decode(cap),
      lastSentAt: earlier && String(earlier.at),
      wasInLastRun: before !== undefined,
      survey,
      control: isControl(plan.campaign as unknown as Campaign, customerId),
      heldOutUntil: heldOutUntil(group),
    },
  };
}

function suppressedBy(item: Item | undefined): string | undefined {
  const suppression = item && suppressionEntity.decode(item);
  return suppression && bars(suppression) ? suppression.reason : undefined;
}
