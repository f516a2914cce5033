/** The languages of the client, with their names in themselves. */
export const languages = {
  en: { name: 'English', dir: 'ltr', letter: 'A' },
  fr: { name: 'Français', dir: 'ltr', letter: 'É' },
  fil: { name: 'Filipino', dir: 'ltr', letter: 'Ng' },
  ur: { name: 'اردو', dir: 'rtl', letter: 'ا' },
  th: { name: 'ไทย', dir: 'ltr', letter: 'ก' },
} as const;

export type Language = keyof typeof languages;

export const isLanguage = (value: string | null | undefined): value is Language => value != null && Object.hasOwn(languages, value);
