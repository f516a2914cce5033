/** A member named in a text by `@[Name](mem_…)`: the composer writes it so, and shows the name alone. Pure. */
const pattern = /@\[([^\]\n]{1,100})\]\((mem_[0-9A-HJKMNP-TV-Z]{26})\)/g;
const most = 20;
const longest = 160;

/** The members whom a text names, each once, twenty at most. */
export const mentionedIn = (text: string | null): string[] =>
  [...new Set([...(text ?? '').matchAll(pattern)].map(([, , id]) => id as string))].slice(0, most);

/** What a notification quotes: the names in place of what names them, on one line, cut at 160 characters. */
export function excerptOf(text: string): string {
  const plain = text.replaceAll(pattern, '@$1').replaceAll(/\s+/g, ' ').trim();
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}
