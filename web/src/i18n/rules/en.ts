/** Rules: what is done by itself. */
export const rules = {
  'entity.rule': 'Rule',
} as const satisfies Record<string, string>;
