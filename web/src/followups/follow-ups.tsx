import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarPlus, PhoneCall } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { openOverlay } from '../shell/overlays.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { ariaKeys, useShortcuts } from '../shell/shortcuts.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Loading } from '../ui/states.tsx';
import { FollowUpList } from './list.tsx';
import type { Scope } from './queries.ts';
import { views } from './search.ts';

const Calendar = lazy(() => import('../calendar/calendar.tsx').then(({ Calendar }) => ({ default: Calendar })));

/** Everything that is to be done, as a list or in a calendar. */
export function FollowUps() {
  const can = useCan();
  if (!can.any('followUps', 'read')) return <ForbiddenPage title={t('nav.followUps')} />;
  return <Allowed />;
}

function Allowed() {
  const can = useCan();
  const search = useSearch({ from: '/app/follow-ups' });
  const navigate = useNavigate({ from: '/follow-ups' });
  const { view = 'list', scope = 'own' } = search;
  const mayPlan = can.any('followUps', 'write');
  const plan = () => openOverlay({ kind: 'followUp', start: view === 'list' || !search.day ? {} : { on: search.day } });
  useShortcuts(mayPlan ? [{ keys: 'n', label: 'keys.followUp', run: plan }] : []);
  const mine = can.scope('followUps', 'read');
  const scopes: Scope[] = mine === 'all' ? ['own', 'team', 'all'] : mine === 'team' ? ['own', 'team'] : ['own'];
  return (
    <>
      <PageHeader title={t('nav.followUps')} lead={t('followUps.lead')}>
        {mayPlan && can.any('interactions', 'write') && (
          <Link to="/calls" search={{}} className={buttonClass()}>
            <PhoneCall className="size-4.5" aria-hidden /> {t('calls.title')}
          </Link>
        )}
        {mayPlan && (
          <Button look="primary" onClick={plan} aria-keyshortcuts={ariaKeys('n')}>
            <CalendarPlus className="size-4.5" aria-hidden /> {t('followUp.new')}
          </Button>
        )}
      </PageHeader>
      <div className="flex flex-wrap items-end gap-3 pb-4">
        <Segmented
          label={t('followUps.view')}
          hideLabel
          value={view}
          onChange={(next) =>
            void navigate({ search: (before) => ({ ...before, view: next === 'list' ? undefined : next }), replace: true })
          }
          options={views.map((each) => ({ value: each, label: t(`followUps.view.${each}`) }))}
        />
        {scopes.length > 1 && (
          <Segmented
            label={t('followUps.scope')}
            hideLabel
            value={scope}
            onChange={(next) =>
              void navigate({ search: (before) => ({ ...before, scope: next === 'own' ? undefined : next }), replace: true })
            }
            options={scopes.map((each) => ({ value: each, label: t(`followUps.scope.${each}`) }))}
          />
        )}
      </div>
      {view === 'list' ? (
        <FollowUpList scope={scope} />
      ) : (
        <Suspense fallback={<Loading rows={8} />}>
          <Calendar view={view} scope={scope} />
        </Suspense>
      )}
    </>
  );
}
