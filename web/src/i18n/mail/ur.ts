import type { mail as english } from './en.ts';

export const mail: Record<keyof typeof english, string> = {
  'entity.suppression': 'ممنوع پتہ',
  'via.origin.link': 'گاہک کے اپنے لنک سے',
  'via.origin.mail': 'ای میل سے',
  'entity.mail': 'آنے والی ای میل',
  'entity.message': 'پیغام',
  'entity.messageTemplate': 'پیغام کا نمونہ',
};
