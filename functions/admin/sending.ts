import * as z from 'zod';
import { idOf, WallTime } from '../kernel/values.ts';

/** How a workspace sends: what a message costs, how many a customer may get, when not, and what stops a run. Pure. */

/** The price of one message in the workspace's currency, a decimal text: `0.35`. */
const Price = z.string().regex(/^\d{1,6}(\.\d{1,4})?$/, 'a price such as 0.35');

const LimitPerCustomer = z.strictObject({
  perDay: z.int().min(1).max(1_000).nullable().default(null),
  perWeek: z.int().min(1).max(1_000).nullable().default(null),
});
const free = { perDay: null, perWeek: null };

const percent = (max: number) => z.number().gt(0).max(max);
const from = z.int().min(1).max(1_000_000);

export const Sending = z
  .strictObject({
    /** A campaign to more than so many needs the yes of somebody else; null: none does. */
    approvalAbove: z.int().min(0).max(10_000_000).nullable().default(null),
    unitPrices: z
      .strictObject({ email: Price.default('0'), sms: Price.default('0'), call: Price.default('0'), letter: Price.default('0') })
      .prefault({}),
    /** What one customer gets of a channel at most, all campaigns together, by days and weeks of her own zone. */
    messageLimits: z
      .strictObject({
        email: LimitPerCustomer.default(free),
        sms: LimitPerCustomer.default(free),
        call: LimitPerCustomer.default(free),
        letter: LimitPerCustomer.default(free),
      })
      .prefault({}),
    /** Nothing is sent between these times in the recipient's zone; what falls into them waits. */
    quietHours: z.strictObject({ from: WallTime, to: WallTime }).nullable().default(null),
    defaultSenderId: idOf('snd').nullable().default(null),
    /** What pauses a run: shares in percent, and from how many messages on they act. */
    guards: z
      .strictObject({
        bouncePercent: percent(50).default(5),
        bounceFrom: from.default(100),
        complaintPercent: percent(10).default(0.1),
        complaintFrom: from.default(1_000),
        errorPercent: percent(100).default(20),
        errorFrom: from.default(100),
      })
      .prefault({}),
  })
  .meta({ id: 'SendingSettings' });
export type Sending = z.output<typeof Sending>;

/** As a workspace begins: quiet from 21 to 8 o'clock, and the thresholds from which mailbox providers frown. */
export const noSending: Sending = {
  ...Sending.parse({}),
  quietHours: { from: '21:00', to: '08:00' },
};
