import type { Additions, Miss } from './list.ts';

/** Pasted lines, and what each of them names. Pure. */
type Pasted = Extract<Additions, { text: string }>;
export type Line = { line: number; text: string };
export type NamedLine = Line & ({ by: 'email' | 'phone' | 'id'; value: string } | { by: 'key'; source: string; id: string });
export type ReadLines = { named: NamedLine[]; misses: Miss[]; lines: number };

const isEmail = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
const isPhone = /^\+?[\d\s()./-]{5,30}$/;
const isId = /^cus_[0-9A-HJKMNP-TV-Z]{26}$/;
const keyed = /^([a-z][a-z0-9-]{0,39})[:#](.+)$/;
const isKey = /^[A-Za-z0-9._~:-]{1,128}$/;
const shownCharacters = 120;

/** The lines that are not blank, with their numbers; the quotes of a cell are taken off. `Ana <ana@x.example>` is her e-mail. */
export function linesOf(text: string): Line[] {
  return text.split(/\r\n|\n|\r/).flatMap((raw, at) => {
    const trimmed = raw.replace(/^\uFEFF/, '').trim();
    const plain = /^"(.*)"$/.exec(trimmed)?.[1]?.replaceAll('""', '"').trim() ?? trimmed;
    const inBrackets = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(plain)?.[1];
    return plain === '' ? [] : [{ line: at + 1, text: inBrackets ?? plain }];
  });
}

/** What each line names, and the lines that can name nobody. Which customers they are is not known yet. */
export function readLines({ text, by, source }: Pasted): ReadLines {
  const lines = linesOf(text);
  const named: NamedLine[] = [];
  const misses: Miss[] = [];
  for (const line of lines) {
    const read = readLine(line, { by, source });
    if (read) named.push(read);
    else misses.push(missed(line, 'unreadable'));
  }
  return { named, misses, lines: lines.length };
}

export const missed = ({ line, text }: Line, reason: Miss['reason']): Miss => ({ line, text: text.slice(0, shownCharacters), reason });

function readLine(line: Line, { by, source }: Pick<Pasted, 'by' | 'source'>): NamedLine | undefined {
  const { text } = line;
  const may = (kind: typeof by) => by === undefined || by === kind;
  if (may('id') && isId.test(text)) return { ...line, by: 'id', value: text };
  if (may('email') && isEmail.test(text)) return { ...line, by: 'email', value: text };
  const [, ownSource, ownId] = keyed.exec(text) ?? [];
  if (may('key') && ownSource && ownId && isKey.test(ownId)) return { ...line, by: 'key', source: ownSource, id: ownId };
  // Digits alone may be a key as well as a phone: whoever says where keys come from means keys.
  if (may('key') && source && isKey.test(text)) return { ...line, by: 'key', source, id: text };
  if (may('phone') && isPhone.test(text)) return { ...line, by: 'phone', value: text };
  return undefined;
}
