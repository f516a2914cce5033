/** Suppression, unsubscribing, direct messages and mail that comes in. */
export const mail = {
  'entity.suppression': 'Suppressed address',
  'via.origin.link': 'by the customer’s own link',
  'via.origin.mail': 'by mail',
  'entity.mail': 'Incoming mail',
  'entity.message': 'Message',
  'entity.messageTemplate': 'Message template',
} as const satisfies Record<string, string>;
