import { isoOf } from '../kernel/clock.ts';
import { nextDigest } from './digest-time.ts';
import type { PreferencesRow } from './preferences.ts';

/**
 * The claim on a member's daily mail: taken before the provider is called, settled by whoever called, or by the provider's own event where
 * he died. What neither has told within the hour was not taken by the provider, and is sent again. Pure.
 */

/** By then the provider's event is here: it comes within seconds, and is told again for as long as it is not taken. */
const doubtMs = 60 * 60_000;
const retryMs = 15 * 60_000;
/** Mails that came to nothing in one day; then what they told comes with the next day's. */
const mostTries = 4;

type Moment = { zone: string; now: number };
type Due = PreferencesRow & { dueAt: string };
export type Claimed = PreferencesRow & { claim: NonNullable<PreferencesRow['claim']> };

/** The row once the day's mail is over, with what it told, and the next one's time. */
export function over(row: PreferencesRow, { zone, now }: Moment, toldUntil: string | null = row.toldUntil): PreferencesRow {
  const next = { ...row, claim: null, refused: 0, toldUntil };
  return { ...next, dueAt: nextDigest(next, zone, now)?.at ?? null };
}

/** Claimed by `token`, for what came until now. */
export const claimedBy = (row: Due, token: string, now: number): Claimed => {
  const until = isoOf(now + doubtMs);
  return { ...row, dueAt: until, claim: { token, until, upTo: isoOf(now) } };
};

/** A try that came to nothing: once more a little later, or not today. */
export const triedAgain = (row: PreferencesRow, { zone, now }: Moment): PreferencesRow =>
  row.refused < mostTries ? { ...row, claim: null, refused: row.refused + 1, dueAt: isoOf(now + retryMs) } : over(row, { zone, now });

/** A claim that nobody has settled within its time: another try, at once; undefined where there were enough of the day. */
export const doubted = (row: Due): Due | undefined =>
  row.refused < mostTries ? { ...row, claim: null, refused: row.refused + 1 } : undefined;

/** Names a digest among all messages of the stage. */
export const digestTags = (tenant: string, memberId: string, token: string) => ({
  tenant,
  run: 'digest',
  shard: '0',
  send: `${memberId}-${token}`,
});

/** The digest that tags speak of; undefined for what is none. */
export function digestOf({ run, send }: { run: string; send: string }): { memberId: string; token: string } | undefined {
  const [memberId, token] = send.split('-');
  return run === 'digest' && memberId?.startsWith('mem_') && token ? { memberId, token } : undefined;
}
