import type { Language } from './suki.ts';

/**
 * Words that are the same as in English, reviewed one by one. Everything else that reads like English on a screen of another language
 * fails the walk.
 */
export const loanWords: Record<Exclude<Language, 'en'>, readonly string[]> = {
  fr: [
    'Interactions',
    'E-mail',
    'Fax',
    'SMS',
    'Note',
    'Prospect',
    'Messenger',
    'Marketing',
    'mobile',
    'Actions',
    'Date',
    'Service',
    'Minutes',
    'Source',
  ],
  fil: ['E-mail', 'Fax', 'Messenger', 'Marketing', 'SMS', 'Web', 'Chat', 'Filipino'],
  ur: [],
  th: ['Messenger', 'SMS'],
};

/** Names, which have no translation: of the product, of what the demo sells, of messengers, of formats. */
export const properNames = ['Suki', 'Batis', 'Sari-sari', 'WhatsApp', 'Viber', 'LINE', 'Telegram', 'Messenger', 'CSV', 'XLSX', '⌘K'];
