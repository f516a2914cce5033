import { baseCss } from '../identity/style.ts';

export const deskCss = `${baseCss}
.sheet { max-inline-size: 76rem; margin-inline: auto; padding: clamp(1rem, 3vw, 2.5rem); }
.top { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; justify-content: space-between; }
.brand { display: flex; gap: .6rem; align-items: center; font-size: 1.15rem; font-weight: 650; }
.tongues { display: flex; flex-wrap: wrap; margin: 0; padding: 0; list-style: none; }
.tongues a { display: inline-flex; align-items: center; min-block-size: 44px; padding-inline: .7rem; border-radius: 999px; text-decoration: none; color: var(--soft); }
.tongues a[aria-current] { background: var(--tint); color: var(--ink); font-weight: 600; }
h1 { margin: 1.5rem 0 .25rem; font-size: clamp(1.4rem, 1.1rem + 1.5vw, 2rem); line-height: 1.3; }
h2 { margin: 0 0 .35rem; font-size: 1.05rem; }
h1:lang(ur), h2:lang(ur) { line-height: 2; }
.lead, .hint { color: var(--soft); margin: 0 0 1rem; max-inline-size: 46rem; }
.hint { font-size: .92rem; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1rem; align-items: start; }
.card { padding: 1.1rem 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); min-inline-size: 0; }
.wide { grid-column: 1 / -1; }
.now { display: block; font-size: 1.35rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0 0; padding: 0; list-style: none; }
.row form { margin: 0; }
.button { display: inline-flex; align-items: center; gap: .4rem; min-block-size: 44px; padding-inline: 1rem; border: 1px solid var(--line); border-radius: 10px; background: transparent; color: var(--ink); font-weight: 600; text-decoration: none; cursor: pointer; }
.button:hover { border-color: var(--accent); background: var(--tint); }
.button.main { background: var(--accent); color: var(--accent-ink); border-color: transparent; }
.button.main:hover { filter: brightness(1.07); }
.person { justify-content: flex-start; min-block-size: 44px; }
.person small { color: var(--soft); font-weight: 400; }
table { inline-size: 100%; border-collapse: collapse; font-size: .95rem; }
th, td { padding: .35rem .5rem; text-align: start; border-block-end: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; }
td.n { text-align: end; font-variant-numeric: tabular-nums; }
ul.plain { margin: 0; padding: 0; list-style: none; }
ul.plain li { padding-block: .3rem; border-block-end: 1px solid var(--line); }
ul.plain a { display: inline-block; min-block-size: 24px; padding-block: .1rem; }
details { border-block-start: 1px solid var(--line); padding-block: .5rem; }
summary { cursor: pointer; min-block-size: 44px; display: flex; gap: .75rem; align-items: center; }
summary .count { margin-inline-start: auto; padding: 0 .6rem; border-radius: 999px; background: var(--tint); font-size: .85rem; }
.mail { margin: .5rem 0 1rem; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.mail header { padding: .6rem .9rem; background: var(--tint); }
.mail header strong { display: block; }
.mail iframe { display: block; inline-size: 100%; block-size: 20rem; border: 0; background: #fff; }
.answer { border: 0; padding: 0; }
.answer summary { color: var(--accent); font-weight: 600; }
.answer label { display: block; color: var(--soft); font-size: .92rem; }
textarea { display: block; inline-size: 100%; margin-block: .35rem .6rem; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); color: var(--ink); font: inherit; }
.text { margin: .5rem 0 1rem; max-inline-size: 34rem; }
.bubble { margin: 0 0 .35rem; padding: .7rem 1rem; border-radius: 18px; border-end-start-radius: 4px; background: var(--tint); white-space: pre-wrap; overflow-wrap: anywhere; }
.button.danger { border-color: var(--danger, #b3261e); color: var(--danger, #b3261e); }
.proof { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; justify-content: space-between; }
.mail footer { padding: .25rem .9rem .8rem; }
code { font: .88rem/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.note { margin: 1rem 0; padding: .75rem 1rem; border-radius: 10px; background: var(--tint); }
`;

/** Keeps the numbers fresh while the page is looked at. */
export const deskScript = `
const numbers = async () => {
  if (document.hidden) return;
  const answer = await fetch('/local/desk/state');
  if (!answer.ok) return;
  const state = await answer.json();
  for (const [key, value] of Object.entries(state.numbers)) {
    const cell = document.querySelector('[data-number="' + CSS.escape(key) + '"]');
    if (cell && cell.textContent !== String(value)) cell.textContent = value;
  }
  const clock = document.querySelector('[data-now]');
  if (clock) clock.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'full', timeStyle: 'medium', timeZone: clock.dataset.zone }).format(state.now);
  const count = document.querySelector('[data-mails]');
  if (count && Number(count.dataset.mails) !== state.mails && !writing()) reload();
};
// Whoever writes an answer is left alone, and what was open is open again.
const writing = () => [...document.querySelectorAll('textarea')].some((one) => one.value !== '');
const boxes = () => [...document.querySelectorAll('details[data-box]')];
const reload = () => {
  sessionStorage.setItem('open', JSON.stringify(boxes().filter((one) => one.open).map((one) => one.dataset.box)));
  location.reload();
};
const open = new Set(JSON.parse(sessionStorage.getItem('open') ?? '[]'));
sessionStorage.removeItem('open');
for (const one of boxes()) if (open.has(one.dataset.box)) one.open = true;
// A question is answered where most are: in a window as large as a phone.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element && event.target.closest('a[data-phone]');
  if (!link) return;
  event.preventDefault();
  window.open(link.href, '_blank', 'popup,noopener,width=390,height=780');
});
setInterval(() => numbers().catch(() => {}), 2000);
`;
