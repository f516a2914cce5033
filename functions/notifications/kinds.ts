import * as z from 'zod';

/**
 * What a member is told of, and how far it reaches where she has not chosen otherwise. A kind is added here, and as a message in
 * each language of the client (`web/src/i18n/notifications/`) and of the digest (`digest-words.ts`).
 */
export const notificationKinds = {
  mention: 'digest',
  'followUp.due': 'digest',
  'followUp.assigned': 'digest',
  rule: 'digest',
  'rule.paused': 'digest',
  'approval.asked': 'digest',
  'campaign.paused': 'digest',
  'run.finished': 'product',
  'message.received': 'product',
  'case.assigned': 'digest',
  'case.warned': 'product',
  'case.breached': 'digest',
  'case.answered': 'product',
  'form.held': 'digest',
} as const satisfies Record<string, Level>;
export type NotificationKind = keyof typeof notificationKinds;
export const kindNames = Object.keys(notificationKinds) as [NotificationKind, ...NotificationKind[]];
export const Kind = z.enum(kindNames);

/** How far a kind reaches a member: not at all, in the product, or in the daily mail as well. */
export const levels = ['off', 'product', 'digest'] as const;
export type Level = (typeof levels)[number];
export const Level = z.enum(levels);
