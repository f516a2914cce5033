/** What of an HTML mail is looked at: more is no letter. */
const mostHtml = 400_000;

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function entity(whole: string, name: string): string {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  }
  return Object.hasOwn(entities, name.toLowerCase()) ? (entities[name.toLowerCase()] as string) : whole;
}

/** Elements whose content is no text for a reader. */
const unread = ['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math', 'object', 'iframe', 'textarea'];
const breaks = /^\/?(p|div|br|tr|li|h[1-6]|table|ul|ol|blockquote|hr|section|article|header|footer|pre)$/i;

/**
 * The text of an HTML mail: tags are dropped, blocks become lines, and what was not written for a reader is left out. It walks the text
 * once and builds no document, so that nothing in it can run, load or grow. The result is text and is shown as text.
 */
export function htmlText(html: string): string {
  const source = html.slice(0, mostHtml);
  const lower = source.toLowerCase();
  let text = '';
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open < 0) {
      text += source.slice(at);
      break;
    }
    text += source.slice(at, open);
    if (source.startsWith('<!--', open)) {
      const end = source.indexOf('-->', open + 4);
      at = end < 0 ? source.length : end + 3;
      continue;
    }
    const close = source.indexOf('>', open);
    if (close < 0) break;
    const name = /^\/?[a-z][a-z0-9]*/i.exec(source.slice(open + 1, Math.min(close, open + 20)))?.[0] ?? '';
    at = close + 1;
    if (breaks.test(name)) text += '\n';
    else if (/^td$/i.test(name)) text += ' ';
    if (unread.includes(name.toLowerCase())) {
      const end = lower.indexOf(`</${name.toLowerCase()}`, at);
      at = end < 0 ? source.length : end;
    }
  }
  return text
    .replaceAll(/&(#x?[0-9a-f]{1,7}|[a-z]{2,8});/gi, entity)
    .replaceAll(/[ \t\u00a0]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
