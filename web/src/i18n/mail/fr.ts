import type { mail as english } from './en.ts';

export const mail: Record<keyof typeof english, string> = {
  'entity.suppression': 'Adresse bloquée',
  'via.origin.link': 'par le lien du client',
  'via.origin.mail': 'par e-mail',
  'entity.mail': 'E-mail reçu',
  'entity.message': 'Message',
  'entity.messageTemplate': 'Modèle de message',
};
