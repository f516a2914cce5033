import { readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { story } from '../../local/demo/story.ts';
import { customersSearch } from '../../web/src/customers/search.ts';
import { find, indexOf } from '../search/memory.ts';
import { anchorsOf, isThere, type Link, linksOf, outsideBlocks, pages, read, root } from './pages.ts';

const links = pages().flatMap(linksOf);
const shown = ({ file, text, target }: Link) => `${file}: [${text}](${target})`;
const demo = 'http://127.0.0.1:4000';
const toDemo = links.flatMap((link) => (link.target.startsWith(`${demo}/`) ? [{ ...link, url: new URL(link.target) }] : []));

describe('a link in the documents', () => {
  it('leads to a file that there is, and to a heading in it', () => {
    const broken = links.filter(({ file, target }) => {
      // Addresses of the product itself, on the pages that it serves.
      if (/^(https?:|mailto:)/.test(target) || target.startsWith('/docs')) return false;
      const [path = '', anchor] = target.split('#');
      const there = path ? normalize(join(dirname(file), path)) : file;
      if (!isThere(there)) return true;
      return anchor !== undefined && !anchorsOf(read(there)).includes(anchor);
    });
    expect(broken.map(shown)).toEqual([]);
  });

  it('or a path in a sentence names a file or folder that there is', () => {
    const path = /`((?:bin|lib|functions|local|web|test|docs|\.ci)\/[\w./-]*)`/g;
    const named = pages().flatMap(({ file, text }) => [...outsideBlocks(text).matchAll(path)].map(([, target = '']) => ({ file, target })));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ target }) => !isThere(target)).map(({ file, target }) => `${file}: ${target}`)).toEqual([]);
  });

  it('into the demo leads to a screen that there is', () => {
    expect(toDemo.length).toBeGreaterThan(8);
    const routes = readdirSync(join(root, 'web/src/routes')).map((file) => read(`web/src/routes/${file}`));
    const screens = new Set([...routes.join('\n').matchAll(/path: '([^']+)'/g)].map(([, path]) => path));
    const others = new Set(['/local', '/docs']);
    const isScreen = (path: string) => screens.has(path) || (path.startsWith('/settings/') && screens.has(path.slice('/settings'.length)));
    expect(toDemo.filter(({ url: { pathname } }) => !isScreen(pathname) && !others.has(pathname)).map(shown)).toEqual([]);
  });

  it('into a list of the demo says only what the list understands', () => {
    for (const link of toDemo.filter(({ url }) => url.pathname === '/customers')) {
      const asked = Object.fromEntries(link.url.searchParams);
      const understood = Object.fromEntries(Object.entries(customersSearch(asked)).filter(([, value]) => value !== undefined));
      expect(understood, shown(link)).toEqual(asked);
    }
  });

  it('that searches the demo finds first what it says', () => {
    const { customers } = story('batis', new Date('2026-11-22T06:30:00Z'));
    const batis = customers.filter(({ workspace }) => workspace === 'batis');
    const index = indexOf(
      batis.map(({ key, companyKey, record }) => ({ key, companyKey: companyKey ?? undefined, input: CustomerInput.parse(record) })),
    );
    const nameOf = new Map(batis.map(({ key, record }) => [key, record.name]));
    const expected: Record<string, RegExp> = { '0917 000 4821': /Manalo/, 'manalo liza': /^Liza Manalo$/, Fournier: /Fournier/ };
    const searches = toDemo.flatMap((link) => link.url.searchParams.get('q') ?? []);
    expect(searches.length).toBeGreaterThan(4);
    for (const q of searches) {
      const [first = ''] = find(index, q);
      expect(nameOf.get(first) ?? 'nobody', q).toMatch(expected[q] ?? new RegExp(q, 'i'));
    }
    expect(find(index, '0917 000 4821')).toHaveLength(2);
  });
});

describe('a picture in the documents', () => {
  it('has words for whoever does not see it, and weighs less than 200 kB', () => {
    const pictures = links.filter(({ target }) => /\.(webp|png|svg)$/.test(target));
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    for (const { file, text, target } of pictures) {
      expect(text.length, target).toBeGreaterThan(20);
      expect(statSync(join(root, dirname(file), target)).size, target).toBeLessThan(200_000);
    }
  });
});
