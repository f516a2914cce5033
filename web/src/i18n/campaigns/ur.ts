import type { campaigns as english } from './en.ts';

export const campaigns: Record<keyof typeof english, string> = {
  'entity.campaign': 'مہم',
  'entity.run': 'مہم کا دور',
  'verb.approve': 'منظوری',
  'problem.own_approval': 'جو آپ نے خود لکھا اسے آپ منظور نہیں کر سکتے۔',
};
