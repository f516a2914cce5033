import { joinThaiVowels } from './fold.ts';

/**
 * Sort keys for names. DynamoDB compares the UTF-8 bytes of a key, a reader expects the order of the script; Node can compare by a
 * collation but not print its key, so the part of it that names need is here, and a test holds it against Intl.Collator.
 *
 * A key is `<letters>`, or `<letters>$<accents>` if there are any. No character of a key sorts below `$`, so that an entity may append
 * `#<id>`: Ana comes before Ana Maria, and Jose before José before Josefa.
 */

/** Bytes of the longest key; what is cut off decides only between names that agree so far. */
export const sortableBytes = 60;

const accentsFollow = '$';
const space = '%';
/** All other punctuation is `&` and a letter, in the order of CLDR; the digits follow in ASCII, then the letters. */
const punctuation = `_-,;:!?.'"()[]{}@*/\\&#%\`^+<=>|~$`;
const lookAlikes: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '،': ',',
  '؛': ';',
  '؟': '?',
  '۔': '.',
};

/** Urdu's alphabet, آ as its own letter after ا; the letters an Arabic keyboard writes stand beside their Urdu twins. */
const urdu = 'اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھۃءیے';
const urduTwins: Readonly<Record<string, string>> = { ٱ: 'ا', ك: 'ک', ه: 'ہ', ة: 'ۃ', ە: 'ہ', ي: 'ی', ى: 'ی' };
const firstUrdu = 0x621;

/** Thai is written in two bytes instead of three, in a range no name uses, so that 30 letters fit a key instead of 20. */
const thaiShift = 0x0e00 - 0x0780;

const stroke = '\u0338';
/** Letters that sort as another one with a mark. */
const asMarked: Readonly<Record<string, string>> = {
  ø: `o${stroke}`,
  đ: `d${stroke}`,
  ð: `d${stroke}`,
  ł: `l${stroke}`,
  ħ: `h${stroke}`,
  ı: `i${stroke}`,
  æ: `a${stroke}e`,
  œ: `o${stroke}e`,
  ß: 'ss',
};

/** Marks that decide only between names of equal letters, in the order of CLDR; one that is not listed comes last. */
const marks =
  '\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304\u3099\u309a\u0309\u030f\u0311\u031b\u0323\u0325\u032d\u032e' +
  '\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0656\u0657\u0670\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b';
const isMark = /[[\p{Mn}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}]]\u3099\u309a\u0e47-\u0e4c\u0e4e]/v;
const isIgnored = /[\p{Cf}\p{Cc}\u0640]/u;
/** CLDR collates Thai without regard to spaces and punctuation between its words. */
const betweenThai = /(?<=\p{Script=Thai})[\s\p{P}]+(?=\p{Script=Thai})/gu;
/** เก is read ก first: a leading vowel sorts after the consonant that follows it. */
const leadingVowel = /([เ-ไເ-ໄ])([ก-ฮກ-ຮ])/g;

/** The key character of a letter, without accents. */
function letterKey(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (/[a-z0-9]/.test(letter)) return letter;
  if (/\s/.test(letter)) return space;
  const inUrdu = urdu.indexOf(urduTwins[letter] ?? letter);
  if (inUrdu >= 0) return String.fromCodePoint(firstUrdu + inUrdu);
  if (code >= 0x0e01 && code <= 0x0e5b) return String.fromCodePoint(code - thaiShift);
  return /[\p{P}\p{S}]/u.test(letter) ? `&${String.fromCodePoint(0x41 + rank(lookAlikes[letter] ?? letter, punctuation))}` : letter;
}

/** The place in a list of characters; what is not listed comes last. */
function rank(char: string, list: string): number {
  const at = list.indexOf(char);
  return at < 0 ? list.length : at;
}

/** The characters to weigh, in order: lower case, marks after their letter, Thai in its reading order. */
function decomposed(name: string): string[] {
  const lower = joinThaiVowels(name.normalize('NFKC').toLowerCase().trim()).replace(/\s+/g, ' ');
  const ordered = lower.replace(betweenThai, '').replace(leadingVowel, '$2$1');
  return [...ordered].flatMap((char) => {
    const whole = asMarked[char] ?? (/\p{Script=Hangul}|آ/u.test(char) ? char : char.normalize('NFD'));
    return [...whole].filter((part) => !isIgnored.test(part));
  });
}

/**
 * A key whose byte order is the order of names in their script, ignoring case: Latin with accents after the plain letters, Urdu by its
 * alphabet, Thai with the leading vowel after its consonant, others by code point. At most 60 bytes; two names may have one key.
 */
export function sortable(name: string): string {
  let letters = '';
  let accents = '';
  let plain = 0;
  let bytes = 0;
  for (const char of decomposed(name)) {
    if (isMark.test(char)) {
      accents += accentKey(plain, char);
      plain = 0;
      continue;
    }
    const key = letterKey(char);
    bytes += Buffer.byteLength(key);
    if (bytes > sortableBytes) return letters;
    letters += key;
    plain += 1;
  }
  const room = sortableBytes - bytes - accentsFollow.length;
  return accents === '' || room < 2 ? letters : letters + accentsFollow + accents.slice(0, room);
}

/** An accent sorts the later the fewer plain letters stand before it, then by its kind: cote, coté, côte, côté. */
function accentKey(plainBefore: number, mark: string): string {
  return String.fromCodePoint(0x7e - plainBefore, 0x41 + rank(mark, marks));
}

/** The key that all names with this beginning share. A last Thai vowel is left out: its consonant, which comes first, is yet to be typed. */
export function sortablePrefix(beginning: string): string {
  const key = sortable(beginning.normalize('NFKC').replace(/[เ-ไເ-ໄ]$/, ''));
  return key.split(accentsFollow)[0] ?? '';
}
