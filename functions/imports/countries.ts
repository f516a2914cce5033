import { fold } from '../kernel/fold.ts';

/** Names that people write and no list of names in a language has. */
const others: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  britain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  us: 'US',
  usa: 'US',
  'united states of america': 'US',
  america: 'US',
  uae: 'AE',
  holland: 'NL',
  'the netherlands': 'NL',
  korea: 'KR',
  'republic of korea': 'KR',
  'viet nam': 'VN',
  'ivory coast': 'CI',
  'czech republic': 'CZ',
  'russian federation': 'RU',
  pilipinas: 'PH',
  'republic of the philippines': 'PH',
  eire: 'IE',
  'republic of ireland': 'IE',
  burma: 'MM',
  turkey: 'TR',
  swaziland: 'SZ',
  macedonia: 'MK',
  'hong kong': 'HK',
  ประเทศไทย: 'TH',
  macau: 'MO',
};

const languages = ['en', 'fr', 'fil', 'ur', 'th', 'de', 'es', 'pt', 'it', 'nl'];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
let known: Map<string, string> | undefined;

/** Names without dots: "U.K." and "U. S. A." are one with "uk" and "usa". */
const plain = (name: string) =>
  fold(name)
    .replace(/\./g, '')
    .replace(/\b(\w) (?=\w\b)/g, '$1');

/** A code that was given up leads to another: DD to DE. */
const isCurrent = (code: string) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

function names(): Map<string, string> {
  const map = new Map<string, string>();
  const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter(isCurrent);
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name && !/^(EU|EZ|UN|QO|XA|XB|ZZ)$/.test(code) && !map.has(plain(name))) map.set(plain(name), code);
    }
  }
  for (const code of new Set(map.values())) map.set(code.toLowerCase(), code);
  for (const [name, code] of Object.entries(others)) map.set(name, code);
  return map;
}

/** The ISO 3166-1 code of a country's name in one of ten languages, of its code, or of what people call it; undefined for none. */
export function countryOf(name: string): string | undefined {
  known ??= names();
  return known.get(plain(name));
}
