import type { followUps as english } from './en.ts';

export const followUps: Record<keyof typeof english, string> = {
  'entity.followUp': 'اگلا کام',
};
