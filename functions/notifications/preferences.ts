import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { StoredInstant, WallTime } from '../kernel/values.ts';
import { Kind, kindNames, Level, type NotificationKind, notificationKinds } from './kinds.ts';

/** What a member wants to be told, and her daily mail: when it is due next, and how far the last one went. Schema and rules; pure. */
export const DigestChoice = z.strictObject({ on: z.boolean(), at: WallTime });
export const usualDigest = { on: true, at: '08:00' } as const;

export const PreferencesRow = z
  .strictObject({
    memberId: MemberId,
    levels: z.partialRecord(Kind, Level).default({}),
    /** What is off is stored as nothing. */
    digest: DigestChoice.extend({ on: z.boolean().default(false) }).default(usualDigest),
    /** The moment at which the digest is to be looked at next; null while it is off. */
    dueAt: StoredInstant.nullable().default(null),
    /** The last local day that had its digest, or had nothing to tell. */
    day: z.iso.date().nullable().default(null),
    /** What came up to here was told by mail. */
    toldUntil: StoredInstant.nullable().default(null),
    /** Set while a mail may be on its way: settled by its sender or by the provider's own event; once it is over the mail did not go. */
    claim: z
      .strictObject({ token: z.string().max(40), until: StoredInstant, upTo: StoredInstant })
      .nullable()
      .default(null),
    /** Tries of the day that came to nothing. */
    refused: z.int().nonnegative().default(0),
    version: z.int().positive(),
  })
  .meta({ id: 'NotificationPreferencesRow' });
export type PreferencesRow = z.output<typeof PreferencesRow>;

export const PreferencesInput = z
  .strictObject({ levels: z.partialRecord(Kind, Level).default({}), digest: DigestChoice })
  .meta({ id: 'NotificationPreferencesInput' });
export type PreferencesInput = z.output<typeof PreferencesInput>;

/** Every kind with its level, and the digest with the zone in which its hour counts. */
export const Preferences = z
  .strictObject({
    levels: z.partialRecord(Kind, Level),
    digest: DigestChoice,
    timeZone: z.string(),
    nextDigestAt: StoredInstant.nullable(),
  })
  .meta({ id: 'NotificationPreferences' });
export type Preferences = z.output<typeof Preferences>;

/** How far a kind reaches a member. */
export const levelOf = (row: Pick<PreferencesRow, 'levels'> | undefined, kind: NotificationKind): Level =>
  row?.levels[kind] ?? notificationKinds[kind];

/** The choices with every kind said. */
export const allLevels = (row: Pick<PreferencesRow, 'levels'> | undefined) =>
  Object.fromEntries(kindNames.map((kind) => [kind, levelOf(row, kind)])) as Record<NotificationKind, Level>;
