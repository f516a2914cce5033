import { directionOf, escapeHtml, type Foot, footHtml, quiet } from '../campaigns/mail-html.ts';
import { BrokenData, filled, marked } from '../campaigns/template.ts';
import { type Look, lookup } from '../campaigns/variables.ts';

/** A direct message as its reader gets it: plain text with her own data set in, and the same as HTML for programs that show nothing else. Pure. */
export type RenderedMessage = { subject: string | null; body: string };
export type RenderFailure = { problem: { code: 'absent' | 'broken'; variable: string } };

const asIs = (text: string) => text;
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

/** Sets the variables of a subject and a body. What her data do not give, and the text has nothing in its place for, is a problem. */
export function renderMessage(
  message: { subject: string | null; body: string; language: string },
  look: Look,
): RenderedMessage | RenderFailure {
  const find = lookup(look, message.language);
  const fill = (source: string, said: (value: string) => string) => {
    const { text, variables } = marked(source);
    return filled(text, variables, { find, filling: { escape: said, literal: asIs } });
  };
  try {
    return { subject: message.subject === null ? null : fill(message.subject, oneLine), body: fill(message.body, asIs) };
  } catch (error) {
    if (error instanceof BrokenData) return { problem: { code: error.why, variable: error.variable } };
    throw error;
  }
}

/** An address in a text, without the full stop after it. */
const address = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;

/** Words as HTML; addresses among them can be followed, and nobody notes who does. */
function linked(text: string): string {
  const links = text.match(address) ?? [];
  return text
    .split(address)
    .map((words, at) => {
      const link = links[at];
      return escapeHtml(words) + (link ? `<a ses:no-track href="${escapeHtml(link)}">${escapeHtml(link)}</a>` : '');
    })
    .join('');
}

/** The HTML beside the text of a direct mail: the same words, in the direction of their language, and nothing to load. */
export const messageHtml = (body: string, language: string, foot?: Foot): string =>
  `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}"><head><meta charset="utf-8"></head><body dir="auto" style="font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Thai','Noto Nastaliq Urdu',Arial,sans-serif;font-size:16px;line-height:1.6">
${body
  .split(/\n{2,}/)
  .map((part) => `<p dir="auto" style="margin:0 0 16px">${linked(part).replaceAll('\n', '<br>')}</p>`)
  .join('\n')}${foot ? `\n<p style="margin:32px 0 0;font-size:13px;color:${quiet}">${footHtml(foot)}</p>` : ''}
</body></html>
`;
