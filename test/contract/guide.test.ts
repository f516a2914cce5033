import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../bin/openapi.ts';
import { type ProblemCode, problems } from '../../functions/kernel/errors.ts';
import { docsFiles } from '../../web/docs-plugin.ts';
import { htmlOf } from '../../web/markdown.ts';
import { type ApiAnswer, describeWorld, startWorld, type World } from '../_util/world.ts';

const docs = join(import.meta.dirname, '../../docs');
const codes = Object.keys(problems) as ProblemCode[];

describe('the page of a problem', () => {
  it('is there for every code, and for nothing else', () => {
    expect(readdirSync(join(docs, 'problems')).map((name) => basename(name, '.md'))).toEqual([...codes].sort());
  });

  it('says what it means and what to do, with an example that is one', () => {
    for (const code of codes) {
      const text = readFileSync(join(docs, 'problems', `${code}.md`), 'utf8');
      expect(text.split('\n')[0], code).toBe(`# ${problems[code].title}`);
      expect(text, code).toContain(`Code \`${code}\`, status ${problems[code].status}.`);
      for (const heading of ['What it means', 'What to do'])
        expect(new RegExp(`## ${heading}\n\n[^#]{30,}`).test(text), `${code}: ${heading}`).toBe(true);
      const example = JSON.parse(/```json\n([\s\S]+?)\n```/.exec(text)?.[1] ?? 'null');
      expect(Problem.safeParse(example).error?.issues ?? [], code).toEqual([]);
      expect(example, code).toMatchObject({
        code,
        status: problems[code].status,
        title: problems[code].title,
        type: `/docs/problems/${code}`,
      });
    }
  });
});

describe('the documentation site', () => {
  const files = docsFiles();
  const pages = [...files].filter(([name]) => name.endsWith('.html')) as [string, string][];

  it('has no script in its pages, and every file and page that one names', () => {
    for (const [name, html] of pages) {
      expect(/<script(?![^>]*\bsrc="\/docs\/[\w-]+\.js"><\/script>)|\son\w+=|javascript:/i.test(html), name).toBe(false);
      for (const [, target = ''] of html.matchAll(/(?:src|href)="\/docs(\/[^"#]*)?"/g)) {
        const file = target === '' ? 'index.html' : /\.\w+$/.test(target) ? target.slice(1) : `${target.slice(1)}.html`;
        expect(files.has(file), `${name} names ${file}`).toBe(true);
      }
    }
  });

  it('offers the very document that the routes make', () => {
    expect(String(files.get('openapi.json'))).toBe(readFileSync(join(docs, 'openapi.json'), 'utf8'));
  });

  it('writes what people typed as text', () => {
    expect(htmlOf('# A <b> `<i>`\n\n[x](javascript:alert(1)) **b**\n\n```sh\n<script>\n```\n\n- one\n- [two](/docs/api)')).toBe(
      '<h1 id="a-b-i">A &lt;b&gt; <code>&lt;i&gt;</code></h1>\n<p>[x](javascript:alert(1)) <strong>b</strong></p>\n<pre><code>&lt;script&gt;</code></pre>\n<ul><li>one</li><li><a href="/docs/api">two</a></li></ul>',
    );
  });
});

/** What a shell would hand to curl: words, with both kinds of quotes and the variables of the guide. */
function wordsOf(line: string, variables: Record<string, string>): string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const filled = (text: string) => text.replaceAll(/\$([A-Z]+)/g, (_, name: string) => variables[name] ?? '');
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, plain?: string, open?: string) => plain ?? filled(open ?? '')));
}

/** curl's flags, as far as the guide uses them. */
function requestOf([command, ...words]: string[]) {
  expect(command).toBe('curl');
  const request = { method: '', target: '', headers: {} as Record<string, string>, body: undefined as string | undefined };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-X') request.method = words[++at] ?? '';
    else if (word === '-d') request.body = words[++at];
    else if (word === '-H') {
      const [name = '', value = ''] = (words[++at] ?? '').split(/: (.*)/s);
      request.headers[name] = value;
    } else request.target = word;
  }
  return { ...request, method: request.method || 'GET' };
}

describeWorld('the guide', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('has examples that do what they say, in their order', async () => {
    const ws = await world.workspace();
    await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Somebody' });
    const variables: Record<string, string> = { SUKI: '', KEY: ws.keys.admin };
    const blocks = [...readFileSync(join(docs, 'api.md'), 'utf8').matchAll(/```sh\n([\s\S]+?)```/g)].map(([, text]) =>
      (text ?? '').replaceAll(/\\\n\s*/g, ''),
    );
    let ran = 0;
    for (const line of blocks.flatMap((block) => block.split(/\n(?=curl)/))) {
      const [command = '', expected = ''] = line.trim().split('\n# ');
      const { method, target, headers, body } = requestOf(wordsOf(command, variables));
      const answer: ApiAnswer = await world.api(undefined, method, target, body, headers);
      const code = answer.status >= 400 ? ` ${answer.body.code}` : '';
      expect(`${answer.status}${code}`, command).toBe(expected);
      if (target.includes('/find')) expect(answer.body.data[0]?.name).toBe('Ana Trujillo');
      if (method === 'POST' && answer.body.kind === 'person') Object.assign(variables, { ID: answer.body.id, ETAG: answer.headers.etag });
      if (answer.body.page?.nextCursor) variables.CURSOR = encodeURIComponent(answer.body.page.nextCursor);
      await world.drain();
      ran++;
    }
    expect(ran).toBeGreaterThan(15);
  });
});
