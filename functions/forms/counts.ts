import type { Agent } from '../agent.ts';
import { hashOf } from '../kernel/ids.ts';
import { macs } from '../kernel/secrets.ts';
import { type Count, countIn, countKey, countOne } from './form.entity.ts';
import { samenessOf } from './score.ts';
import { rateOf } from './work.ts';

/** How many came of late: of a form, from an address, with the same words. No address is kept: only a hash that is another each hour. */
type Place = { agent: Pick<Agent, 'table' | 'tenant' | 'now'>; formId: string };

const minuteMs = 60_000;
const spanMs = 10 * minuteMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const spanAt = (at: number): Count => ({ what: 'F', name: String(Math.floor(at / spanMs)) });
const secondsAfter = (now: number, ms: number) => Math.floor((now + ms) / 1_000);

/**
 * Who asks, as CloudFront says: it writes the caller's address behind whatever he wrote himself, and the gateway writes CloudFront's behind
 * it. Of the sixth version only the network, which is one household's. Undefined on one machine.
 */
export function callerOf(forwarded: string | undefined): string | undefined {
  const parts = (forwarded ?? '').split(',').map((part) => part.trim());
  const address = parts.at(-2) ?? parts[0];
  if (!address) return undefined;
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
}

/** How many were handed in to a form in the last ten minutes. 1 R. */
export async function formRate({ agent: { table, tenant, now }, formId }: Place): Promise<number> {
  const [before, span] = await table.getMany([now - spanMs, now].map((at) => countKey(tenant, formId, spanAt(at))));
  return rateOf({ before: countIn(before), now: countIn(span), gone: (now % spanMs) / spanMs });
}

export type Came = { rate: number; fromAddress: number; sameWords: number };

/** Counts one more, and says how many there are of each with it. 3 W and 2 R. */
export async function countIt({ agent, formId }: Place, { caller, words }: { caller: string | undefined; words: string }): Promise<Came> {
  const { table, tenant, now } = agent;
  const key = (what: Count['what'], name: string) => countKey(tenant, formId, { what, name });
  const [hash] = caller === undefined ? [] : await macs('form', `${tenant}\n${Math.floor(now / hourMs)}\n${caller}`);
  const sameness = samenessOf(words);
  const span = countKey(tenant, formId, spanAt(now));
  const from = hash === undefined ? undefined : key('A', hash.slice(0, 22));
  const same = sameness === undefined ? undefined : key('W', `${Math.floor(now / dayMs)}#${hashOf(sameness, 22)}`);
  const counted = [
    { key: span, until: secondsAfter(now, 3 * spanMs) },
    ...(from ? [{ key: from, until: secondsAfter(now, 2 * hourMs) }] : []),
    ...(same ? [{ key: same, until: secondsAfter(now, 2 * dayMs) }] : []),
  ];
  await Promise.all(counted.map((one) => table.commit([countOne(one.key, one.until)])));
  const earlier = countKey(tenant, formId, spanAt(now - spanMs));
  const rows = await table.getMany([earlier, ...counted.map((one) => one.key)], { strong: true });
  const [before, current] = rows;
  const countOf = (asked: typeof from) => (asked ? countIn(rows.find((row) => row?.sk === asked.sk)) : 1);
  return {
    rate: rateOf({ before: countIn(before), now: countIn(current), gone: (now % spanMs) / spanMs }),
    fromAddress: countOf(from),
    sameWords: countOf(same),
  };
}
