import * as z from 'zod';
import { alphabet } from './ids.ts';

/** Shapes that many nouns share. Every leaf is bounded. */

/** One line or more of text, trimmed and in Unicode's composed form, 1 to `max` characters. */
export const text = (max: number) => z.string().trim().normalize('NFC').min(1).max(max);

/** A point in time, RFC 3339 in UTC with milliseconds at most: `2026-11-22T04:00:00Z`. */
export const Instant = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value).toISOString())
  // An offset can carry a time out of the years that have four digits.
  .refine((value) => /^\d{4}-/.test(value), { error: 'a year from 0000 to 9999 in UTC' });

/** An instant from 1970 on, such as the time that an id tells. */
export const InstantOfId = Instant.refine((value) => value >= '1970', { error: 'before 1970', params: { code: 'too_early' } });

/** An instant as it is stored and answered: no transformation, so that output schemas stay plain. */
export const StoredInstant = z.iso.datetime();

const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);
/** An IANA zone that this runtime knows. */
export const TimeZone = z
  .string()
  .max(64)
  .refine((zone) => zones.has(zone), { error: 'not an IANA time zone' });

/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters (ISO 3166-1)');

/** BCP 47, short: `en`, `fil`, `pt-BR`. */
export const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, 'a language tag such as en, fil or pt-BR');

/** ISO 4217. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters (ISO 4217)');

/** A number that the table keeps exactly: whole ones up to 2^53, and nothing so small that DynamoDB refuses it. */
export const StoredNumber = z
  .number()
  .min(Number.MIN_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER)
  .refine((value) => value === 0 || Math.abs(value) >= 1e-100, { error: 'too small a number to be kept' });

/** `HH:MM`, local wall time. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30');

/** `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();

/** A decimal amount as text with its currency; never a float. */
export const Money = z.strictObject({
  amount: z.string().regex(/^-?\d{1,13}(\.\d{1,4})?$/, 'a decimal number as text'),
  currency: Currency,
});
export type Money = z.output<typeof Money>;

/** An address with its domain as mail is sent to it: bücher.example is xn--bcher-kva.example. What is no domain stays, to be refused. */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  if (!/[^ -~]/.test(domain) || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return address;
  return URL.canParse(`http://${domain}`) ? address.slice(0, at) + new URL(`http://${domain}`).hostname : address;
}

/** An e-mail address as a caller writes it, its domain in any script. */
export const Mailbox = z
  .string()
  .trim()
  .max(254)
  .transform(withAsciiDomain)
  .pipe(z.email())
  .meta({ format: 'idn-email', description: 'A domain of another script is kept in its ASCII form' });

/** An id with its prefix: `cus_` and a ULID. */
export const idOf = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[${alphabet}]{26}$`), `an id such as ${prefix}_01J9Z3T8Q4V6N2K7M5R0B1C2D3`);

/** Keys that would reach an object's prototype when used as a property name. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);
export const FieldKey = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'a letter, then letters, digits or _ (40 at most)')
  .refine((key) => !prototypeKeys.has(key), { error: 'this word is reserved' });
