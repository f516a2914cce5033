import type { Language } from '../demo/people.ts';
import type { Identity } from '../identities.ts';
import { escapeHtml as e } from '../identity/html.ts';
import type { SentMail } from '../mailbox.ts';
import type { SentText } from '../phones.ts';
import { channelTexts } from './channel-texts.ts';

/** What the desk shows of mail, text messages and the process that sends them. */
export interface ChannelsView {
  language: Language;
  mails: SentMail[];
  texts: SentText[];
  identities: Identity[];
  /** How often the sending process was killed here; undefined where it cannot be. */
  kills: number | undefined;
}

export const card = (title: string, body: string, wide = false) =>
  `<section class="card${wide ? ' wide' : ''}"><h2>${e(title)}</h2>${body}</section>`;

const hidden = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${e(value)}">`)
    .join('');
const form = (action: string, fields: Record<string, string>, body: string) =>
  `<form method="post" action="/local/desk/${action}">${hidden(fields)}${body}</form>`;
const buttons = (list: readonly (readonly [value: string, label: string])[]) =>
  `<div class="row">${list.map(([value, label]) => `<button class="button" name="type" value="${value}">${e(label)}</button>`).join('')}</div>`;
const when = (at: string, language: Language) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at));
const known = (events: { type: string }[], label: string) =>
  events.length
    ? `<p class="hint">${e(label)}: <bdi dir="ltr">${events.map(({ type }) => e(type.toLowerCase())).join(', ')}</bdi></p>`
    : '';

function mail(one: SentMail, { language }: ChannelsView): string {
  const texts = channelTexts[language];
  const fields = { lang: language, messageId: one.messageId };
  const reports = buttons([
    ['delivery', texts.delivered],
    ['open', texts.opened],
    ['bounce', texts.bounce],
    ['softBounce', texts.softBounce],
    ['complaint', texts.complain],
  ]);
  const answer = `<label>${e(texts.answer)}<textarea name="text" rows="3" maxlength="5000" required dir="auto"></textarea></label><button class="button">${e(texts.answerSend)}</button>`;
  return `<article class="mail"><header><strong><bdi>${e(one.subject)}</bdi></strong><span class="soft">${e(when(one.at, language))} · ${e(texts.from)} <bdi>${e(one.from)}</bdi></span></header>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/local/desk/mail/${encodeURIComponent(one.messageId)}" title="${e(one.subject || one.messageId)}" loading="lazy"></iframe>
<footer>${question(one, texts.survey)}${known(one.events, texts.reported)}${form('report', fields, reports)}<details class="answer"><summary>${e(texts.answer)}</summary>${form('reply', fields, answer)}</details></footer></article>`;
}

const grouped = <T>(list: T[], addresses: (one: T) => string[], shown: (one: T) => string): string[] =>
  [
    ...Map.groupBy(
      list.flatMap((one) => addresses(one).map((address) => ({ address, one }))),
      ({ address }) => address,
    ),
  ].map(
    ([address, found]) =>
      `<details data-box="${e(address)}"><summary><bdi dir="ltr">${e(address)}</bdi><span class="count">${found.length}</span></summary>${found.map(({ one }) => shown(one)).join('')}</details>`,
  );

/** Each customer's mailbox, with what came, working links, and what she or her server may do with it. */
export function mailboxes(view: ChannelsView): string {
  const texts = channelTexts[view.language];
  const boxes = grouped(
    view.mails,
    ({ to, cc, bcc }) => [...to, ...cc, ...bcc],
    (one) => mail(one, view),
  );
  return card(
    texts.mailboxes,
    `<div data-mails="${view.mails.length + view.texts.length}">${boxes.length ? boxes.join('') : `<p class="hint">${e(texts.noMail)}</p>`}</div>`,
    true,
  );
}

const isSurvey = (url: string) => /\/p\/s\/[\w.-]+$/.test(url);
/** Where the script opens a window of a phone's size; a tab where it does not run. */
const onPhone = 'target="_blank" rel="noopener" data-phone';

const linked = (text: string) =>
  text.replace(
    /https?:\/\/[^\s<>"']+/g,
    (url) => `<a href="${url}" ${isSurvey(url) ? onPhone : 'target="_blank" rel="noopener noreferrer"'}>${url}</a>`,
  );

/** A question in a mail, to be answered as on a phone; the click is noted as that on the link itself. */
function question({ messageId, html, text }: SentMail, label: string): string {
  const url = [...(html ?? text ?? '').matchAll(/https?:\/\/[^\s<>"']+/g)].map(([found]) => found).find(isSurvey);
  if (!url) return '';
  // Only links of HTML are tracked.
  const to = html ? `/local/desk/click/${encodeURIComponent(messageId)}?to=${encodeURIComponent(url)}` : url;
  return `<p><a class="button" href="${e(to)}" ${onPhone}>${e(label)}</a></p>`;
}

function text(one: SentText, language: Language): string {
  const texts = channelTexts[language];
  const reports = buttons([
    ['DELIVERED', texts.delivered],
    ['UNREACHABLE', texts.unreachable],
    ['INVALID', texts.noNumber],
    ['stop', texts.stop],
  ]);
  return `<article class="text"><p class="bubble" dir="auto">${linked(e(one.text))}</p><span class="soft">${e(when(one.at, language))} · ${e(texts.from)} <bdi>${e(one.from)}</bdi></span>${known(one.events, texts.reported)}${form('text', { lang: language, messageId: one.messageId }, reports)}</article>`;
}

/** Each customer's phone. */
export function phones({ texts, language }: ChannelsView): string {
  const words = channelTexts[language];
  const boxes = grouped(
    texts,
    ({ to }) => [to],
    (one) => text(one, language),
  );
  return card(words.phones, boxes.length ? boxes.join('') : `<p class="hint">${e(words.noText)}</p>`, true);
}

/** The process that sends, and the button that kills it. */
export function senderProcess({ kills, language }: ChannelsView): string {
  if (kills === undefined) return '';
  const texts = channelTexts[language];
  const count = `<p class="hint" role="status" data-number-line="kills">${e(texts.kills(new Intl.NumberFormat(language).format(kills)))}</p>`;
  return card(
    texts.sender,
    `<p class="hint">${e(texts.senderLead)}</p>${form('kill', { lang: language }, `<button class="button danger">${e(texts.kill)}</button>`)}${kills > 0 ? count : ''}`,
  );
}

/** Senders that wait for their proof. */
export function proofs({ identities, language }: ChannelsView): string {
  const texts = channelTexts[language];
  const rows = identities
    .filter(({ verified }) => !verified)
    .map(
      ({ name }) =>
        `<li class="proof"><bdi dir="ltr">${e(name)}</bdi>${form('verify', { lang: language, name }, `<button class="button">${e(texts.verify)}</button>`)}</li>`,
    );
  const list = rows.length ? `<ul class="plain">${rows.join('')}</ul>` : `<p class="hint">${e(texts.allVerified)}</p>`;
  return card(texts.identities, `<p class="hint">${e(texts.identitiesLead)}</p>${list}`);
}
