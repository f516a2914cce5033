import type { campaigns as english } from './en.ts';

export const campaigns: Record<keyof typeof english, string> = {
  'entity.campaign': 'Campagne',
  'entity.run': 'Exécution de campagne',
  'verb.approve': 'Approuver',
  'problem.own_approval': 'Vous ne pouvez pas approuver ce que vous avez écrit vous-même.',
};
