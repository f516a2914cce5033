const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Code, emphasis and links within a line. Links lead only within the site or to https. */
function inline(text: string): string {
  return escaped(text)
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`') && part.length > 1
        ? `<code>${part.slice(1, -1)}</code>`
        : part
            .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
            .replaceAll(
              /\[([^\]]+)\]\(((?:\/|#|https:\/\/)[^)\s]*|[\w-]+\.md)\)/g,
              (_, label: string, target: string) => `<a href="${target.replace(/^([\w-]+)\.md$/, '/docs/$1')}">${label}</a>`,
            ),
    )
    .join('');
}

const idOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');

function tableOf(lines: string[]): string {
  const cells = (line: string) =>
    line
      .replaceAll(/^\||\|$/g, '')
      .split('|')
      .map((cell) => inline(cell.trim()));
  const [head = '', , ...rows] = lines;
  const row = (line: string, tag: string) =>
    `<tr>${cells(line)
      .map((cell) => `<${tag}>${cell}</${tag}>`)
      .join('')}</tr>`;
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((line) => row(line, 'td')).join('')}</tbody></table>`;
}

function blockOf(block: string): string {
  const lines = block.split('\n');
  const heading = /^(#{1,4}) (.+)$/.exec(block);
  if (heading) return `<h${heading[1]?.length} id="${idOf(heading[2] ?? '')}">${inline(heading[2] ?? '')}</h${heading[1]?.length}>`;
  if (lines.every((line) => line.startsWith('- '))) return `<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join('')}</ul>`;
  if (lines.length > 1 && lines.every((line) => line.startsWith('|'))) return tableOf(lines);
  return `<p>${inline(lines.join(' '))}</p>`;
}

/** The little Markdown that the pages under docs/ are written in: headings, paragraphs, lists, tables, fenced code, links. */
export function htmlOf(markdown: string): string {
  return markdown
    .split(/^(```\w*\n[\s\S]*?^```)$/m)
    .map((part) => {
      const code = /^```\w*\n([\s\S]*?)\n?```$/.exec(part);
      if (code) return `<pre><code>${escaped(code[1] ?? '')}</code></pre>`;
      return part
        .split(/\n{2,}/)
        .map((block) => block.trim())
        .filter(Boolean)
        .map(blockOf)
        .join('\n');
    })
    .join('\n');
}
