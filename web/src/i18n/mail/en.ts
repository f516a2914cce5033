/** Suppression, unsubscribing, direct messages and mail that comes in. */
export const mail = {
  'entity.suppression': 'Suppressed address',
} as const satisfies Record<string, string>;
