import { type DemoTeam, demoPeople, demoWorkspaces, type Language, languages, type SignInPerson } from '../demo/people.ts';
import { escapeHtml, page } from './html.ts';
import { languageNames, signInTexts } from './texts.ts';

const stylesheets = ['/oidc/assets/sign-in.css'];
const mark = `<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#0f5f47"/><path d="M21.8 11.2A6.2 6.2 0 0 0 10 13.1c0 3 2.6 3.6 6 3.6" fill="none" stroke="#f6c65b" stroke-width="3.4" stroke-linecap="round"/><path d="M10.2 20.8A6.2 6.2 0 0 0 22 18.9c0-3-2.6-3.6-6-3.6" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round"/></svg>`;

const isLanguage = (value: string): value is Language => (languages as readonly string[]).includes(value);

/** The first of the wishes that the page speaks; `tl` is Filipino to some browsers. */
export function languageOf(...wishes: (string | undefined)[]): Language {
  for (const wish of wishes)
    for (const tag of (wish ?? '').split(/[\s,]+/)) {
      const base = tag.split(/[-;]/)[0]!.toLowerCase().replace(/^tl$/, 'fil');
      if (isLanguage(base)) return base;
    }
  return 'en';
}

const teams: DemoTeam[] = demoWorkspaces.flatMap((workspace) => workspace.teams);
const cityIn = (city: string | undefined, language: Language) => teams.find((team) => team.city.en === city)?.city[language] ?? city ?? '';

/** The script of a name tells which font and direction it wants, whatever language its bearer prefers. */
const scriptLanguage = (name: string) => (/[\u0600-\u06FF]/.test(name) ? 'ur' : /[\u0E00-\u0E7F]/.test(name) ? 'th' : 'en');

const initials = (name: string) => {
  const words = name.split(/\s+/).map((word) => word.replace(/^[เแโใไ]/u, ''));
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join(scriptLanguage(name) === 'ur' ? '\u200C' : '');
};

const profiles = new Map(demoPeople.map((person) => [person.sub, person]));

function card(person: SignInPerson, action: string, language: Language) {
  const texts = signInTexts[language];
  const profile = profiles.get(person.sub);
  const face =
    Math.max(
      0,
      teams.findIndex((team) => team.city.en === profile?.city),
    ) % 4;
  const tongue = languageOf(person.locale);
  const city = cityIn(profile?.city, language);
  const where = [city && `<bdi>${escapeHtml(city)}</bdi>`, `<bdi lang="${tongue}">${languageNames[tongue]}</bdi>`].filter(Boolean);
  const script = scriptLanguage(person.name);
  return `<li><form method="post" action="${escapeHtml(action)}">
<button class="person" name="sub" value="${escapeHtml(person.sub)}">
<span class="face f${face}" lang="${script}" aria-hidden="true">${escapeHtml(initials(person.name))}</span>
<span class="who"><span class="name" lang="${script}"><bdi>${escapeHtml(person.name)}</bdi></span>
<span class="what">${escapeHtml(profile?.about[language] ?? person.email)}</span>
<span class="where">${where.join(' · ')}</span></span>
${profile ? `<span class="role">${escapeHtml(texts.roles[profile.role])}</span>` : ''}
</button></form></li>`;
}

export interface SignInPage {
  language: Language;
  people: SignInPerson[];
  /** Where a click on a person posts to. */
  action: string;
}

/** The page of people: one button each, no script, no password. */
export function signInPage({ language, people, action }: SignInPage): string {
  const texts = signInTexts[language];
  const told = people.filter((person) => profiles.has(person.sub));
  const invited = people.filter((person) => !profiles.has(person.sub));
  const list = (some: SignInPerson[]) => `<ul class="people">${some.map((person) => card(person, action, language)).join('\n')}</ul>`;
  const tongues = languages.map(
    (code) =>
      `<li><a href="?lang=${code}" lang="${code}" hreflang="${code}"${code === language ? ' aria-current="true"' : ''}>${languageNames[code]}</a></li>`,
  );
  const body = `<div class="sheet">
<header class="top"><div class="brand">${mark}<span lang="en">Suki</span></div>
<nav aria-label="${escapeHtml(texts.languages)}"><ul class="tongues">${tongues.join('')}</ul></nav></header>
<main><h1 lang="${language}">${escapeHtml(texts.title)}</h1><p class="lead">${escapeHtml(texts.lead)}</p>
${told.length ? list(told) : ''}
${invited.length ? `<h2>${escapeHtml(texts.invited)}</h2>${list(invited)}` : ''}</main>
<footer class="foot">${escapeHtml(texts.foot)}</footer></div>`;
  return page({ language, title: `${texts.title} · Suki`, stylesheets, body });
}

const panel = (language: Language, title: string, inner: string, scripts: string[] = []) =>
  page({
    language,
    title: `${title} · Suki`,
    stylesheets,
    scripts,
    body: `<main class="panel"><h1>${escapeHtml(title)}</h1>${inner}</main>`,
  });

/** Said where a sign-in was left open too long. */
export function expiredPage(language: Language): string {
  const texts = signInTexts[language];
  return panel(
    language,
    texts.expired,
    `<p>${escapeHtml(texts.expiredLead)}</p><p><a class="button" href="/">${escapeHtml(texts.start)}</a></p>`,
  );
}

/** The provider's own refusals; `code` and `detail` are its words, for the developer who reads them. */
export function errorPage(language: Language, code: string, detail: string): string {
  const texts = signInTexts[language];
  const why = `<p lang="en" dir="ltr"><code>${escapeHtml(code)}</code> ${escapeHtml(detail)}</p>`;
  return panel(language, texts.failed, `${why}<p><a class="button" href="/">${escapeHtml(texts.start)}</a></p>`);
}

/** Sends itself; the button is for who has no script. */
export function leavingPage(language: Language, action: string, xsrf: string): string {
  const texts = signInTexts[language];
  const form = `<form method="post" id="leave" action="${escapeHtml(action)}"><input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}"><input type="hidden" name="logout" value="yes"><button class="button">${escapeHtml(texts.signOut)}</button></form>`;
  return panel(language, texts.leaving, form, ['/oidc/assets/leave.js']);
}
