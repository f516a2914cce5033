import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { RotateCw, X } from 'lucide-react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { LettersExport, RecipientsExport } from '../exports/run-export.tsx';
import { formatDateTime, formatNumber } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Asked } from '../ui/asked.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { type Bar, Bars } from './bars.tsx';
import { BackToCampaigns } from './campaign-page.tsx';
import { type Campaign, campaignQuery, type Run, runQuery, type Send, sendsQuery } from './queries.ts';
import { RunBadge } from './words.tsx';

const states = ['pending', 'claimed', 'sent', 'delivered', 'failed', 'bounced', 'complained', 'skipped', 'unknown', 'unresolved'] as const;

/** One run while it goes: how far it is, who gets nothing and why, and what nobody knows. */
export function RunPage() {
  const { id, occurrence } = useParams({ from: '/app/campaigns/$id/runs/$occurrence' });
  const can = useCan();
  const campaign = useQuery({ ...campaignQuery(id), enabled: can.any('campaigns', 'read') });
  const run = useQuery({ ...runQuery(id, occurrence), enabled: can.any('campaigns', 'read') });
  if (!can.any('campaigns', 'read')) return <ForbiddenPage title={t('nav.campaigns')} />;
  return (
    <>
      <BackToCampaigns />
      <Asked of={run} title={t('run.title')}>
        {(run) => (
          <>
            <PageHeader title={campaign.data?.name ?? t('run.title')} lead={<RunBadge run={run} />}>
              <LettersExport run={run} />
              <Steps run={run} campaign={campaign.data} />
            </PageHeader>
            <div className="grid items-start gap-6 lg:grid-cols-2">
              <Funnel run={run} />
              <Skipped run={run} />
            </div>
            <div className="mt-6">
              <Messages run={run} />
            </div>
          </>
        )}
      </Asked>
    </>
  );
}

function Steps({ run, campaign }: { run: Run; campaign: Campaign | undefined }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const params = { id: run.campaignId, occurrence: run.occurrence };
  // What has stopped a run has stopped its campaign: who lets one go on means both, where nothing is lacking for it.
  const isWhole = campaign?.state === 'paused' && campaign.lacks.length === 0;
  const act = useMutation({
    mutationFn: (what: 'pauseRun' | 'resumeRun' | 'cancelRun' | 'approveRun'): Promise<unknown> =>
      what === 'resumeRun' && isWhole ? call('resumeCampaign', { params: { id: run.campaignId } }) : call(what, { params }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['campaigns', run.campaignId] }),
    onError: (error) => failed(problemText(error)),
  });
  if (!can.any('campaigns', 'write')) return null;
  return (
    <>
      {run.state === 'waiting_approval' && can.any('campaigns', 'approve') && (
        <Button look="primary" busy={act.isPending} onClick={() => act.mutate('approveRun')}>
          {t('campaign.approve')}
        </Button>
      )}
      {run.state === 'running' && (
        <Button busy={act.isPending} onClick={() => act.mutate('pauseRun')}>
          {t('campaign.pause')}
        </Button>
      )}
      {run.state === 'paused' && (
        <Button look="primary" busy={act.isPending} onClick={() => act.mutate('resumeRun')}>
          {t('campaign.resume')}
        </Button>
      )}
      {(run.state === 'running' || run.state === 'paused' || run.state === 'scheduled') && (
        <Button look="quietDanger" busy={act.isPending} onClick={() => act.mutate('cancelRun')}>
          {t('run.cancel')}
        </Button>
      )}
    </>
  );
}

function Funnel({ run }: { run: Run }) {
  const { counts } = run;
  const left = (counts.states.pending ?? 0) + (counts.states.claimed ?? 0);
  const unclear = (counts.states.unknown ?? 0) + (counts.states.unresolved ?? 0);
  const bars: Bar[] = [
    { key: 'total', label: t('run.recipients'), value: counts.total, tone: 'plain' },
    { key: 'left', label: t('run.left'), value: left, tone: 'plain' },
    { key: 'sent', label: t('run.sent'), value: counts.accepted },
    { key: 'delivered', label: t('run.delivered'), value: counts.delivered },
    { key: 'opened', label: t('run.opened'), value: counts.opened, tone: 'plain' },
    { key: 'clicked', label: t('run.clicked'), value: counts.clicked },
    { key: 'bounced', label: t('run.bounced'), value: counts.bounced, tone: 'mango' },
    { key: 'complained', label: t('run.complained'), value: counts.complained, tone: 'mango' },
    { key: 'unclear', label: t('run.unclear'), value: unclear, tone: 'mango' },
  ];
  return (
    <Section title={t('run.funnel')}>
      <div className="grid gap-3 py-2">
        {(run.perSecond !== null || run.finishesAt) && (
          <p className="text-sm text-ink-2">
            {run.perSecond !== null && t('run.rate', { rate: formatNumber(run.perSecond) })}{' '}
            {run.finishesAt && t('run.finishes', { when: formatDateTime(run.finishesAt) })}
          </p>
        )}
        <Bars title={t('run.funnel')} bars={bars} />
        <p className="text-xs text-ink-3">
          {t('run.openedHint')} {run.asOf && t('campaign.asOf', { when: formatDateTime(run.asOf) })}
        </p>
      </div>
    </Section>
  );
}

function Skipped({ run }: { run: Run }) {
  const reasons = Object.entries(run.counts.reasons).sort(([, a], [, b]) => b - a);
  return (
    <Section title={t('campaign.skipped')}>
      <div className="py-2">
        {reasons.length === 0 && <p className="text-sm text-ink-3">{t('run.nobodySkipped')}</p>}
        {reasons.length > 0 && (
          <Bars
            title={t('campaign.skipped')}
            bars={reasons.map(([reason, value]) => ({
              key: reason,
              label: tMaybe(`skip.${reason}`) ? <ReasonLink run={run} reason={reason} /> : reason,
              value,
              tone: 'mango',
            }))}
          />
        )}
      </div>
    </Section>
  );
}

const reasonText = (reason: string) => tMaybe(`skip.${reason}`) ?? reason;

/** A reason, leading to those who got nothing for it. */
const ReasonLink = ({ run: { campaignId, occurrence }, reason }: { run: Run; reason: string }) => (
  <Link
    to="/campaigns/$id/runs/$occurrence"
    params={{ id: campaignId, occurrence }}
    search={{ reason }}
    className="hit inline-flex items-center underline underline-offset-4"
  >
    {reasonText(reason)}
  </Link>
);

function Messages({ run }: { run: Run }) {
  const navigate = useNavigate();
  const { state, reason } = useSearch({ from: '/app/campaigns/$id/runs/$occurrence' });
  const params = { id: run.campaignId, occurrence: run.occurrence };
  // Read again whenever the run was counted anew.
  const sends = useInfiniteQuery({
    ...sendsQuery(run.campaignId, run.occurrence, { state, reason, asOf: `${run.state} ${run.asOf}` }),
    placeholderData: keepPreviousData,
  });
  const rows = sends.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Section
      title={t('run.messages')}
      aside={
        <span className="flex flex-wrap items-center justify-end gap-2">
          <RecipientsExport run={run} state={states.find((each) => each === state)} />
          <Field label={t('run.state')} hideLabel>
            <Select
              value={state ?? ''}
              onChange={(event) =>
                void navigate({
                  to: '/campaigns/$id/runs/$occurrence',
                  params,
                  search: event.target.value ? { state: event.target.value } : {},
                })
              }
            >
              <option value="">{t('common.any')}</option>
              <Options of={states} words={(each) => t(`sendState.${each}`)} />
            </Select>
          </Field>
        </span>
      }
    >
      {reason !== undefined && (
        <p className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
          <span>{`${t('campaign.skipped')}: ${reasonText(reason)}`}</span>
          <IconButton
            label={t('field.remove', { field: reasonText(reason) })}
            onClick={() => void navigate({ to: '/campaigns/$id/runs/$occurrence', params, search: {} })}
          >
            <X className="size-4" aria-hidden />
          </IconButton>
        </p>
      )}
      {(state === 'unresolved' || state === 'unknown') && <p className="text-sm text-ink-2">{t('run.unclearLead')}</p>}
      {sends.isPending && <Loading rows={4} className="px-0" />}
      {sends.isError && <Failure error={sends.error} retry={() => void sends.refetch()} />}
      {sends.data && rows.length === 0 && !sends.hasNextPage && <Empty title={t('run.noMessages')} className="py-8" />}
      <ul className="mt-2">
        {rows.map((send) => (
          <MessageRow key={send.id} run={run} send={send} />
        ))}
      </ul>
      <ShowMore of={sends} className="my-2" />
    </Section>
  );
}

function MessageRow({ run, send }: { run: Run; send: Send }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const resend = useMutation({
    mutationFn: () => call('resendSend', { params: { id: run.campaignId, occurrence: run.occurrence, sendId: send.id } }),
    onSuccess: async () => {
      done(t('run.resent'));
      await queryClient.invalidateQueries({ queryKey: ['campaigns', run.campaignId] });
    },
    onError: (error) => failed(problemText(error)),
  });
  const isBad = ['failed', 'bounced', 'complained'].includes(send.state);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-1.5 text-sm">
      {send.customerId === null ? (
        <span className="hit flex min-w-0 grow items-center text-ink-3">{t('run.noName')}</span>
      ) : (
        <Link
          to="/customers/$id"
          params={{ id: send.customerId }}
          className="hit flex min-w-0 grow items-center font-medium hover:underline"
        >
          <bdi className="truncate">{send.name}</bdi>
        </Link>
      )}
      {send.reason && <span className="text-ink-3">{reasonText(send.reason)}</span>}
      {send.clickedAt && <Badge tone="sky">{t('run.clicked')}</Badge>}
      <Badge tone={isBad ? 'danger' : send.state === 'delivered' ? 'brand' : send.state === 'unresolved' ? 'mango' : 'plain'}>
        {t(`sendState.${send.state}`)}
      </Badge>
      {send.state === 'unresolved' && can.any('campaigns', 'write') && (
        <Button busy={resend.isPending} title={t('run.resendHint')} onClick={() => resend.mutate()}>
          <RotateCw className="size-4" aria-hidden /> {t('run.resend')}
        </Button>
      )}
    </li>
  );
}
