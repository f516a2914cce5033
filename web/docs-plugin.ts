import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import { htmlOf } from './markdown.ts';

const docs = join(import.meta.dirname, '../docs');
const swagger = (name: string) => readFileSync(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`));

const style = `
:root { color-scheme: light dark; font: 16px/1.55 ui-sans-serif, system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
body.wide { max-width: 72rem; }
nav { display: flex; gap: 1.25rem; padding-bottom: 1rem; margin-bottom: 1.5rem; border-bottom: 1px solid light-dark(#d8d8cf, #3a4440); }
a { color: light-dark(#17644a, #6fd3ab); }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; }
code { font: 0.92em ui-monospace, monospace; background: light-dark(#efefe6, #232d29); border-radius: 4px; padding: 0.1em 0.3em; }
pre { overflow-x: auto; padding: 0.9rem 1rem; border-radius: 8px; background: light-dark(#efefe6, #1b2421); }
pre code { background: none; padding: 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; } th, td { text-align: start; padding: 0.35rem 0.9rem 0.35rem 0; border-bottom: 1px solid light-dark(#d8d8cf, #3a4440); vertical-align: top; }
#api { color-scheme: light; background: #fff; border-radius: 8px; padding: 0.5rem; }
#api .information-container { padding-bottom: 0; }
`;

/** Served from the same origin, so that a request sent from the page needs no permission; the policy allows no script in the page itself. */
const start = `const ui = SwaggerUIBundle({
  url: '/docs/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
window.ui = ui;
`;

const page = ({ title, body, head = '', wide = false }: { title: string; body: string; head?: string; wide?: boolean }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Suki</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${head}<link rel="stylesheet" href="/docs/docs.css">
</head>
<body${wide ? ' class="wide"' : ''}>
<nav><a href="/docs">API</a><a href="/docs/api">Guide</a><a href="/docs/problems">Problems</a><a href="/">Suki</a></nav>
<main>
${body}
</main>
</body>
</html>
`;

const titleOf = (markdown: string) => /^# (.+)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? 'Suki';

/** Every file of the documentation site by its path under docs/: the interactive API, the guide, and a page per problem. */
export function docsFiles(): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  const api =
    '<h1>The API of Suki</h1>\n<p>Press <em>Authorize</em>, give an API key or an access token, and try any operation. Requests go to this very origin.</p>\n<div id="api"></div>\n<script src="/docs/swagger-ui-bundle.js"></script>\n<script src="/docs/start.js"></script>';
  files.set('index.html', page({ title: 'API', body: api, head: '<link rel="stylesheet" href="/docs/swagger-ui.css">\n', wide: true }));
  files.set('start.js', start);
  files.set('docs.css', style.trimStart());
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) files.set(name, swagger(name));
  files.set('openapi.json', readFileSync(join(docs, 'openapi.json')));
  const guide = readFileSync(join(docs, 'api.md'), 'utf8');
  files.set('api.html', page({ title: titleOf(guide), body: htmlOf(guide) }));
  const codes: string[] = [];
  for (const name of readdirSync(join(docs, 'problems')).sort()) {
    const code = basename(name, '.md');
    const text = readFileSync(join(docs, 'problems', name), 'utf8');
    files.set(`problems/${code}.html`, page({ title: titleOf(text), body: htmlOf(text) }));
    codes.push(`- [\`${code}\`](/docs/problems/${code}) ${titleOf(text)}`);
  }
  files.set(
    'problems.html',
    page({
      title: 'Problems',
      body: htmlOf(`# Problems\n\nEvery failure of the API has a code, and every code a page.\n\n${codes.join('\n')}`),
    }),
  );
  return files;
}

/** Puts the documentation beside the client, so that one origin serves both in the cloud and on one machine. */
export function documentation(): Plugin {
  return {
    name: 'suki-docs',
    apply: 'build',
    generateBundle() {
      for (const [name, source] of docsFiles()) this.emitFile({ type: 'asset', fileName: `docs/${name}`, source });
    },
  };
}
