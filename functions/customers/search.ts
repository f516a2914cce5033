import { sortable } from '../kernel/collation.ts';
import { chunks, fold, isCode, isUnspaced, numberWord, pieceLength, pieces, words, wordsOfChunk } from '../kernel/fold.ts';
import { nationalPart, phoneWords } from './phone-words.ts';
import { isSmall, keyWord, partitionOf, withoutLegalForm } from './search-words.ts';

/** Rows read for one search, at most; beyond, the answer says that it is truncated. */
export const searchExamines = 1_000;
const maxTerms = 8;

/** One thing that was asked for. `lookUp` is its word in the index, if it can be looked up at all. */
type PlainTerm = { kind: 'word' | 'run' | 'mail' | 'code'; text: string; lookUp: string | undefined };
/** Digits, without trunk zero: `text` as they were asked for, `national` without a country code; `parts` as they were spaced. */
type NumberTerm = { kind: 'number'; text: string; national: string; parts: readonly string[]; lookUp: string };
type Term = PlainTerm | NumberTerm;

/** What to read, and what each row must also meet. */
export type SearchPlan = {
  /** First two letters; the range of sort keys in that partition is `from` to `to`, both included. */
  partition: string;
  from: string;
  to: string;
  terms: readonly Term[];
  /** The words asked for, as a name would have them. */
  asked: string;
};

/** A row of the index, as far as a search reads it. */
export type TokenRow = { word: string; customerId: string; text: string; name: string };

const isNumber = (chunk: string) => /^[+(]*\d[\d()./+-]*$/.test(chunk);

/** Chunks of digits that stand together are one number: 0917 555 0123. */
function numberTerm(written: string): Term | undefined {
  const phone = phoneWords(written);
  const parts = (written.match(/\d+/g) ?? []).map(numberWord);
  const [firstPart] = parts;
  if (firstPart === undefined) return undefined;
  const { national = firstPart, international = national } = phone ?? {};
  const isPhone = written.replace(/\D/g, '').length > 3;
  return {
    kind: 'number',
    text: international,
    national,
    parts,
    lookUp: !isPhone ? firstPart : national.length > 3 ? national : international,
  };
}

function chunkTerms(chunk: string): Term[] {
  const [bare = ''] = chunks(chunk);
  if (isCode(bare)) return [{ kind: bare.includes('@') ? 'mail' : 'code', text: bare, lookUp: pieces(bare)[0] }];
  // Of ana.trujillo or hotel.example the index has the whole, an address or a domain: its first word is the beginning of that.
  const onlyFirst = /[._:~]/.test(bare);
  return wordsOfChunk(bare).map((text, at, all): Term => {
    if (isUnspaced(text)) return { kind: 'run', text, lookUp: [...withoutLegalForm(text)].slice(0, pieceLength).join('') };
    return {
      kind: 'word',
      text,
      lookUp: onlyFirst && all.slice(0, at).some((before) => before.length > 1 && !isSmall(before)) ? undefined : text,
    };
  });
}

function termsOf(query: string): Term[] {
  const terms: (Term | undefined)[] = [];
  let digits = '';
  for (const chunk of [...fold(query).split(' '), '']) {
    if (isNumber(chunk)) digits += ` ${chunk}`;
    else {
      if (digits) terms.push(numberTerm(digits));
      digits = '';
      terms.push(...chunkTerms(chunk));
    }
  }
  return terms.filter((term) => term !== undefined).slice(0, maxTerms);
}

/** How few customers a term may be expected to have. A whole phone number or an address has one, a long word fewer than a short one. */
function selectivity(term: Term): number {
  const length = [...(term.lookUp ?? '')].length;
  if (length < 2) return 0;
  if (term.kind === 'mail') return 3_000 + length;
  if (term.kind === 'code') return 2_000 + length;
  if (term.kind === 'number') return length >= 7 ? 1_000 + length : 7 * length;
  return isSmall(term.text) ? 1 : (term.kind === 'run' ? 15 : 10) * length;
}

/** How to answer a search by one range read: its most selective word is looked up, the others are checked. Undefined if no word has two letters. */
export function planSearch(query: string): SearchPlan | undefined {
  const terms = termsOf(query);
  const [first] = terms.toSorted((a, b) => selectivity(b) - selectivity(a));
  if (!first || selectivity(first) === 0) return undefined;
  const word = keyWord(first.lookUp ?? '');
  const telling = terms.filter(({ text }) => !isSmall(text));
  return {
    partition: partitionOf(word),
    from: word,
    to: `${word}\u{10ffff}`,
    terms: telling.length > 0 ? telling : terms,
    asked: words(query).join(' '),
  };
}

/** Whether a customer's text meets a term: a word by its beginning, in a script without spaces by any part. */
function meets(term: Term, text: string): boolean {
  if (term.kind === 'run') return text.includes(term.text);
  const padded = ` ${text}`;
  if (term.kind === 'mail' || term.kind === 'code') return padded.includes(` ${term.text}`);
  const parts = padded.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ');
  return term.kind === 'number' ? meetsNumber(term, text, parts) : parts.includes(` ${term.text}`);
}

function meetsNumber(term: NumberTerm, text: string, parts: string): boolean {
  const numbers = text.match(/(?<=^| )\+?\d+(?= |$)/g) ?? [];
  return numbers.some((number) => isNumberOf(number, term)) || term.parts.every((part) => parts.includes(` ${part}`));
}

/** Whether a row meets a term; its own word meets what was looked up even where a long text was cut. */
function rowMeets(term: Term, { word, text }: TokenRow): boolean {
  const isPlain = term.kind !== 'number' && term.kind !== 'run';
  return (isPlain && word.startsWith(term.text)) || meets(term, text);
}

/** Whether a stored number begins with the digits asked for, in national or international form; five and more may also stand within. */
function isNumberOf(number: string, { text, national }: NumberTerm): boolean {
  const abroad = text !== national;
  if (!number.startsWith('+')) return abroad ? number.startsWith(national) : hasDigits(number, text);
  return number.startsWith(text, 1) || (!abroad && hasDigits(nationalPart(number.slice(1)), text));
}

const hasDigits = (number: string, digits: string) => number.startsWith(digits) || (digits.length >= 5 && number.includes(digits));

/** The better the lower: the very name or number, a name that begins so, the words in the name, a key that is the word, anything else. */
function rankOf({ name, word }: TokenRow, plan: SearchPlan): number {
  const text = words(name).join(' ');
  const [only, ...more] = plan.terms;
  const isKey = only !== undefined && more.length === 0 && only.kind !== 'word' && only.kind !== 'run' && word === plan.from;
  if (text === plan.asked || isKey) return 0;
  if (text.startsWith(`${plan.asked} `)) return 1;
  if (text.startsWith(plan.asked)) return 2;
  const whole = ` ${text} `;
  if (plan.asked.split(' ').every((asked) => whole.includes(` ${asked} `))) return 3;
  if (plan.terms.every((term) => whole.includes(` ${term.text} `) || (term.kind === 'run' && text.startsWith(term.text)))) return 4;
  return plan.terms.every((term) => meets(term, text)) ? 5 : word === plan.from ? 6 : 7;
}

/** The customers among the rows read who meet every word, each once, best first; equals by name, then by id. */
export function hits<Row extends TokenRow>(rows: Iterable<Row>, plan: SearchPlan): Row[] {
  const found = new Map<string, { row: Row; rank: number; key: string }>();
  for (const row of rows) {
    if (found.has(row.customerId) || !plan.terms.every((term) => rowMeets(term, row))) continue;
    found.set(row.customerId, { row, rank: rankOf(row, plan), key: sortable(row.name) });
  }
  return [...found.values()]
    .sort((a, b) => a.rank - b.rank || compare(a.key, b.key) || compare(a.row.customerId, b.row.customerId))
    .map(({ row }) => row);
}

const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
