import type { CustomField } from '../admin/workspace.ts';
import { longestSms } from '../channels/text-parts.ts';
import type { FieldError } from '../kernel/errors.ts';
import { type Campaign, type CampaignChannel, type Content, type ContentText, contentOf, textFor, variantOf } from './campaign.ts';
import { accent, escapeHtml, footText, mailDocument } from './mail-html.ts';
import { type Block, type Body, bodyOf, type Inline, linkFaults } from './markup.ts';
import { BrokenData, type Fault, type Filling, filled, marked, placeIn, variableFaults } from './template.ts';
import { type Found, type Look, lookup } from './variables.ts';

/** Messages: checked when they are saved, rendered for one customer at a time. Pure. */

/** A message ready to be sent. `subject` and `html` are an e-mail's; a text, a letter and a script are plain. */
export type Rendered = { subject: string | null; text: string; html: string | null; language: string; variant: string };
/** Why one customer's message cannot be made: her data lack or break what the text needs. */
export type RenderProblem = { problem: { code: 'no_text' | 'absent' | 'broken'; variable: string | null } };

/** All texts of a campaign together, in UTF-8: one row holds them. */
const mostBytes = 64 * 1_024;

/** Everything that is wrong with a content, with line and column; nothing for one that can be rendered. */
export function contentErrors(content: Content, channel: CampaignChannel, fields: readonly CustomField[]): FieldError[] {
  const errors: FieldError[] = [];
  const add = (pointer: string, code: string, detail: string) => errors.push({ pointer: `/content${pointer}`, code, detail });
  const keys = content.variants.map(({ key }) => key);
  if (new Set(keys).size < keys.length) add('/variants', 'repeated', 'two variants of one letter');
  if (Buffer.byteLength(JSON.stringify(content)) > mostBytes) add('', 'too_long', `${mostBytes / 1_024} KiB at most in all`);
  for (const [at, { texts }] of content.variants.entries()) {
    if (!Object.hasOwn(texts, content.fallbackLanguage))
      add(`/variants/${at}/texts`, 'no_fallback', 'there is no text in the fallback language');
    for (const [language, text] of Object.entries(texts)) {
      const asks = marked(text.body).variables.some(({ name }) => name === 'links.survey');
      if (asks !== (content.surveyId !== null))
        add(`/variants/${at}/texts/${language}/body`, 'survey_link', asks ? 'no survey is named' : 'it does not say {{links.survey}}');
      const pointer = `/variants/${at}/texts/${language}`;
      if (channel === 'sms' && text.body.length > longestSms) add(`${pointer}/body`, 'too_long', `${longestSms} characters at most`);
      if (channel === 'email' && text.subject === null) add(`${pointer}/subject`, 'required', 'a mail has a subject');
      for (const { part, fault, source } of textFaults(text, channel, fields))
        add(`${pointer}/${part}`, fault.code, `${placeIn(source, fault.at)}: ${fault.detail}`);
    }
  }
  return errors;
}

type Told = { part: 'subject' | 'body'; source: string; fault: Fault };

function textFaults({ subject, body }: ContentText, channel: CampaignChannel, fields: readonly CustomField[]): Told[] {
  const inSubject =
    subject === null ? [] : variableFaults(subject, fields).map((fault): Told => ({ part: 'subject', source: subject, fault }));
  const inBody = [...variableFaults(body, fields), ...(channel === 'email' ? linkFaults(body, fields) : [])];
  return [...inSubject, ...inBody.map((fault): Told => ({ part: 'body', source: body, fault }))];
}

type Campaigned = Pick<Campaign, 'id' | 'channel' | 'content' | 'waves'>;
type Asked = Omit<Look, 'customer'> & {
  /** Which of the campaign's runs; a wave may have content of its own. */
  occurrence?: string;
  /** Instead of the customer's own, for a preview. */
  language?: string;
  variant?: string;
};

/** A customer's message of a campaign, in her language. Never throws for her data: what they lack comes back as a problem. */
export function renderFor(campaign: Campaigned, customer: Look['customer'], asked: Asked): Rendered | RenderProblem {
  const content = contentOf(campaign as Campaign, asked.occurrence);
  const none: RenderProblem = { problem: { code: 'no_text', variable: null } };
  if (!content) return none;
  const variant = content.variants.find(({ key }) => key === asked.variant) ?? variantOf(content, campaign.id, customer.id);
  const found = textFor(variant, asked.language ?? customer.preferences.language, content.fallbackLanguage);
  if (!found) return none;
  try {
    return { ...rendered(found.text, campaign.channel, { look: { ...asked, customer }, language: found.language }), variant: variant.key };
  } catch (error) {
    if (error instanceof BrokenData) return { problem: { code: error.why, variable: error.variable } };
    throw error;
  }
}

const asIs = (text: string) => text;
const plain: Filling = { escape: asIs, literal: asIs };
/** A header is one line, whatever a customer is called. */
const header: Filling = { escape: (value) => value.replaceAll(/\s+/g, ' '), literal: asIs };
const html: Filling = { escape: escapeHtml, literal: escapeHtml };
/** A value within an address stays within its part of it. */
const address: Filling = { escape: encodeURIComponent, literal: asIs };

const bodies = new WeakMap<ContentText, Body>();
/** Markup is read once for all recipients of a text. */
function bodyFor(text: ContentText): Body {
  const known = bodies.get(text);
  if (known) return known;
  const body = bodyOf(text.body);
  bodies.set(text, body);
  return body;
}

type Setting = { look: Look; language: string };

function rendered(text: ContentText, channel: CampaignChannel, { look, language }: Setting): Omit<Rendered, 'variant'> {
  const find = lookup(look, language);
  const line = (source: string, filling: Filling) => {
    const { text: piece, variables } = marked(source);
    return filled(piece, variables, { find, filling });
  };
  if (channel !== 'email') return { subject: null, text: line(text.body, plain), html: null, language };
  const body = bodyFor(text);
  const subject = line(text.subject ?? '', header);
  const { links, workspace } = look;
  const foot = footText({ language, workspace: workspace.name, links });
  return {
    subject,
    text: `${body.blocks.map((block) => blockText(block, pieces(body, find, plain))).join('\n\n')}\n\n${foot}`,
    html: mailDocument({
      subject,
      language,
      workspace: workspace.name,
      links,
      content: body.blocks.map((block) => blockHtml(block, pieces(body, find, html))).join('\n'),
    }),
    language,
  };
}

type Pieces = { words: (piece: string) => string; url: (piece: string) => string };

function pieces(body: Body, find: (name: string) => Found, filling: Filling): Pieces {
  const fill = (piece: string, how: Filling) => filled(piece, body.variables, { find, filling: how });
  // An address that is nothing but one of our own links is taken as it is; a value within another address is encoded.
  const url = (piece: string) => fill(piece, /^\u{E000}\d+\u{E001}*\u{E002}$/u.test(piece) ? plain : address);
  return { words: (piece) => fill(piece, filling), url: filling === html ? (piece) => escapeHtml(url(piece)) : url };
}

const inlineText = (parts: readonly Inline[], { words, url }: Pieces): string =>
  parts.map((part) => (part.kind === 'link' ? `${words(part.text)} (${url(part.url)})` : words(part.text))).join('');

function blockText(block: Block, at: Pieces): string {
  switch (block.kind) {
    case 'heading':
      return inlineText(block.content, at);
    case 'paragraph':
      return block.lines.map((line) => inlineText(line, at)).join('\n');
    case 'list':
      return block.items.map((item) => `- ${inlineText(item, at)}`).join('\n');
    case 'rule':
      return '---';
    case 'image':
      return at.words(block.text);
    case 'button':
      return `${at.words(block.text)}: ${at.url(block.url)}`;
  }
}

const inlineHtml = (parts: readonly Inline[], { words, url }: Pieces): string =>
  parts
    .map((part) => {
      const text = words(part.text);
      if (part.kind === 'link') return `<a href="${url(part.url)}" style="color:${accent}">${text}</a>`;
      return part.kind === 'bold' ? `<strong>${text}</strong>` : part.kind === 'slanted' ? `<em>${text}</em>` : text;
    })
    .join('');

function blockHtml(block: Block, at: Pieces): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level} style="margin:0 0 16px;font-size:${block.level === 1 ? 26 : 20}px;line-height:1.35">${inlineHtml(block.content, at)}</h${block.level}>`;
    case 'paragraph':
      return `<p style="margin:0 0 16px">${block.lines.map((line) => inlineHtml(line, at)).join('<br>')}</p>`;
    case 'list':
      return `<ul style="margin:0 0 16px;padding-inline-start:24px">${block.items.map((item) => `<li>${inlineHtml(item, at)}</li>`).join('')}</ul>`;
    case 'rule':
      return '<hr style="border:0;border-top:1px solid #e7e5e4;margin:24px 0">';
    case 'image':
      return `<img src="${at.url(block.url)}" alt="${at.words(block.text)}" style="display:block;width:100%;max-width:544px;height:auto;border:0;border-radius:8px;margin:0 0 16px">`;
    case 'button':
      return `<p style="margin:24px 0"><a href="${at.url(block.url)}" style="display:inline-block;background:${accent};color:#ffffff;text-decoration:none;font-weight:600;padding:12px 24px;border-radius:8px">${at.words(block.text)}</a></p>`;
  }
}
