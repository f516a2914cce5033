/** What a form may ask for, and how long an answer may be. Plain values, for the page carries them. */
export const askedFields = ['name', 'email', 'phone', 'reference', 'subject'] as const;
export type AskedField = (typeof askedFields)[number];

/** The longest each of it may be, in UTF-16 units. */
export const longest: Readonly<Record<AskedField | 'words', number>> = {
  name: 200,
  email: 254,
  phone: 40,
  reference: 80,
  subject: 200,
  words: 10_000,
};
