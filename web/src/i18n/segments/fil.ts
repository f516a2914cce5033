import type { segments as english } from './en.ts';

export const segments: Record<keyof typeof english, string> = {
  'entity.segment': 'Segment',
  'entity.list': 'Listahan',
};
