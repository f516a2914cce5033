import type { campaigns as english } from './en.ts';

export const campaigns: Record<keyof typeof english, string> = {
  'entity.campaign': 'Kampanya',
  'entity.run': 'Takbo ng kampanya',
  'verb.approve': 'Aprobahan',
  'problem.own_approval': 'Hindi mo maaaprobahan ang ikaw mismo ang sumulat.',
};
