import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** Every page a person may read, as its path in the repository and its text. */
export function pages(): { file: string; text: string }[] {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  return [...top, ...docs, 'functions/table/keys.md'].map((file) => ({ file, text: read(file) }));
}

export const read = (file: string) => readFileSync(join(root, file), 'utf8');
export const isThere = (file: string) => existsSync(join(root, file)) && !relative(root, join(root, file)).startsWith('..');

/** What a person would copy into a shell: fenced blocks that say so, or say nothing. */
export const shellBlocks = (text: string): string[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, language = '', block = '']) =>
    ['', 'sh', 'shell', 'bash', 'console'].includes(language) ? [block] : [],
  );

/** Commands named within a sentence. */
export const inlineCommands = (text: string): string[] =>
  [...outsideBlocks(text).matchAll(/`((?:[A-Z_]+=\S+ )?(?:npm|npx|aws|node|git) [^`]+)`/g)].map(([, command = '']) => command);

export const outsideBlocks = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '');

/** The commands of a block, each as its words: continued lines joined, comments and settings before a command left out. */
export function commandsOf(block: string): string[][] {
  const lines = block.replace(/\\\n\s*/g, ' ').split('\n');
  return lines
    .filter((line) => line.trim() && !line.trim().startsWith('#'))
    .flatMap((line) => partsOf(line))
    .map((part) => part.filter((word, at) => !/^[A-Z_]+=/.test(word) || part.slice(0, at).some((before) => !/^[A-Z_]+=/.test(before))))
    .filter((words) => words.length > 0);
}

/** Words of a line, split where one command ends and the next begins. */
function partsOf(line: string): string[][] {
  const words = line.match(/\$\((?:"[^"]*"|'[^']*'|[^)])*\)|(?:'[^']*'|"[^"]*"|\$\((?:"[^"]*"|'[^']*'|[^)])*\)|[^\s'"])+/g) ?? [];
  const parts: string[][] = [[]];
  for (const word of words) {
    if (['&&', '||', '|', ';'].includes(word)) parts.push([]);
    else parts.at(-1)?.push(word.replace(/^(['"])([\s\S]*)\1$/, '$2'));
  }
  return parts;
}

export type Link = { file: string; text: string; target: string };

/** Links and pictures of a page, outside of code. */
export function linksOf({ file, text }: { file: string; text: string }): Link[] {
  const plain = outsideBlocks(text).replace(/`[^`\n]*`/g, '');
  return [...plain.matchAll(/\[((?:!\[[^\]]*\]\([^)]*\)|[^\]])*)\]\(([^)\s]+)\)|!\[([^\]]*)\]\(([^)\s]+)\)/g)].flatMap(
    ([, label, target, alt, source]) => {
      const inner = label === undefined ? undefined : /!\[([^\]]*)\]\(([^)\s]+)\)/.exec(label);
      return [
        { file, text: label ?? alt ?? '', target: target ?? source ?? '' },
        ...(inner ? [{ file, text: inner[1] ?? '', target: inner[2] ?? '' }] : []),
      ];
    },
  );
}

/** The anchors that headings have, as GitHub makes them. */
export const anchorsOf = (text: string): string[] =>
  [...outsideBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
