import type { mail as english } from './en.ts';

export const mail: Record<keyof typeof english, string> = {
  'entity.suppression': 'Address na hindi na susulatan',
  'via.origin.link': 'sa sariling link ng kostumer',
  'via.origin.mail': 'sa email',
  'entity.mail': 'Dumating na email',
  'entity.message': 'Mensahe',
  'entity.messageTemplate': 'Huwaran ng mensahe',
};
