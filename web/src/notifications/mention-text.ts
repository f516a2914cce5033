/**
 * A member named in a text. It is stored as `@[Name](mem_…)`, and written and read as `@Name`: who writes keeps by name whom he means.
 */
export type Mentions = Readonly<Record<string, string>>;

const mark = /@\[([^\]\n]{1,100})\]\((mem_[0-9A-Z]{26})\)/g;
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is sent: every `@Name` of somebody who was chosen, with whom it means. The longest names first, for one may begin another. */
export function marked(text: string, mentions: Mentions): string {
  const names = Object.keys(mentions).sort((a, b) => b.length - a.length);
  if (names.length === 0) return text;
  const pattern = new RegExp(`@(${names.map(escaped).join('|')})`, 'g');
  return text.replaceAll(pattern, (_, name: string) => `@[${name}](${mentions[name]})`);
}

/** What is written on: the names alone, and whom they mean. */
export function unmarked(text: string): { text: string; mentions: Mentions } {
  const mentions: Record<string, string> = {};
  for (const [, name = '', id = ''] of text.matchAll(mark)) mentions[name] = id;
  return { text: text.replaceAll(mark, '@$1'), mentions };
}

/** A stored text in pieces: plain ones, and names. */
export function pieces(text: string): { text: string; name: boolean; at: number }[] {
  const found: { text: string; name: boolean; at: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(mark)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), name: false, at: from });
    found.push({ text: `@${match[1]}`, name: true, at: match.index });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), name: false, at: from });
  return found;
}

/** The beginning of a name that is being typed after an @ before the caret, and where the @ stands. */
export function typedName(text: string, caret: number): { from: number; typed: string } | undefined {
  const match = /(?:^|[\s(])@([^\s@()[\]]{0,30}(?: [^\s@()[\]]{1,30})?)$/u.exec(text.slice(0, caret));
  return match ? { from: caret - (match[1]?.length ?? 0) - 1, typed: match[1] ?? '' } : undefined;
}
