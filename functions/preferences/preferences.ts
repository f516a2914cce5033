import * as z from 'zod';
import { type Consent, Customer, type Customer as Her } from '../customers/customer.ts';
import { Language, StoredInstant, text } from '../kernel/values.ts';
import { LinkContent } from './link.ts';

/** What a recipient wants to get, as she says it herself on the page behind a link. Pure. */
export const TopicWish = z.strictObject({ topic: text(40), wanted: z.boolean() });

export const Wishes = z
  .strictObject({
    /** Who writes to her. */
    workspace: z.string(),
    channel: LinkContent.shape.channel,
    /** The address as far as anybody with the link may see it; null where she no longer has it. */
    address: z.string().nullable(),
    /** What the message with the link was about. */
    topic: z.string().nullable(),
    topics: z.array(TopicWish),
    /** She wants nothing at all, or the address cannot be written to. */
    nothing: z.boolean(),
    /** It is not hers to change: mail to the address came back, or somebody here barred it. */
    locked: z.boolean(),
    language: Customer.shape.preferences.unwrap().shape.language,
    pausedUntil: StoredInstant.nullable(),
  })
  .meta({ id: 'Wishes' });
export type Wishes = z.output<typeof Wishes>;

/** What is said of it stays; the rest is changed. */
export const WishesInput = z
  .strictObject({
    topics: z.array(TopicWish).max(25).default([]),
    nothing: z.boolean().optional(),
    language: Language.optional(),
    /** Nothing for so many days; 0 ends a pause. */
    pauseDays: z.int().min(0).max(365).optional(),
  })
  .meta({ id: 'WishesInput' });
export type WishesInput = z.output<typeof WishesInput>;

/** The topics that the page offers: the workspace's, and the one that the message was about. */
export const offered = (topics: readonly string[], topic: string | null): string[] =>
  topic && topic !== 'transactional' && !topics.includes(topic) ? [...topics, topic] : [...topics];

/** What she wants of each: nothing that she has not asked for. */
export const topicWishes = (topics: readonly string[], consents: readonly Consent[], channel: string): Wishes['topics'] =>
  topics.map((topic) => ({
    topic,
    wanted: consents.some((consent) => consent.channel === channel && consent.topic === topic && consent.status === 'granted'),
  }));

const dayMs = 86_400_000;

/** A customer with what she says of language and pause. The same object where nothing changes. */
export function withWishes(customer: Her, { language, pauseDays }: WishesInput, now: number): Her {
  const { preferences } = customer;
  const pausedUntil =
    pauseDays === undefined ? preferences.pausedUntil : pauseDays === 0 ? null : new Date(now + pauseDays * dayMs).toISOString();
  const next = { ...preferences, language: language ?? preferences.language, pausedUntil };
  return next.language === preferences.language && next.pausedUntil === preferences.pausedUntil
    ? customer
    : { ...customer, preferences: next };
}
