import { useNavigate, useSearch } from '@tanstack/react-router';
import { PartyPopper, PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../auth/me.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { useShortcuts } from '../shell/shortcuts.ts';
import { Button } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import { Progress } from '../ui/progress.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { CallCard } from './call-card.tsx';
import type { CallList, CallLists } from './queries.ts';
import { useCalls } from './use-calls.ts';

/** Working through the calls of campaigns by phone, one after the other. */
export function CallsPage() {
  const can = useCan();
  if (can.any('followUps', 'write') && can.any('interactions', 'write')) return <Calls />;
  return <ForbiddenPage title={t('calls.title')} />;
}

function Calls() {
  const { campaign } = useSearch({ from: '/app/calls' });
  const [beyond, setBeyond] = useState(false);
  const { lists, current, finish, tryAgain, later, undo } = useCalls({ campaignId: campaign, beyond });
  useShortcuts([{ keys: 'u', label: 'keys.undo', run: undo }]);
  const shown = lists.data?.lists.filter(({ campaignId }) => !campaign || campaignId === campaign) ?? [];
  return (
    <>
      <PageHeader title={t('calls.title')} lead={t('calls.lead')} />
      {lists.isPending && <Loading rows={6} />}
      {lists.isError && !lists.data && <Failure error={lists.error} retry={() => void lists.refetch()} />}
      {lists.data && (
        <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-5">
          <Standing lists={lists.data} shown={shown} chosen={campaign} />
          {current ? (
            <CallCard
              key={current.id}
              call={current}
              list={lists.data.lists.find(({ campaignId }) => campaignId === current.campaignId)}
              acts={{
                finish: (outcome, body) => void finish(current, outcome, body),
                tryAgain: (body) => void tryAgain(current, body),
                later: () => later(current),
                undo,
              }}
            />
          ) : (
            <NoCall lists={shown} onBeyond={() => setBeyond(true)} />
          )}
        </div>
      )}
    </>
  );
}

const sum = (lists: readonly CallList[], of: 'called' | 'today' | 'open' | 'due') => lists.reduce((all, list) => all + list[of], 0);

/** Which campaign it is, and how far one is with it today. */
function Standing({ lists, shown, chosen }: { lists: CallLists; shown: readonly CallList[]; chosen: string | undefined }) {
  const navigate = useNavigate();
  const [called, today, open] = [sum(shown, 'called'), sum(shown, 'today'), sum(shown, 'open')];
  const values = { called: formatNumber(called), all: formatNumber(called + today) };
  return (
    <section aria-label={t('calls.standing')} className="grid items-end gap-x-6 gap-y-3 sm:grid-cols-2">
      {lists.lists.length > 0 && (
        <Field label={t('calls.list')}>
          <Select
            value={chosen ?? ''}
            onChange={(event) => void navigate({ to: '/calls', search: event.target.value ? { campaign: event.target.value } : {} })}
          >
            <option value="">{t('calls.all')}</option>
            {lists.lists.map(({ campaignId, name, due }) => (
              <option key={campaignId} value={campaignId}>
                {`${name} (${formatNumber(due)})`}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {called + today + open > 0 && (
        <div className="grid gap-1.5" aria-live="polite">
          <p className="tnum flex flex-wrap justify-between gap-x-3 text-sm text-ink-2">
            <span className="font-semibold text-ink">{t('calls.today', values)}</span>
            <span>{t(lists.more ? 'calls.openAtLeast' : 'calls.open', { n: open })}</span>
          </p>
          {called + today > 0 && <Progress label={t('calls.standing')} done={called} total={called + today} />}
        </div>
      )}
    </section>
  );
}

function NoCall({ lists, onBeyond }: { lists: readonly CallList[]; onBeyond: () => void }) {
  const due = sum(lists, 'due');
  if (due > 0)
    return (
      <Empty
        icon={<PartyPopper className="size-6" />}
        title={t('calls.pace')}
        action={<Button onClick={onBeyond}>{t('calls.beyond')}</Button>}
      >
        {t('calls.paceLead', { n: due })}
      </Empty>
    );
  return (
    <Empty icon={<PhoneCall className="size-6" />} title={t('calls.none')}>
      {t('calls.noneLead')}
    </Empty>
  );
}
