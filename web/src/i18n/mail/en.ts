/** Suppression, unsubscribing, direct messages and mail that comes in. */
export const mail = {
  'entity.suppression': 'Suppressed address',
  'via.origin.link': 'by the customer’s own link',
} as const satisfies Record<string, string>;
