import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { t } from '../i18n/i18n.ts';
import { LanguageMenu } from '../shell/language-menu.tsx';
import { Button } from '../ui/button.tsx';
import { Logo } from '../ui/logo.tsx';
import { configuration, signIn } from './session.ts';

/** The door. The provider asks who it is; this page says what lies behind. */
export function SignIn() {
  const { back } = useSearch({ from: '/sign-in' });
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const go = () => {
    setBusy(true);
    setFailed(false);
    signIn(back ?? '/').catch(() => {
      setBusy(false);
      setFailed(true);
    });
  };
  // The local product's desk opens the app as somebody: no second click then.
  const started = useRef(false);
  useEffect(() => {
    if (location.hash !== '#start' || started.current) return;
    started.current = true;
    go();
  });
  return (
    <main className="grid min-h-dvh lg:grid-cols-[1.1fr_1fr]">
      <title>{`${t('signIn.title')} · Suki`}</title>
      <section className="flex flex-col px-6 py-6 sm:px-12 sm:py-10">
        <div className="flex items-center justify-between gap-4">
          <span className="flex items-center gap-2.5 text-lg font-semibold tracking-tight">
            <Logo className="size-8" /> Suki
          </span>
          <LanguageMenu />
        </div>
        <div className="my-auto grid max-w-md gap-5 py-12">
          <h1 className="text-3xl">{t('signIn.headline')}</h1>
          <p className="text-lg text-ink-2">{t('signIn.lead')}</p>
          {failed && (
            <p role="alert" className="rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
              {t('signIn.unreachable')}
            </p>
          )}
          <div>
            <Button look="primary" className="min-h-12 px-6 text-base" busy={busy} onClick={go}>
              {t('signIn.button')}
            </Button>
          </div>
          {configuration().local && <p className="text-sm text-ink-3">{t('signIn.local')}</p>}
        </div>
        <p className="text-sm text-ink-3">{t('signIn.foot')}</p>
      </section>
      <aside aria-hidden className="weave relative hidden overflow-hidden bg-[oklch(0.36_0.076_165)] lg:grid lg:place-items-center">
        <Story />
      </aside>
    </main>
  );
}

const story = [
  { channel: 'visit', tone: 'bg-[oklch(0.85_0.135_84)]', width: 'w-44' },
  { channel: 'call', tone: 'bg-[oklch(0.8_0.09_232)]', width: 'w-60' },
  { channel: 'fax', tone: 'bg-[oklch(0.8_0.1_24)]', width: 'w-36' },
  { channel: 'chat', tone: 'bg-[oklch(0.84_0.12_163)]', width: 'w-52' },
] as const;

/** A customer's story without words: four moments on one thread. */
function Story() {
  return (
    <div className="relative grid gap-5 ps-8">
      <span className="absolute inset-y-4 start-[0.6rem] w-0.5 rounded-full bg-[oklch(1_0_0/0.22)]" />
      {story.map(({ channel, tone, width }) => (
        <div key={channel} className="rise relative flex items-center">
          <span className={`absolute -start-8 size-5 rounded-full border-4 border-[oklch(0.36_0.076_165)] ${tone}`} />
          <div className="grid gap-2.5 rounded-xl bg-[oklch(1_0_0/0.09)] px-5 py-4">
            <span className={`h-2.5 rounded-full bg-[oklch(1_0_0/0.75)] ${width}`} />
            <span className="h-2 w-72 rounded-full bg-[oklch(1_0_0/0.28)]" />
            <span className="h-2 w-56 rounded-full bg-[oklch(1_0_0/0.28)]" />
          </div>
        </div>
      ))}
    </div>
  );
}
