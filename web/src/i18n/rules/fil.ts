import type { rules as english } from './en.ts';

export const rules: Record<keyof typeof english, string> = {
  'entity.rule': 'Panuntunan',
};
