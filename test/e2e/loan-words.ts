import { demoWorkspaces } from '../../local/demo/people.ts';
import { languages } from '../../web/src/i18n/languages.ts';
import type { Language } from './suki.ts';

/**
 * Words that are the same as in English, reviewed one by one. Everything else that reads like English on a screen of another language
 * fails the walk.
 */
export const loanWords: Record<Exclude<Language, 'en'>, readonly string[]> = {
  fr: [
    ...['E-mail', 'Fax', 'fax', 'SMS', 'Note', 'Messenger', 'mobile'],
    ...['Interaction', 'Interactions', 'Prospect', 'Marketing', 'Actions', 'Date', 'Service', 'Minutes', 'Source'],
    ...['Segment', 'Segments', 'Description', 'Condition', 'Conditions'],
    ...['Notifications', 'Plan', 'Variables', 'Budget', 'Messages'],
    ...['Question', 'Score', 'Version', 'Active', 'Type'],
  ],
  fil: [
    'E-mail',
    'Fax',
    'fax',
    'SMS',
    'Web',
    'Chat',
    'Messenger',
    'Marketing',
    'French',
    'Urdu',
    'Thai',
    'Segment',
    'Draft',
    'Audience',
    'Channel',
    'Text',
    'Notifications',
  ],
  ur: [],
  th: ['SMS', 'Messenger'],
};

/** Names, which have no translation: of the product, of messengers and formats, of languages in themselves. */
export const properNames: readonly string[] = [
  ...['Suki', 'Batis', 'batis', 'Sari-sari', 'Lyon', 'WhatsApp', 'Viber', 'LINE', 'Telegram', 'Messenger', 'CSV', 'XLSX', '⌘K'],
  ...['NPS', 'CSAT', 'CES'],
  // What the walk calls its own campaigns.
  'Cartridges',
  ...Object.values(languages).map(({ name }) => name),
];

/** What the demo's workspace calls its own fields: data, though it stands where labels stand. Only on a customer's page. */
export const ownFields: ReadonlySet<string> = new Set(demoWorkspaces.flatMap(({ fields }) => fields.map(({ label }) => label)));
