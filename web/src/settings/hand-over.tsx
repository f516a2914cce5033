import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, call } from '../api/client.ts';
import { membersQuery } from '../api/queries.ts';
import { formatDateTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check, Field, Select } from '../ui/field.tsx';
import { NameOptions } from '../ui/options.tsx';
import { Progress } from '../ui/progress.tsx';
import { Section } from '../ui/section.tsx';
import { failed } from '../ui/toast.tsx';

type Job = Answer<'getJob'>;

const key = ['hand-overs'];
const shown = 3;
const isBusy = ({ state }: Job) => state === 'validating' || state === 'running' || state === 'undoing';

/** The hand-overs among the newest jobs, asked for again as long as one of them goes on. */
const handOversQuery = {
  queryKey: key,
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { data } = await call('listJobs', { query: { limit: 200 }, signal });
    return data.filter(({ kind }) => kind === 'hand-over').slice(0, shown);
  },
  refetchInterval: ({ state }: { state: { data: Job[] | undefined } }) => (state.data?.some(isBusy) ? 1_000 : false),
} as const;

/** Gives all that a leaving member looks after to another. How far it is and the way back stay below the staff. */
export function HandOver({ member, onClose }: { member: { id: string; name: string }; onClose: () => void }) {
  const queryClient = useQueryClient();
  const members = useQuery(membersQuery);
  const [to, setTo] = useState('');
  const [disable, setDisable] = useState(false);
  const start = useMutation({
    mutationFn: () => call('handOver', { params: { id: member.id }, body: { toMemberId: to, disable } }),
    onSuccess: (job) => {
      queryClient.setQueryData<Job[]>(key, (before = []) => [job, ...before].slice(0, shown));
      void queryClient.invalidateQueries({ queryKey: ['members'] });
      onClose();
    },
  });
  const others = members.data?.data.filter(({ id, status }) => id !== member.id && status === 'active') ?? [];
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('members.handOver')}
      lead={t('members.handOverLead', { name: member.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={!to} busy={start.isPending} onClick={() => start.mutate()}>
            {t('members.handOver')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label={t('members.to')}>
          <Select value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">–</option>
            <NameOptions of={others} />
          </Select>
        </Field>
        <Check checked={disable} onChange={(event) => setDisable(event.target.checked)}>
          {t('members.alsoDisable', { name: member.name })}
        </Check>
        <Alert>{start.isError && problemText(start.error)}</Alert>
      </div>
    </Dialog>
  );
}

/** The last hand-overs: whoever comes back later sees how far one is, and can still take it back. */
export function HandOvers() {
  const jobs = useQuery(handOversQuery);
  if (!jobs.data?.length) return null;
  return (
    <Section title={t('members.handOvers')}>
      <ul>
        {jobs.data.map((job) => (
          <HandOverLine key={job.id} job={job} />
        ))}
      </ul>
    </Section>
  );
}

function HandOverLine({ job }: { job: Job }) {
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'undoJob' | 'resumeJob') => call(what, { params: { id: job.id } }),
    onSuccess: () => Promise.all([key, ['members']].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    onError: (error) => failed(problemText(error)),
  });
  const busy = isBusy(job);
  return (
    <li className="grid gap-2 border-t border-line py-2.5 first:border-t-0" aria-live="polite">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="tnum min-w-0 grow text-sm text-ink-2">
          {formatDateTime(job.createdAt)} · {t(`job.${job.state}`)} · {t('members.handedOver', { count: job.counts.moved ?? 0 })}
        </p>
        {job.canResume && (
          <Button busy={act.isPending} onClick={() => act.mutate('resumeJob')}>
            {t('import.resume')}
          </Button>
        )}
        {job.canUndo && (
          <Button look="quietDanger" busy={act.isPending} onClick={() => act.mutate('undoJob')}>
            {t('common.undo')}
          </Button>
        )}
      </div>
      {busy && <Progress label={t('members.handOver')} done={job.done} total={job.total} />}
    </li>
  );
}
