/**
 * Folding: two spellings that a person takes for the same word become the same string. It is used for what is indexed,
 * for what is asked, and for comparing text in a filter, so nothing here may be changed without a re-index.
 */

/** Marks that a reader may leave out: accents, harakat, niqqud. Vowels and tones of Thai, Lao, Khmer or Devanagari are not among them. */
const optionalMarks = /[[\p{M}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Cyrillic}]]--[\u3099\u309a]]/gv;
const invisible = /[\p{Cf}\u0640]/gu;
const apostrophes = /[’‘ʼʻ`´]/g;

/** Letters that Unicode does not decompose, but that keyboards, passports and people exchange. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  // An Arabic keyboard writes other letters than an Urdu one for the same words; ں, ھ and a bare hamza vary from one form to the next.
  ٱ: 'ا',
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ڪ: 'ک',
  ه: 'ہ',
  ة: 'ہ',
  ۃ: 'ہ',
  ە: 'ہ',
  ھ: 'ہ',
  ں: 'ن',
  ء: '',
};
const exchanged = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');

/** Thai typed letter by letter: two เ look like one แ, and ำ is also typed as its two halves, with the tone between them. */
export function joinThaiVowels(text: string): string {
  return text.replace(/เเ/g, 'แ').replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\u0e4d\u0e32/g, '$1$2\u0e33');
}

/** The ASCII digit of any script's digit. Unicode lays digits out in runs of ten, so the distance to the run's start tells the value. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let length = 1;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - length))) length += 1;
  return String((length - 1) % 10);
}

/** Text without what readers do not tell apart: case, accents, Arabic letter forms, width, the script of its digits, double spaces. */
export function fold(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(optionalMarks, '').replace(invisible, '').replace(apostrophes, "'");
  return joinThaiVowels(plain)
    .replace(exchanged, (letter) => letters[letter] ?? letter)
    .replace(/[\p{Nd}--[0-9]]/gv, asciiDigit)
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

const unspacedScripts =
  '\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー';
/** No letter of those scripts comes before the Thai ones, and a comparison is faster than the expressions. */
const firstUnspaced = '\u0e00';
const mayBeUnspaced = /[\u0e00-\uffff]/;
const unspacedStart = new RegExp(`^[${unspacedScripts}]`, 'u');
const spaceWithin = new RegExp(`(?<=[${unspacedScripts}]) (?=[${unspacedScripts}])`, 'gu');
const piecesOfChunk = new RegExp(`[${unspacedScripts}]+|[[\\p{L}\\p{M}\\p{N}']--[${unspacedScripts}]]+`, 'gv');
const edges = /^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;

/** Whether a folded word is of a script that sets no spaces between words, so that it is found by any part of it. */
export function isUnspaced(word: string): boolean {
  return word >= firstUnspaced && unspacedStart.test(word);
}

/** A number without the zeros in front of it (at least two digits stay): 0917 is 917, whether trunk prefix or padding. */
export function numberWord(digits: string): string {
  return digits.replace(/^0+(?=\d{2})/, '');
}

/** Whether a chunk is a code, such as 7-eleven, a-1001.7 or work@home: digits, or an @, held together with something else by punctuation. */
export function isCode(chunk: string): boolean {
  return chunk.includes('@') || (/\d/.test(chunk) && /[\p{L}\p{N}][^\p{L}\p{M}\p{N}']+[\p{L}\p{N}]/u.test(chunk));
}

/** What stands between the spaces of a folded text, without the punctuation around it. */
export function chunks(folded: string): string[] {
  return folded
    .split(' ')
    .map((chunk) => chunk.replace(edges, ''))
    .filter((chunk) => chunk !== '');
}

/** The words of one chunk; a part is split off at a change to a script without spaces, and o'brien is obrien. */
export function wordsOfChunk(chunk: string): string[] {
  return (chunk.match(piecesOfChunk) ?? [])
    .map((word) => word.replaceAll("'", ''))
    .filter((word) => word !== '')
    .map((word) => (/^\d+$/.test(word) ? numberWord(word) : word));
}

/**
 * The distinct words of a text in its order, folded. A code and a word with an apostrophe come whole and in parts (obrien, brien),
 * and words of a script without spaces come joined, because some writers set a space between two names and some do not.
 */
export function words(text: string): string[] {
  const folded = fold(text);
  const found = chunks(mayBeUnspaced.test(folded) ? folded.replace(spaceWithin, '') : folded).flatMap((chunk) => {
    const afterApostrophe = [...chunk.matchAll(/'([\p{L}\p{M}]{3,})/gu)].map((match) => match[1] ?? '');
    return [...wordsOfChunk(chunk), ...afterApostrophe, ...(isCode(chunk) ? [chunk] : [])];
  });
  return [...new Set(found)];
}

/** So much of a word without spaces is kept in an index; what is longer is compared with the customer's text. */
export const pieceLength = 8;

/** Where a word may begin: at a letter that is no following vowel, that no leading vowel or stacking sign binds, and that is not silent. */
const syllableStart = /(?<![เ-ไເ-ໄ\u17d2\u1039])[[\p{L}ー]--[ะาำๅະາຳຽ]](?![\u0e4c\u0ecc\u103a])/gv;

/**
 * What is indexed for a folded word: itself, or, in a script without spaces, its rest from each syllable on, shortened. A prefix of
 * such a piece is any part of the word, so one range read answers; bigrams would take as many rows and read everybody who has the two
 * letters. Intl.Segmenter is no help: names are not in its dictionary, and rows cut by one ICU release could not be found to be
 * removed by the next.
 */
export function pieces(word: string): string[] {
  if (!isUnspaced(word)) return [word];
  const starts = [0, ...[...word.matchAll(syllableStart)].map(({ index }) => index)];
  const cut = starts.map((start) => [...word.slice(start)].slice(0, pieceLength).join(''));
  return [...new Set(cut)].filter((piece, at) => at === 0 || [...piece].length > 1);
}
