import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan, useMe } from '../auth/me.ts';
import { formatDateTime, formatNumber } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Progress } from '../ui/progress.tsx';
import { Section } from '../ui/section.tsx';
import { type Campaign, dryRunQuery } from './queries.ts';
import { formatMoney } from './words.tsx';

const partOf = (pointer: string) => pointer.split('/')[1] ?? '';
type Act = 'startCampaign' | 'pauseCampaign' | 'resumeCampaign' | 'endCampaign' | 'returnCampaign';

/** What is lacking, what a run would come to, and the buttons that move a campaign on. */
export function StartPanel({ campaign }: { campaign: Campaign }) {
  return (
    <div className="grid gap-6 xl:sticky xl:top-6">
      <Steps campaign={campaign} />
      {campaign.state !== 'ended' && <DryRunPanel campaign={campaign} />}
    </div>
  );
}

function Steps({ campaign }: { campaign: Campaign }) {
  const can = useCan();
  const { member } = useMe();
  const queryClient = useQueryClient();
  const [ending, setEnding] = useState(false);
  const params = { id: campaign.id };
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['campaigns'] }),
  });
  const doIt = (what: Act) => act.mutate(() => call(what, { params }));
  const problem = act.error instanceof CrmProblem ? act.error : undefined;
  const { state, lacks } = campaign;
  const mayWrite = can.any('campaigns', 'write') && !campaign.archivedAt;
  const isAuthor = campaign.authors.includes(member.id);
  return (
    <Section title={t('campaign.next')}>
      <div className="grid gap-3 py-2">
        <p className="text-sm text-ink-2">{t(`campaignState.${state}.lead`)}</p>
        {lacks.length > 0 && state !== 'active' && (
          <div>
            <p className="text-sm font-medium">{t('campaign.lacks')}</p>
            <ul className="mt-1 grid gap-1 text-sm text-ink-2">
              {lacks.map(({ pointer, code }) => (
                <li key={`${pointer}${code}`} className="flex gap-2">
                  <CircleAlert className="mt-0.5 size-4 shrink-0 text-mango" aria-hidden />
                  <span>
                    {tMaybe(`campaign.part.${partOf(pointer)}`) ?? partOf(pointer)}: {tMaybe(`invalid.${code}`) ?? t('invalid.other')}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {problem && (
          <div role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {problem.errors.length === 0
              ? problemText(problem)
              : problem.errors.map(({ pointer, code }) => (
                  <p key={`${pointer}${code}`}>
                    {tMaybe(`campaign.part.${partOf(pointer)}`) ?? partOf(pointer)}: {tMaybe(`invalid.${code}`) ?? t('invalid.other')}
                  </p>
                ))}
          </div>
        )}
        <div className="grid gap-2">
          {mayWrite && (state === 'draft' || state === 'approved') && (
            <Button look="primary" busy={act.isPending} disabled={lacks.length > 0} onClick={() => doIt('startCampaign')}>
              {t('campaign.start')}
            </Button>
          )}
          {state === 'waiting_approval' && can.any('campaigns', 'approve') && !isAuthor && (
            <>
              <Button
                look="primary"
                busy={act.isPending}
                onClick={() => act.mutate(() => call('approveCampaign', { params, body: { seenVersion: campaign.version } }))}
              >
                {t('campaign.approve')}
              </Button>
              <Button onClick={() => doIt('returnCampaign')}>{t('campaign.return')}</Button>
            </>
          )}
          {state === 'waiting_approval' && isAuthor && <p className="text-sm text-ink-3">{t('problem.own_approval')}</p>}
          {mayWrite && state === 'active' && (
            <Button busy={act.isPending} onClick={() => doIt('pauseCampaign')}>
              {t('campaign.pause')}
            </Button>
          )}
          {mayWrite && state === 'paused' && (
            <Button look="primary" busy={act.isPending} onClick={() => doIt('resumeCampaign')}>
              {t('campaign.resume')}
            </Button>
          )}
          {mayWrite && (state === 'active' || state === 'paused') && (
            <Button look="quietDanger" onClick={() => setEnding(true)}>
              {t('campaign.end')}
            </Button>
          )}
        </div>
      </div>
      {ending && (
        <Dialog
          open
          onClose={() => setEnding(false)}
          title={t('campaign.end')}
          footer={
            <>
              <Button onClick={() => setEnding(false)}>{t('common.cancel')}</Button>
              <Button
                look="danger"
                onClick={() => {
                  setEnding(false);
                  doIt('endCampaign');
                }}
              >
                {t('campaign.end')}
              </Button>
            </>
          }
        >
          <p>{t('campaign.endLead')}</p>
        </Dialog>
      )}
    </Section>
  );
}

function DryRunPanel({ campaign }: { campaign: Campaign }) {
  const queryClient = useQueryClient();
  const { workspace } = useMe();
  const kept = useQuery(dryRunQuery(campaign.id));
  const run = useMutation({
    mutationFn: () => call('dryRunCampaign', { params: { id: campaign.id } }),
    onSuccess: (dry) => queryClient.setQueryData(dryRunQuery(campaign.id).queryKey, dry),
  });
  const dry = kept.data;
  const skipped = Object.entries(dry?.skipped ?? {}).sort(([, a], [, b]) => b - a);
  const facts: [string, string][] = dry
    ? [
        [t('campaign.size'), formatNumber(dry.size)],
        [t('campaign.messages'), formatNumber(dry.messages)],
        [t('campaign.control'), formatNumber(dry.control)],
        [t('campaign.cost'), formatMoney(dry.cost, workspace.currency)],
        ...(dry.finishesAt ? ([[t('campaign.finishes'), formatDateTime(dry.finishesAt)]] as [string, string][]) : []),
      ]
    : [];
  return (
    <Section title={t('campaign.dryRun')}>
      <div className="grid gap-3 py-2">
        {!dry && <p className="text-sm text-ink-3">{t('campaign.dryRunLead')}</p>}
        {dry && !dry.done && <Progress label={t('campaign.dryRun')} done={dry.examined} total={null} />}
        {dry && (
          <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 text-sm">
            {facts.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-ink-2">{name}</dt>
                <dd className="tnum text-end font-semibold">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {dry?.overBudget && <p className="text-sm text-danger">{t('invalid.over_budget')}</p>}
        {skipped.length > 0 && (
          <div>
            <p className="text-sm font-medium">{t('campaign.skipped')}</p>
            <dl className="mt-1 grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 text-sm text-ink-2">
              {skipped.map(([reason, count]) => (
                <div key={reason} className="contents">
                  <dt>{tMaybe(`skip.${reason}`) ?? reason}</dt>
                  <dd className="tnum text-end">{formatNumber(count)}</dd>
                </div>
              ))}
            </dl>
          </div>
        )}
        {dry && (
          <p className="text-xs text-ink-3">
            {dry.current ? t('campaign.asOf', { when: formatDateTime(dry.at) }) : t('campaign.dryRunStale')}
          </p>
        )}
        <Alert>{run.isError && problemText(run.error)}</Alert>
        <Button busy={run.isPending} disabled={campaign.audience.include.length === 0} onClick={() => run.mutate()}>
          <FlaskConical className="size-4" aria-hidden /> {t('campaign.tryDry')}
        </Button>
      </div>
    </Section>
  );
}
