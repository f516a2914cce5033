import type { CustomField } from '../admin/workspace.ts';
import { type Fault, type Marked, marked, variablesIn } from './template.ts';
import { variableKind } from './variables.ts';

/**
 * The small markup of mails, line by line: `# heading`, `## smaller heading`, `- item`, `---`, `![words](https://…)` alone on a line is an
 * image, `[words](https://…)` alone on a line a button, all else paragraphs, with **bold**, *slanted* and [links](https://…) within. Pure.
 */
export type Inline = { kind: 'plain' | 'bold' | 'slanted'; text: string } | { kind: 'link'; text: string; url: string };
export type Block =
  | { kind: 'heading'; level: 1 | 2; content: Inline[] }
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'list'; items: Inline[][] }
  | { kind: 'rule' }
  | { kind: 'image' | 'button'; text: string; url: string };

export type Body = Marked & { blocks: Block[] };

const piece = /\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|\[([^\]\n]+)\]\(([^()\s]+)\)/g;
const alone = /^(!?)\[([^\]]*)\]\(([^()\s]+)\)$/;

function inlineOf(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  const plain = (to: number) => {
    if (to > from) parts.push({ kind: 'plain', text: text.slice(from, to) });
  };
  for (const match of text.matchAll(piece)) {
    plain(match.index);
    const [whole, bold, slanted, words, url] = match;
    if (bold !== undefined) parts.push({ kind: 'bold', text: bold });
    else if (slanted !== undefined) parts.push({ kind: 'slanted', text: slanted });
    else if (words !== undefined && url !== undefined) parts.push({ kind: 'link', text: words, url });
    from = match.index + whole.length;
  }
  plain(text.length);
  return parts;
}

function blockOf(line: string): Block | undefined {
  const [, hashes, heading] = /^(#{1,2})\s+(\S.*)$/.exec(line) ?? [];
  if (hashes && heading) return { kind: 'heading', level: hashes.length === 1 ? 1 : 2, content: inlineOf(heading) };
  if (/^-{3,}$/.test(line)) return { kind: 'rule' };
  const [, item] = /^-\s+(\S.*)$/.exec(line) ?? [];
  if (item) return { kind: 'list', items: [inlineOf(item)] };
  const [, bang, text, url] = alone.exec(line) ?? [];
  return text !== undefined && url ? { kind: bang ? 'image' : 'button', text, url } : undefined;
}

/** The blocks of a body. Neighbouring items make one list, neighbouring lines one paragraph. */
export function bodyOf(source: string): Body {
  const { text, variables } = marked(source);
  const blocks: Block[] = [];
  let open = false;
  for (const line of text.split('\n').map((one) => one.trim())) {
    const last = open ? blocks.at(-1) : undefined;
    const block = blockOf(line);
    open = line !== '';
    if (block?.kind === 'list' && last?.kind === 'list') last.items.push(...block.items);
    else if (block) blocks.push(block);
    else if (line !== '' && last?.kind === 'paragraph') last.lines.push(inlineOf(line));
    else if (line !== '') blocks.push({ kind: 'paragraph', lines: [inlineOf(line)] });
  }
  return { text, variables, blocks };
}

const link = /(!?)\[[^\]\n]*\]\(([^)\n]*)\)/g;
/** Whose page it is stands in the text itself: no customer's data choose the host. */
const host = /^https:\/\/[A-Za-z0-9.-]+\.[A-Za-z0-9-]{2,}(:\d{1,5})?([/?#][^()\s]*)?$/;
const other = /^(mailto:[^\s@?]+@[^\s@?]+|tel:\+?[0-9 -]{3,20})$/;

/** What is wrong with the links and images of a body, each at its place. */
export function linkFaults(source: string, fields: readonly CustomField[]): Fault[] {
  const { text, variables } = marked(source);
  return [...text.matchAll(link)].flatMap((match): Fault[] => {
    const [whole, bang = '', url = ''] = match;
    const names = variablesIn(url).map((number) => variables[number]?.name ?? '');
    const at = match.index + whole.length - url.length - 1;
    const isOurs =
      names.length === 1 && url.startsWith('\u{E000}') && url.endsWith('\u{E002}') && variableKind(names[0] ?? '', fields) === 'link';
    if (bang) return host.test(url) ? [] : [{ at, code: 'invalid_image', detail: 'an image is at an https address' }];
    return isOurs || host.test(url) || other.test(url)
      ? []
      : [{ at, code: 'invalid_link', detail: 'an https address whose host is written out, mailto:, tel:, or a link variable' }];
  });
}
