/** Shared by the sign-in page and the desk: quiet, own colours, light and dark, logical properties only. */
export const baseCss = `
@font-face { font-family: 'Suki Nastaliq'; src: url('/oidc/assets/nastaliq.woff2') format('woff2'); unicode-range: U+0600-06FF, U+FB50-FDFF, U+FE70-FEFF; font-display: swap; }
@font-face { font-family: 'Suki Thai'; src: url('/oidc/assets/thai.woff2') format('woff2'); unicode-range: U+0E00-0E7F; font-display: swap; }
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f7f8, #0e1517); --paper: light-dark(#ffffff, #162023); --line: light-dark(#d5dfe2, #2c3a3f);
  --ink: light-dark(#14232a, #e6eef0); --soft: light-dark(#4a5d65, #a6b8be); --accent: light-dark(#0b6b7a, #6fd0de);
  --accent-ink: light-dark(#ffffff, #062228); --tint: light-dark(#e3f1f3, #14343a); --warn: light-dark(#8a4b00, #f1b765);
  --radius: 14px;
}
* { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; }
body { margin: 0; min-block-size: 100vh; background: var(--ground); color: var(--ink); font: 1rem/1.55 'Suki Thai', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
:lang(ur) { font-family: 'Suki Nastaliq', 'Noto Nastaliq Urdu', system-ui, serif; line-height: 2.1; }
:lang(en), :lang(fr), :lang(fil), :lang(th) { line-height: 1.55; }
:lang(en), :lang(fr), :lang(fil) { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
:lang(th) { font-family: 'Suki Thai', system-ui, 'Noto Sans Thai', sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
button { font: inherit; color: inherit; }
.mark { inline-size: 2.25rem; block-size: 2.25rem; flex: none; color: var(--accent); }
.soft { color: var(--soft); }
@media (prefers-reduced-motion: no-preference) { .person, .button { transition: border-color .15s, background-color .15s, transform .15s; } }
`;

export const signInCss = `${baseCss}
.sheet { max-inline-size: 64rem; margin-inline: auto; padding: clamp(1rem, 4vw, 3rem) clamp(1rem, 4vw, 2rem); }
.top { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between; }
.brand { display: flex; gap: .6rem; align-items: center; font-size: 1.15rem; font-weight: 650; letter-spacing: .01em; }
.tongues { display: flex; flex-wrap: wrap; gap: .15rem; margin: 0; padding: 0; list-style: none; }
.tongues a { display: inline-flex; align-items: center; min-block-size: 44px; padding-inline: .7rem; border-radius: 999px; text-decoration: none; color: var(--soft); }
.tongues a:hover { background: var(--tint); color: var(--ink); }
.tongues a[aria-current] { background: var(--tint); color: var(--ink); font-weight: 600; }
h1 { margin: clamp(1.5rem, 5vw, 3rem) 0 .25rem; font-size: clamp(1.5rem, 1.1rem + 2vw, 2.25rem); font-weight: 680; letter-spacing: -.01em; line-height: 1.25; }
h1:lang(ur) { line-height: 2; }
h2 { margin: 2rem 0 .75rem; font-size: 1.05rem; }
.lead { margin: 0 0 1.75rem; color: var(--soft); max-inline-size: 42rem; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); gap: .9rem; margin: 0; padding: 0; list-style: none; }
.people form { margin: 0; block-size: 100%; }
.person { display: grid; grid-template-columns: auto 1fr auto; gap: .25rem 1rem; align-items: center; inline-size: 100%; block-size: 100%; min-block-size: 6rem; padding: 1rem 1.1rem; text-align: start; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); cursor: pointer; }
.person:hover { border-color: var(--accent); background: var(--tint); }
.person:active { transform: translateY(1px); }
.face { display: grid; place-items: center; inline-size: 3.25rem; block-size: 3.25rem; border-radius: 50%; background: var(--tint); color: var(--accent); font-weight: 650; font-size: 1.1rem; line-height: 1; }
.face.f0 { --tint: light-dark(#dff0ea, #143a2c); --accent: light-dark(#0b5c41, #7fdcb7); }
.face.f1 { --tint: light-dark(#e5e9fb, #222a52); --accent: light-dark(#3440a0, #aeb8ff); }
.face.f2 { --tint: light-dark(#fbe9e0, #47281a); --accent: light-dark(#8b3a12, #ffb892); }
.face.f3 { --tint: light-dark(#f5e6f2, #402338); --accent: light-dark(#84306c, #f3abdd); }
.who { display: block; min-inline-size: 0; }
.name { display: block; font-weight: 650; font-size: 1.08rem; overflow-wrap: anywhere; }
.what { display: block; color: var(--soft); font-size: .95rem; }
.where { display: block; color: var(--soft); font-size: .85rem; }
.role { align-self: start; padding: .1rem .6rem; border-radius: 999px; background: var(--tint); color: var(--ink); font-size: .82rem; font-weight: 600; white-space: nowrap; }
:lang(ur) > * .role, .role:lang(ur) { line-height: 2.2; padding-inline: .8rem; }
.what:lang(ur) { margin-block-start: .35rem; }
.foot { margin-block-start: 2rem; color: var(--soft); font-size: .9rem; }
.panel { max-inline-size: 30rem; margin: 12vh auto 0; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); }
.panel h1 { margin-block-start: 0; font-size: 1.4rem; }
.button { display: inline-flex; align-items: center; min-block-size: 44px; padding-inline: 1.2rem; border: 0; border-radius: 10px; background: var(--accent); color: var(--accent-ink); font-weight: 600; text-decoration: none; cursor: pointer; }
@media (max-width: 30rem) { .person { grid-template-columns: auto 1fr; } .role { grid-column: 2; justify-self: start; } }
@media (forced-colors: active) { .person { border-color: ButtonText; } }
`;
