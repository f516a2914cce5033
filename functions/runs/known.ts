import { consentEntity, customerEntity } from '../customers/customer.entity.ts';
import { suppressionEntity, suppressionKey } from '../suppressions/suppression.entity.ts';
import { bars } from '../suppressions/suppression.ts';
import type { Item } from '../table/entity.ts';
import { sentKey } from './activity.ts';
import type { Known } from './decide.ts';
import type { Plan } from './plan.ts';
import { type RunKey, shardOf } from './run.ts';
import type { Worker } from './run-rows.ts';
import { capEntity, sendEntity } from './send.entity.ts';
import type { Send } from './send.ts';

/** Everything that a claim and a dry run must know of some recipients: read at the moment of deciding, strongly consistent. */

/** What was read of one recipient, and her cap's row, which guards its next write. `broken`: her data cannot be read. */
export type Read = { known: Known; cap: Item | undefined } | { broken: true };

const perRecipient = 5;

/** 5 R a recipient (customer, consent, suppression, cap, last message), 1 R more where it matters who was in the run before. */
export async function readKnown(worker: Worker, { plan, run }: { plan: Plan; run: RunKey }, sends: readonly Send[]): Promise<Read[]> {
  const { tenant, table } = worker;
  const { channel, topic, reentry } = plan.rules;
  const previous = reentry === 'afterExit' ? plan.previous : null;
  const keys = sends.flatMap(({ customerId, hash }) => [
    customerEntity.key(tenant, customerId),
    consentEntity.key(tenant, { customerId, channel, topic }),
    suppressionKey(tenant, channel, hash),
    capEntity.key(tenant, { customerId, channel }),
    sentKey(tenant, customerId, run.campaignId),
  ]);
  const before = previous
    ? sends.map(({ hash }) =>
        sendEntity.key(tenant, {
          run: { campaignId: run.campaignId, occurrence: previous.occurrence },
          shard: shardOf(hash, previous.shards),
          channel,
          hash,
        }),
      )
    : [];
  const items = await table.getMany([...keys, ...before], { strong: true });
  return sends.map((_, at) => {
    const [customer, consent, suppression, cap, last] = items.slice(at * perRecipient, (at + 1) * perRecipient);
    try {
      return {
        cap,
        known: {
          customer: customer && customerEntity.decode(customer),
          consent: consent && consentEntity.decode(consent),
          suppressed: suppressedBy(suppression),
          cap: cap && capEntity.decode(cap),
          // What this very run has sent her is no earlier message.
          lastSentAt: last && last.r !== run.occurrence ? String(last.at) : undefined,
          wasInLastRun: items[keys.length + at] !== undefined,
        },
      };
    } catch {
      return { broken: true };
    }
  });
}

function suppressedBy(item: Item | undefined): string | undefined {
  const suppression = item && suppressionEntity.decode(item);
  return suppression && bars(suppression) ? suppression.reason : undefined;
}
