import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { scaleLinear } from 'd3-scale';
import { RefreshCw } from 'lucide-react';
import { call } from '../api/client.ts';
import { formatDateTime, formatNumber, languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { useNamed } from '../segments/queries.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { failed } from '../ui/toast.tsx';
import { Bars } from './bars.tsx';
import { type Campaign, type Report, reportQuery } from './queries.ts';
import { formatMoney, formatPoints, formatShare } from './words.tsx';

type Group = Report['byVariant'][number];

/** What a campaign came to, as of the last count. */
export function ReportTab({ campaign }: { campaign: Campaign }) {
  const queryClient = useQueryClient();
  const query = reportQuery(campaign.id);
  const report = useQuery(query);
  const count = useMutation({
    mutationFn: () => call('countCampaignReport', { params: { id: campaign.id } }),
    onSuccess: (counted) => queryClient.setQueryData(query.queryKey, counted),
    onError: (error) => failed(problemText(error)),
  });
  if (report.isPending) return <Loading />;
  if (report.isError) return <Failure error={report.error} retry={() => void report.refetch()} />;
  const { data } = report;
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-ink-3">
          {data.asOf ? t('campaign.asOf', { when: formatDateTime(data.asOf) }) : t('report.notCounted')}
          {data.jobId && ` ${t('report.counting')}`}
          {!data.complete && ` ${t('report.newest')}`}
        </p>
        <Button busy={count.isPending} onClick={() => count.mutate()}>
          <RefreshCw className="size-4" aria-hidden /> {t('report.count')}
        </Button>
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Reached report={data} />
        <Lift report={data} />
        <Money report={data} />
        <Path report={data} />
      </div>
      <Groups title={t('report.byVariant')} groups={data.byVariant} nameOf={(key) => t('report.variant', { key })} />
      <Groups title={t('report.byLanguage')} groups={data.byLanguage} nameOf={languageName} />
      {data.bySegment.length > 1 && <Segments campaign={campaign} groups={data.bySegment} />}
    </div>
  );
}

function Reached({ report: { goal, conversions } }: { report: Report }) {
  const share = goal ? conversions / goal.target : 0;
  return (
    <Section title={t('report.goal')}>
      <div className="grid gap-2 py-2">
        <p className="text-3xl font-semibold tnum">{formatNumber(conversions)}</p>
        {goal ? (
          <>
            <p className="text-sm text-ink-2">
              {t('report.ofTarget', { target: formatNumber(goal.target), share: formatShare(share), when: formatDateTime(goal.deadline) })}
            </p>
            <div className="h-2.5 overflow-hidden rounded-full bg-hover" aria-hidden>
              <div className="h-full rounded-full bg-brand" style={{ inlineSize: `${Math.min(1, share) * 100}%` }} />
            </div>
          </>
        ) : (
          <p className="text-sm text-ink-3">{t('unknown.no_goal')}</p>
        )}
      </div>
    </Section>
  );
}

/** The lift as a point on its interval, with zero marked; the same in words. */
function Lift({ report: { lift, liftUnknown, compared } }: { report: Report }) {
  const widest = lift ? Math.max(Math.abs(lift.low), Math.abs(lift.high), 0.01) * 1.1 : 1;
  const x = scaleLinear([-widest, widest], [0, 100]);
  return (
    <Section title={t('report.lift')}>
      <div className="grid gap-2 py-2">
        {lift ? (
          <>
            <p className="text-3xl font-semibold tnum">{t('report.points', { points: formatPoints(lift.value) })}</p>
            <svg viewBox="0 0 100 12" preserveAspectRatio="none" className="h-8 w-full" aria-hidden>
              <line x1={x(0)} x2={x(0)} y1={0} y2={12} className="stroke-ink-3" strokeWidth={0.4} />
              <line x1={x(lift.low)} x2={x(lift.high)} y1={6} y2={6} className="stroke-brand" strokeWidth={1.6} />
              <rect x={x(lift.value) - 0.6} y={2} width={1.2} height={8} className="fill-brand" />
            </svg>
            <p className="text-sm text-ink-2">{t('report.interval', { low: formatPoints(lift.low), high: formatPoints(lift.high) })}</p>
            <p className="text-sm text-ink-2">
              {t('report.shares', {
                treated: formatShare(compared.converted / Math.max(1, compared.accepted)),
                control: formatShare(compared.controlConverted / Math.max(1, compared.control)),
                people: formatNumber(compared.control),
              })}
            </p>
            <p className="text-xs text-ink-3">{t('report.method')}</p>
          </>
        ) : (
          <p className="text-ink-2">{t(`unknown.${liftUnknown ?? 'no_control'}`)}</p>
        )}
      </div>
    </Section>
  );
}

function Money({ report: { cost, returned, returnUnknown } }: { report: Report }) {
  const rows: [string, string][] = [
    [t('report.planned'), cost.planned === null ? '–' : formatMoney(cost.planned, cost.currency)],
    [t('report.committed'), formatMoney(cost.committed, cost.currency)],
    [t('report.actual'), formatMoney(cost.actual, cost.currency)],
    [t('report.manual'), formatMoney(cost.manual, cost.currency)],
  ];
  return (
    <Section title={t('report.money')}>
      <dl className="grid grid-cols-[1fr_auto] gap-y-1 py-2 text-sm">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-2">{name}</dt>
            <dd className="tnum text-end font-semibold">{value}</dd>
          </div>
        ))}
        <dt className="border-t border-line pt-2 text-ink-2">{t('report.return')}</dt>
        <dd className="tnum border-t border-line pt-2 text-end font-semibold">
          {returned ? formatShare(returned.value) : t(`unknown.${returnUnknown ?? 'no_control'}`)}
        </dd>
      </dl>
      {returned && (
        <p className="pb-2 text-sm text-ink-3">
          {t('report.returnInterval', { low: formatShare(returned.low), high: formatShare(returned.high) })}
        </p>
      )}
    </Section>
  );
}

function Path({ report: { total } }: { report: Report }) {
  return (
    <Section title={t('run.funnel')}>
      <div className="grid gap-2 py-2">
        <Bars
          title={t('run.funnel')}
          bars={[
            { key: 'accepted', label: t('run.sent'), value: total.accepted },
            { key: 'delivered', label: t('run.delivered'), value: total.delivered },
            { key: 'opened', label: t('run.opened'), value: total.opened, tone: 'plain' },
            { key: 'clicked', label: t('run.clicked'), value: total.clicked },
            { key: 'converted', label: t('report.converted'), value: total.converted },
            { key: 'unsubscribed', label: t('report.unsubscribed'), value: total.unsubscribed, tone: 'mango' },
          ]}
        />
        <p className="text-xs text-ink-3">{t('run.openedHint')}</p>
      </div>
    </Section>
  );
}

/** By the parts of the audience, by their names where they have one. */
function Segments({ campaign, groups }: { campaign: Campaign; groups: readonly Group[] }) {
  const named = useNamed();
  const nameOf = (key: string) => {
    const part = campaign.audience.include[Number(key)];
    const id = part && ('segmentId' in part ? part.segmentId : 'listId' in part ? part.listId : undefined);
    return named.find((one) => one.id === id)?.name ?? t('report.part', { number: Number(key) + 1 });
  };
  return <Groups title={t('report.bySegment')} groups={groups} nameOf={nameOf} />;
}

function Groups({ title, groups, nameOf }: { title: string; groups: readonly Group[]; nameOf: (key: string) => string }) {
  if (groups.length < 2) return null;
  return (
    <Section title={title}>
      <div className="overflow-x-auto">
        <table className="w-full text-sm">
          <thead className="text-ink-3">
            <tr>
              <th scope="col" className="sr-only">
                {title}
              </th>
              {[t('run.sent'), t('run.clicked'), t('report.converted'), t('campaign.control'), t('report.lift')].map((head) => (
                <th key={head} scope="col" className="px-2 py-1.5 text-end font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.key} className="border-t border-line">
                <th scope="row" className="py-1.5 pe-2 text-start font-medium">
                  {nameOf(group.key)}
                </th>
                <td className="tnum px-2 text-end">{formatNumber(group.accepted)}</td>
                <td className="tnum px-2 text-end">{formatNumber(group.clicked)}</td>
                <td className="tnum px-2 text-end">{formatNumber(group.converted)}</td>
                <td className="tnum px-2 text-end">{formatNumber(group.control)}</td>
                <td className="tnum px-2 text-end">{group.lift ? formatPoints(group.lift.value) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
