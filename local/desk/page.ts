import { demoPeople, type Language, languages } from '../demo/people.ts';
import { told } from '../demo/told.ts';
import { toldKinds } from '../demo/told-shape.ts';
import { escapeHtml, page } from '../identity/html.ts';
import { languageNames, signInTexts } from '../identity/texts.ts';
import { type ChannelsView, card, mailboxes, phones, proofs, senderProcess } from './channels-view.ts';
import { type DeskTexts, deskTexts } from './texts.ts';

/** All that the page shows, read at one moment. */
export interface DeskView extends ChannelsView {
  /** The product's clock in ms, how far it is ahead, and the zone it is shown in. */
  now: number;
  offsetMs: number;
  timeZone: string;
  lag: Record<string, number>;
  queues: { name: string; waiting: number; inFlight: number }[];
  apiKeys: Record<string, string>;
  otherKey: string;
  /** Customer ids of the told ones by their key; empty until they are there. */
  toldIds: Record<string, string>;
  refreshing: boolean;
}

const e = escapeHtml;
const scriptOf = (name: string) => (/[\u0600-\u06FF]/.test(name) ? 'ur' : /[\u0E00-\u0E7F]/.test(name) ? 'th' : 'en');
const nameOf = (name: string) => `<bdi lang="${scriptOf(name)}">${e(name)}</bdi>`;

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
${clock(view, texts)}${people(language, texts)}${toldCustomers(view, texts)}${works(view, texts)}${senderProcess(view)}${demo(view, texts)}${proofs(view)}${mailboxes(view)}${phones(view)}${keys(view, texts)}
</div></main></div>`;
  return page({ language, title: `${texts.title} · Suki`, stylesheets: ['/local/desk/desk.css'], scripts: ['/local/desk/desk.js'], body });
}
