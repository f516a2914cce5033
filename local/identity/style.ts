/** Shared by the sign-in page and the desk: quiet, own colours, light and dark, logical properties only. */
export const baseCss = `
@font-face { font-family: 'Suki Sans'; src: url('/oidc/assets/sans.woff2') format('woff2'); font-weight: 100 900; unicode-range: U+0000-00FF, U+0131, U+0152-0153, U+2000-206F, U+20AC, U+2122; font-display: swap; }
@font-face { font-family: 'Suki Nastaliq'; src: url('/oidc/assets/nastaliq.woff2') format('woff2'); unicode-range: U+0600-06FF, U+FB50-FDFF, U+FE70-FEFF; font-display: swap; }
@font-face { font-family: 'Suki Thai'; src: url('/oidc/assets/thai.woff2') format('woff2'); unicode-range: U+0E00-0E7F; font-display: swap; }
:root {
  color-scheme: light dark;
  --ground: light-dark(oklch(0.962 0.008 112), oklch(0.168 0.014 168)); --paper: light-dark(oklch(0.994 0.004 112), oklch(0.209 0.015 168));
  --line: light-dark(oklch(0.902 0.011 115), oklch(0.3 0.018 168)); --ink: light-dark(oklch(0.243 0.022 168), oklch(0.952 0.008 112));
  --soft: light-dark(oklch(0.435 0.02 165), oklch(0.79 0.014 140)); --accent: light-dark(oklch(0.436 0.088 165), oklch(0.79 0.125 163));
  --accent-ink: light-dark(oklch(0.995 0.004 112), oklch(0.2 0.03 168)); --tint: light-dark(oklch(0.944 0.032 162), oklch(0.292 0.042 166));
  --radius: 14px;
}
* { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; }
body { margin: 0; min-block-size: 100vh; background: var(--ground); color: var(--ink); font: 1rem/1.55 'Suki Sans', 'Suki Thai', system-ui, sans-serif; }
:lang(ur) { font-family: 'Suki Sans', 'Suki Nastaliq', 'Noto Nastaliq Urdu', system-ui, serif; line-height: 2.1; }
:lang(en), :lang(fr), :lang(fil), :lang(th) { line-height: 1.55; }
:lang(en), :lang(fr), :lang(fil) { font-family: 'Suki Sans', 'Suki Thai', 'Suki Nastaliq', system-ui, sans-serif; }
:lang(th) { font-family: 'Suki Sans', 'Suki Thai', system-ui, 'Noto Sans Thai', sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
button { font: inherit; color: inherit; }
.mark { inline-size: 2.25rem; block-size: 2.25rem; flex: none; }
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
.face.f0 { --tint: light-dark(oklch(0.944 0.032 162), oklch(0.292 0.042 166)); --accent: light-dark(oklch(0.37 0.078 165), oklch(0.85 0.12 163)); }
.face.f1 { --tint: light-dark(oklch(0.947 0.024 232), oklch(0.293 0.043 240)); --accent: light-dark(oklch(0.42 0.1 238), oklch(0.82 0.095 232)); }
.face.f2 { --tint: light-dark(oklch(0.957 0.046 86), oklch(0.302 0.05 78)); --accent: light-dark(oklch(0.44 0.1 62), oklch(0.86 0.12 84)); }
.face.f3 { --tint: light-dark(oklch(0.948 0.025 325), oklch(0.292 0.046 325)); --accent: light-dark(oklch(0.42 0.115 325), oklch(0.82 0.1 325)); }
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
