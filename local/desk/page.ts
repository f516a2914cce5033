import { demoPeople, type Language, languages } from '../demo/people.ts';
import { told } from '../demo/told.ts';
import { toldKinds } from '../demo/told-shape.ts';
import { escapeHtml, page } from '../identity/html.ts';
import { languageNames, signInTexts } from '../identity/texts.ts';
import type { SentMail } from '../mailbox.ts';
import { type DeskTexts, deskTexts } from './texts.ts';

/** All that the page shows, read at one moment. */
export interface DeskView {
  language: Language;
  /** The product's clock in ms, how far it is ahead, and the zone it is shown in. */
  now: number;
  offsetMs: number;
  timeZone: string;
  lag: Record<string, number>;
  queues: { name: string; waiting: number; inFlight: number }[];
  mails: SentMail[];
  apiKeys: Record<string, string>;
  otherKey: string;
  /** Customer ids of the told ones by their key; empty until they are there. */
  toldIds: Record<string, string>;
  refreshing: boolean;
}

const e = escapeHtml;
const scriptOf = (name: string) => (/[\u0600-\u06FF]/.test(name) ? 'ur' : /[\u0E00-\u0E7F]/.test(name) ? 'th' : 'en');
const nameOf = (name: string) => `<bdi lang="${scriptOf(name)}">${e(name)}</bdi>`;
const card = (title: string, body: string, wide = false) =>
  `<section class="card${wide ? ' wide' : ''}"><h2>${e(title)}</h2>${body}</section>`;

/** A number of hours or days in the page's language. */
function aheadBy(offsetMs: number, language: Language): string {
  const [unit, count] = offsetMs >= 86_400_000 ? ['day', offsetMs / 86_400_000] : ['hour', offsetMs / 3_600_000];
  return new Intl.NumberFormat(language, { style: 'unit', unit: unit as string, unitDisplay: 'long', maximumFractionDigits: 1 }).format(
    count as number,
  );
}

function clock({ language, now, offsetMs, timeZone }: DeskView, texts: DeskTexts) {
  const shown = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium', timeZone }).format(now);
  const state = offsetMs > 0 ? `${texts.ahead} ${aheadBy(offsetMs, language)}` : texts.onTime;
  const moves = (['hour', 'tomorrow', 'month'] as const).map(
    (move) =>
      `<li><form method="post" action="/local/desk/clock"><input type="hidden" name="lang" value="${language}"><button class="button" name="move" value="${move}">${e(texts[move])}</button></form></li>`,
  );
  return card(
    texts.clock,
    `<p class="hint">${e(texts.clockLead)}</p><time class="now" data-now data-zone="${e(timeZone)}">${e(shown)}</time><span class="soft">${e(timeZone)} · ${e(state)}</span><ul class="row">${moves.join('')}</ul>`,
  );
}

function people(language: Language, texts: DeskTexts) {
  const buttons = demoPeople.map(
    (person) =>
      `<li><form method="post" action="/oidc/as" target="_blank" rel="noopener"><button class="button person" name="sub" value="${e(person.sub)}">${nameOf(person.name)} <small>${e(signInTexts[language].roles[person.role])}</small></button></form></li>`,
  );
  return card(texts.people, `<p class="hint">${e(texts.peopleLead)}</p><ul class="row">${buttons.join('')}</ul>`);
}

function toldCustomers({ toldIds }: DeskView, texts: DeskTexts) {
  if (Object.keys(toldIds).length === 0) return card(texts.told, `<p class="hint">${e(texts.notYet)}</p>`);
  const rows = toldKinds.map((kind) => {
    const links = told
      .filter((one) => one.kind === kind && toldIds[one.key])
      .map((one) => `<a href="/customers/${e(toldIds[one.key]!)}">${nameOf(one.name)}</a>`);
    return `<li><span class="soft">${e(texts.toldKinds[kind])}:</span> ${links.join(', ')}</li>`;
  });
  return card(texts.told, `<ul class="plain">${rows.join('')}</ul>`);
}

function works({ lag, queues }: DeskView, texts: DeskTexts) {
  const number = (key: string, value: number) => `<td class="n" data-number="${e(key)}">${value}</td>`;
  const consumers = Object.entries(lag).map(
    ([name, behind]) => `<tr><td><code>${e(name)}</code></td>${number(`lag ${name}`, behind)}</tr>`,
  );
  const rows = queues.map(
    ({ name, waiting, inFlight }) =>
      `<tr><td><code>${e(name)}</code></td>${number(`waiting ${name}`, waiting)}${number(`inFlight ${name}`, inFlight)}</tr>`,
  );
  return card(
    texts.works,
    `<table><thead><tr><th scope="col">${e(texts.consumer)}</th><th scope="col">${e(texts.behind)}</th></tr></thead><tbody>${consumers.join('')}</tbody></table>
<table><thead><tr><th scope="col">${e(texts.queue)}</th><th scope="col">${e(texts.waiting)}</th><th scope="col">${e(texts.inFlight)}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

function mail(one: SentMail, language: Language, texts: DeskTexts) {
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(one.at));
  const reports = (
    [
      ['delivery', texts.delivered],
      ['open', texts.opened],
      ['bounce', texts.bounce],
      ['complaint', texts.complain],
    ] as const
  ).map(([type, label]) => `<button class="button" name="type" value="${type}">${e(label)}</button>`);
  const known = one.events.length ? `<p class="hint">${e(texts.reported)}: ${one.events.map(({ type }) => e(type)).join(', ')}</p>` : '';
  return `<article class="mail"><header><strong><bdi>${e(one.subject)}</bdi></strong><span class="soft">${e(when)} · ${e(texts.from)} <bdi>${e(one.from)}</bdi></span></header>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/local/desk/mail/${encodeURIComponent(one.messageId)}" title="${e(one.subject || one.messageId)}" loading="lazy"></iframe>
<footer>${known}<form method="post" action="/local/desk/report"><input type="hidden" name="lang" value="${language}"><input type="hidden" name="messageId" value="${e(one.messageId)}"><div class="row">${reports.join('')}</div></form></footer></article>`;
}

function mailboxes({ mails, language }: DeskView, texts: DeskTexts) {
  const byAddress = Map.groupBy(
    mails.flatMap((one) => [...one.to, ...one.cc, ...one.bcc].map((address) => ({ address, one }))),
    ({ address }) => address,
  );
  const boxes = [...byAddress].map(
    ([address, list]) =>
      `<details><summary><bdi>${e(address)}</bdi><span class="count">${list.length}</span></summary>${list.map(({ one }) => mail(one, language, texts)).join('')}</details>`,
  );
  return card(
    texts.mailboxes,
    `<div data-mails="${mails.length}">${boxes.length ? boxes.join('') : `<p class="hint">${e(texts.noMail)}</p>`}</div>`,
    true,
  );
}

function keys({ apiKeys, otherKey, language }: DeskView, texts: DeskTexts) {
  const roles = signInTexts[language].roles as Record<string, string>;
  const row = (label: string, key: string) => `<tr><th scope="row">${e(label)}</th><td><code dir="ltr">${e(key)}</code></td></tr>`;
  const rows = Object.entries(apiKeys).map(([role, key]) => row(roles[role] ?? role, key));
  return card(
    texts.keys,
    `<p class="hint">${e(texts.keysLead)} <a href="/docs">/docs</a></p><table><tbody>${rows.join('')}${row(`${roles.admin}, ${texts.otherWorkspace}`, otherKey)}</tbody></table>`,
    true,
  );
}

function demo({ language, refreshing }: DeskView, texts: DeskTexts) {
  const form = `<form method="post" action="/local/desk/refresh"><input type="hidden" name="lang" value="${language}"><button class="button">${e(texts.refresh)}</button></form>`;
  return card(
    texts.demo,
    `<p class="hint">${e(texts.demoLead)}</p>${refreshing ? `<p class="note" role="status">${e(texts.refreshing)}</p>` : form}`,
  );
}

/** The desk: one page, all of it made here. */
export function deskPage(view: DeskView): string {
  const { language } = view;
  const texts = deskTexts[language];
  const tongues = languages.map(
    (code) =>
      `<li><a href="?lang=${code}" lang="${code}" hreflang="${code}"${code === language ? ' aria-current="true"' : ''}>${languageNames[code]}</a></li>`,
  );
  const body = `<div class="sheet"><header class="top"><a class="button main" href="/">${e(texts.openApp)}</a>
<nav aria-label="${e(texts.languages)}"><ul class="tongues">${tongues.join('')}</ul></nav></header>
<main><h1>${e(texts.title)}</h1><p class="lead">${e(texts.lead)}</p><div class="grid">
${clock(view, texts)}${people(language, texts)}${toldCustomers(view, texts)}${works(view, texts)}${demo(view, texts)}${mailboxes(view, texts)}${keys(view, texts)}
</div></main></div>`;
  return page({ language, title: `${texts.title} · Suki`, stylesheets: ['/local/desk/desk.css'], scripts: ['/local/desk/desk.js'], body });
}
