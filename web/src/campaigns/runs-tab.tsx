import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { instantOfText } from '../i18n/dates.ts';
import { currentRegion, formatDateTime, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Options } from '../ui/options.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { type Campaign, type Run, runsQuery } from './queries.ts';
import { RunBadge } from './words.tsx';

/** The runs of a campaign, the newest first, and a second run to those who did not react. */
export function RunsTab({ campaign }: { campaign: Campaign }) {
  const can = useCan();
  const runs = useQuery(runsQuery(campaign.id));
  const [waving, setWaving] = useState<Run>();
  const isOver = campaign.state === 'ended' && campaign.schedule?.kind === 'once' && campaign.archivedAt === null;
  const mayWave = (run: Run) =>
    can.any('campaigns', 'write') &&
    !run.occurrence.startsWith('wave-') &&
    (campaign.state === 'active' || campaign.state === 'paused' || (isOver && run.state === 'completed'));
  return (
    <section className="rounded-xl border border-line bg-surface shadow-sm">
      {runs.isPending && <Loading rows={3} />}
      {runs.isError && <Failure error={runs.error} retry={() => void runs.refetch()} />}
      {runs.data?.data.length === 0 && (
        <Empty icon={<CalendarClock className="size-6" />} title={t('run.none')}>
          {campaign.nextAt && t('campaign.nextAt', { when: formatDateTime(campaign.nextAt) })}
        </Empty>
      )}
      <ul>
        {runs.data?.data.map((run) => (
          <li key={run.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2 first:border-t-0 sm:px-5">
            <Link
              to="/campaigns/$id/runs/$occurrence"
              params={{ id: campaign.id, occurrence: run.occurrence }}
              className="hit flex min-w-0 grow items-center"
            >
              <span className="min-w-0">
                <span className="block font-semibold">{formatDateTime(run.scheduledAt)}</span>
                <span className="block text-sm text-ink-3">
                  {t('run.sentOf', { sent: formatNumber(run.counts.accepted), all: formatNumber(run.counts.total) })}
                </span>
              </span>
            </Link>
            <RunBadge run={run} />
            {mayWave(run) && (
              <Button look="ghost" onClick={() => setWaving(run)}>
                {t('wave.add')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {waving && <WaveDialog campaign={campaign} run={waving} onClose={() => setWaving(undefined)} />}
    </section>
  );
}

const always = ['not_clicked', 'not_replied'] as const;
/** Of a campaign that asks a survey. */
const asked = 'not_answered';
type Who = (typeof always)[number] | typeof asked;

function WaveDialog({ campaign, run, onClose }: { campaign: Campaign; run: Run; onClose: () => void }) {
  const queryClient = useQueryClient();
  const add = useMutation({
    mutationFn: ({ who, at }: { who: Who; at: string }) =>
      call('addCampaignWave', {
        params: { id: campaign.id },
        body: { of: run.occurrence, who, at: instantOfText(at, currentRegion().zone) },
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['campaigns'] });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('wave.add')}
      footer={
        <FormFooter form="wave" busy={add.isPending} onClose={onClose}>
          {t('wave.plan')}
        </FormFooter>
      }
    >
      <form
        id="wave"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          add.mutate({ who: form.get('who') as Who, at: String(form.get('at')) });
        }}
      >
        <p className="text-ink-2">{t('wave.lead')}</p>
        <Field label={t('wave.who')}>
          <Select name="who">
            <Options of={campaign.content?.surveyId ? [asked, ...always] : always} words={(who) => t(`waveWho.${who}`)} />
          </Select>
        </Field>
        <Field label={t('wave.at')}>
          <Input name="at" type="datetime-local" required />
        </Field>
        <Alert>{add.isError && problemText(add.error)}</Alert>
      </form>
    </Dialog>
  );
}
