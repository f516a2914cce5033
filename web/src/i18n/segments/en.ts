/** Segments, lists, and the filters behind them. */
export const segments = {
  'entity.segment': 'Segment',
  'entity.list': 'List',
} as const satisfies Record<string, string>;
