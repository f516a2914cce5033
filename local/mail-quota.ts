import { movableNow } from './clock.ts';
import { AwsError } from './http.ts';
import type { Mailbox } from './mailbox.ts';
import { readSetting, type Store, writeSetting } from './store.ts';

export type MailQuota = { perSecond: number; perDay: number; open: boolean };

/** What the account may send, as SES keeps to it: so many a second of the machine's clock, so many a day of the product's. */
export interface Sending {
  quota(): MailQuota;
  set(quota: Partial<MailQuota>): MailQuota;
  sentToday(): number;
  /** How many of so many messages may go now. Throws AwsError where the account is stopped. */
  admit(count: number): { allowed: number; why: 'rate' | 'day' };
}

/** More than one machine sends. */
const usual: MailQuota = { perSecond: 500, perDay: 1_000_000, open: true };
const dayMs = 86_400_000;
const setting = 'mail quota';

export function createSending(store: Store, mailbox: Mailbox): Sending {
  const taken: { at: number; count: number }[] = [];
  let today = { until: 0, count: 0 };
  const quota = () => ({ ...usual, ...(JSON.parse(readSetting(store, setting) ?? '{}') as Partial<MailQuota>) });
  function sentToday(): number {
    if (Date.now() >= today.until) today = { until: Date.now() + 1000, count: mailbox.countSince(movableNow() - dayMs) };
    return today.count;
  }
  return {
    quota,
    sentToday,
    set(change) {
      writeSetting(store, setting, JSON.stringify({ ...quota(), ...change }));
      return quota();
    },
    admit(count) {
      const { perSecond, perDay, open } = quota();
      if (!open) throw new AwsError('SendingPausedException', 'Email sending is disabled for this account.');
      const now = Date.now();
      while (taken[0] && taken[0].at <= now - 1000) taken.shift();
      const inSecond = taken.reduce((sum, one) => sum + one.count, 0);
      const [rate, day] = [Math.max(0, Math.floor(perSecond - inSecond)), Math.max(0, perDay - sentToday())];
      const allowed = Math.min(count, rate, day);
      if (allowed > 0) taken.push({ at: now, count: allowed });
      today.count += allowed;
      return { allowed, why: day < rate ? 'day' : 'rate' };
    },
  };
}
