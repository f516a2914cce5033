import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { t } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Loading } from '../ui/states.tsx';
import { adoptLanguage } from './language.ts';
import { finishSignIn } from './session.ts';

/** Where the provider sends the browser back to. */
export function Callback() {
  const navigate = useNavigate();
  const router = useRouter();
  const [failed, setFailed] = useState(false);
  const once = useRef(false);
  useEffect(() => {
    // The code is good for one use, and StrictMode runs effects twice.
    if (once.current) return;
    once.current = true;
    finishSignIn()
      .then(async ({ back, locale, person }) => {
        await adoptLanguage(person, locale);
        router.history.replace(back);
      })
      .catch(() => setFailed(true));
  }, [router]);
  if (!failed) return <Loading rows={3} className="mx-auto max-w-md pt-24" />;
  return (
    <main className="grid min-h-dvh place-items-center">
      <title>{`${t('signIn.failed')} · Suki`}</title>
      <Empty
        title={t('signIn.failed')}
        action={
          <Button look="primary" onClick={() => navigate({ to: '/sign-in', search: { back: undefined } })}>
            {t('signIn.again')}
          </Button>
        }
      >
        {t('signIn.failedLead')}
      </Empty>
    </main>
  );
}
