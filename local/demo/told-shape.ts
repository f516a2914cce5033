import type { Lifecycle } from '../../functions/customers/customer.ts';
import type { Interaction } from '../../functions/interactions/interaction.ts';
import type { Shop } from './shops.ts';

/** The eight customers of whom the tour tells. */
export const toldKinds = [
  'loyal',
  'hotel-group',
  'two-phone-forms',
  'shared-address',
  'unsubscribed',
  'hard-bounced',
  'without-consent',
  'closed-and-returned',
] as const;
export type ToldKind = (typeof toldKinds)[number];

/** One thing that happened in a written-out story. */
interface ToldEvent extends Pick<Interaction, 'channel' | 'direction' | 'reason' | 'outcome' | 'subject'> {
  /** Days before the start, moved back to a day on which the shop works. */
  days: number;
  /** By the shop's clock, in minutes of the day. */
  minute: number;
  body: string;
  durationSeconds: number | null;
}

export interface Told {
  key: string;
  kind: ToldKind;
  shop: Shop['key'];
  type: 'person' | 'company';
  name: string;
  given?: string;
  family?: string;
  salutation?: string;
  company?: string;
  jobTitle?: string;
  email?: string;
  mobile?: string;
  landline?: string;
  fax?: string;
  street: string;
  /** Which of the shop's quarters, by its place. */
  quarter: number;
  tags: string[];
  lifecycle: Lifecycle;
  /** Moves after the first life cycle, in order. */
  moves?: { lifecycle: Lifecycle; reason: string }[];
  consent: 'all' | 'withdrawn' | 'none' | 'service';
  mailState?: 'bounced';
  /** Days from the start to the contract's end. */
  contractEndsIn?: number;
  events: ToldEvent[];
}

/** Reads a story, one event a line: `days clock channel direction reason outcome [minutes it took]m | subject | what was said`. */
export const said = (lines: string): ToldEvent[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [head = '', subject = '', ...body] = line.split('|').map((part) => part.trim());
      const [days, clock = '', channel, direction, reason, outcome, took] = head.split(' ');
      const [hour, minute] = clock.split(':').map(Number);
      return {
        days: Number(days),
        minute: (hour ?? 0) * 60 + (minute ?? 0),
        channel: channel as ToldEvent['channel'],
        direction: direction as ToldEvent['direction'],
        reason: reason as ToldEvent['reason'],
        outcome: outcome as ToldEvent['outcome'],
        durationSeconds: took ? Number.parseInt(took, 10) * 60 : null,
        subject: subject || null,
        body: body.join('|'),
      };
    });
