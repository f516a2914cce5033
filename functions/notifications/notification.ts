import * as z from 'zod';
import { CustomerId, MemberId } from '../customers/customer.ts';
import { idFrom } from '../kernel/ids.ts';
import { FieldKey, idOf, StoredInstant } from '../kernel/values.ts';
import { Kind, type NotificationKind } from './kinds.ts';

/** What one member is told: of what kind, about which record, since when, and whether she has read it. */
export const NotificationId = idOf('ntf');

/** Records that a notification can lead to. */
export const subjectTypes = [
  'customer',
  'interaction',
  'followUp',
  'rule',
  'campaign',
  'run',
  'message',
  'segment',
  'list',
  'case',
  'form',
] as const;
export const Subject = z.strictObject({
  type: z.enum(subjectTypes),
  id: z.string().min(1).max(80),
  /** Whose record it is, where it belongs to a customer. */
  customerId: CustomerId.nullable().default(null),
});

/** What the kind's message says beside the subject: a title, a name, a count. Short, and never a whole text. */
export const NotificationData = z
  .record(FieldKey, z.union([z.string().max(200), z.number(), z.null()]))
  .refine((data) => Object.keys(data).length <= 10, { error: 'ten values at most' });

export const Notification = z
  .strictObject({
    id: NotificationId,
    memberId: MemberId,
    kind: Kind,
    subject: Subject,
    data: NotificationData.default({}),
    at: StoredInstant,
    readAt: StoredInstant.nullable().default(null),
    /** When the row was written last: for an unread one, when it came. */
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'NotificationRow' });
export type Notification = z.output<typeof Notification>;

/** A notification as its member sees it, with the customer's name where she may see the customer. */
export const NotificationView = Notification.omit({ memberId: true, updatedAt: true, version: true })
  .extend({ customerName: z.string().nullable() })
  .meta({ id: 'Notification' });
export type NotificationView = z.output<typeof NotificationView>;

export type NotificationInput = {
  memberId: string;
  kind: NotificationKind;
  subject: { type: (typeof subjectTypes)[number]; id: string; customerId?: string | null };
  data?: z.input<typeof NotificationData>;
  /** What happened, where the same subject can cause it more than once: its occurrence, a version. One cause makes one row. */
  cause?: string;
  /** When it happened; now, where it is left out. RFC 3339 in UTC. */
  at?: string;
};

/** The id that a cause always leads to. */
export const notificationId = (tenant: string, { memberId, kind, subject, cause = '' }: NotificationInput) =>
  idFrom('ntf', tenant, memberId, kind, subject.type, subject.id, cause);

/** A notification as it begins. */
export const newNotification = (tenant: string, input: NotificationInput, now: string): Notification =>
  Notification.parse({
    id: notificationId(tenant, input),
    memberId: input.memberId,
    kind: input.kind,
    subject: input.subject,
    data: input.data ?? {},
    at: input.at ?? now,
    updatedAt: now,
    version: 1,
  });
