import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { AlertTriangle, Archive, History, Pencil } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { formatDateTime, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { BackLink } from '../shell/back-link.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Asked } from '../ui/asked.tsx';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { RuleEditor } from './editor.tsx';
import { type Firing, firingsQuery, type Rule, ruleQuery, useRefreshRules } from './queries.ts';
import { OnOff } from './rules-page.tsx';
import { useLabels } from './use-labels.ts';
import { effectText, reasonText, whenText } from './words.ts';

function Back() {
  return (
    <BackLink to="/rules" label={t('rule.back')}>
      {t('rule.title')}
    </BackLink>
  );
}

/** A new rule; it is off until it is turned on. */
export function NewRule() {
  const can = useCan();
  const navigate = useNavigate();
  const refresh = useRefreshRules();
  return (
    <>
      <Back />
      <PageHeader title={t('rule.new')} />
      {can.any('rules', 'write') ? (
        <RuleEditor
          action={t('rule.make')}
          onCancel={() => void navigate({ to: '/rules' })}
          begin={{
            name: '',
            when: { kind: 'silence', days: 90, at: '09:00' },
            where: null,
            does: [
              {
                kind: 'followUp',
                title: '',
                notes: null,
                inDays: 0,
                at: null,
                priority: 'normal',
                channel: null,
                for: { to: 'owner', memberId: null },
              },
            ],
            imported: false,
          }}
          save={async (draft) => {
            const rule = await call('createRule', { body: draft as never });
            done(t('rule.made', { name: rule.name }));
            await refresh();
            await navigate({ to: '/rules/$id', params: { id: rule.id } });
          }}
        />
      ) : (
        <NoPermission />
      )}
    </>
  );
}

/** A rule, what it does, and what it did. */
export function RulePage() {
  const { id } = useParams({ from: '/app/rules/$id' });
  const rule = useQuery(ruleQuery(id));
  const [editing, setEditing] = useState(false);
  return (
    <>
      <Back />
      <Asked of={rule} title={t('rule.title')}>
        {(rule) =>
          editing ? <Edit rule={rule} onClose={() => setEditing(false)} /> : <Shown rule={rule} onEdit={() => setEditing(true)} />
        }
      </Asked>
    </>
  );
}

function Edit({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const refresh = useRefreshRules();
  // What was read when the editing began: whoever came between is told, not written over.
  const [read] = useState(rule);
  const { name, when, where, does, imported } = read;
  return (
    <>
      <PageHeader title={rule.name} />
      <RuleEditor
        action={t('common.save')}
        onCancel={onClose}
        begin={{ name, when, where, does, imported }}
        save={async (draft) => {
          await call('updateRule', { params: { id: rule.id }, version: read.version, body: draft as never });
          done(t('rule.saved', { name: draft.name }));
          await refresh();
          onClose();
        }}
      />
    </>
  );
}

function Shown({ rule, onEdit }: { rule: Rule; onEdit: () => void }) {
  const can = useCan();
  const labels = useLabels();
  const writes = can.any('rules', 'write') && !rule.archivedAt;
  return (
    <>
      <PageHeader title={rule.name} lead={whenText(rule.when, labels)}>
        {rule.archivedAt && <Badge tone="plain">{t('rule.archived')}</Badge>}
        {!writes && !rule.archivedAt && <Badge tone={rule.on ? 'brand' : 'plain'}>{t(rule.on ? 'rule.on' : 'rule.off')}</Badge>}
        {writes && <OnOff rule={rule} />}
        {writes && (
          <Button onClick={onEdit}>
            <Pencil className="size-4" aria-hidden /> {t('rule.edit')}
          </Button>
        )}
        {can.any('rules', 'delete') && <ArchiveButton rule={rule} />}
      </PageHeader>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Log rule={rule} />
        <Section title={t('rule.stepThen')} className="grid gap-3 pb-4">
          <ul className="grid gap-1 text-sm">
            {rule.does.map((effect, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: effects have no id, and stand where they were put
              <li key={at} className="break-words">
                {effectText(effect, labels)}
              </li>
            ))}
          </ul>
          <dl className="tnum grid grid-cols-3 gap-2 text-sm">
            {(['done', 'skipped', 'failed'] as const).map((name) => (
              <div key={name} className="grid">
                <dt className="text-ink-3">{t(`rule.outcome.${name}`)}</dt>
                <dd className="text-xl font-semibold">{formatNumber(rule.counts[name])}</dd>
              </div>
            ))}
          </dl>
          {(rule.paused ?? rule.lastProblem) && (
            <p className="flex items-start gap-1.5 text-sm text-danger">
              <AlertTriangle className="mt-0.5 size-4 shrink-0" aria-hidden />
              {rule.paused ? t('rule.pausedFor', { why: reasonText(rule.paused.code) }) : reasonText(rule.lastProblem?.code ?? '')}
            </p>
          )}
          {rule.planning !== null && <p className="text-sm text-ink-3">{t('rule.planning', { count: formatNumber(rule.planning) })}</p>}
        </Section>
      </div>
    </>
  );
}

function ArchiveButton({ rule }: { rule: Rule }) {
  const refresh = useRefreshRules();
  const params = { id: rule.id };
  const restore = useMutation({
    mutationFn: () => call('restoreRule', { params }),
    onSuccess: refresh,
    onError: (error) => failed(problemText(error)),
  });
  const archive = useMutation({
    mutationFn: () => call('archiveRule', { params }),
    onSuccess: () => {
      done(t('rule.archivedDone', { name: rule.name }), () => restore.mutate());
      return refresh();
    },
    onError: (error) => failed(problemText(error)),
  });
  if (rule.archivedAt)
    return (
      <Button busy={restore.isPending} onClick={() => restore.mutate()}>
        {t('rule.restore')}
      </Button>
    );
  return (
    <Button look="quietDanger" busy={archive.isPending} onClick={() => archive.mutate()}>
      <Archive className="size-4" aria-hidden /> {t('rule.archive')}
    </Button>
  );
}

const tones: Record<Firing['outcome'], Tone> = { done: 'brand', skipped: 'plain', missed: 'mango', failed: 'danger' };

/** What the rule did: with whom, when, and what came of it. */
function Log({ rule }: { rule: Rule }) {
  const firings = useInfiniteQuery(firingsQuery(rule.id));
  const rows = firings.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Section title={t('rule.log')}>
      {firings.isPending && <Loading rows={4} className="px-0" />}
      {firings.isError && <Failure error={firings.error} retry={() => void firings.refetch()} />}
      {firings.isSuccess && rows.length === 0 && (
        <Empty icon={<History className="size-6" />} title={t('rule.noLog')} className="py-8!">
          {t('rule.noLogLead')}
        </Empty>
      )}
      <ul>
        {rows.map((firing) => (
          <li key={firing.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 text-sm first:border-t-0">
            <Badge tone={tones[firing.outcome]}>{t(`rule.outcome.${firing.outcome}`)}</Badge>
            {firing.customerId && (
              <Link
                to="/customers/$id"
                params={{ id: firing.customerId }}
                className="min-w-0 font-semibold break-words hover:text-brand"
                dir="auto"
              >
                {firing.customerName}
              </Link>
            )}
            <span className="min-w-0 grow text-ink-2">
              {firing.reason ? reasonText(firing.reason) : firing.made.map(({ kind }) => t(`rule.made.${kind}`)).join(' · ')}
            </span>
            <time dateTime={firing.at} className="tnum text-ink-3">
              {formatDateTime(firing.at)}
            </time>
          </li>
        ))}
      </ul>
      {firings.hasNextPage && (
        <div className="flex justify-center border-t border-line p-2">
          <ShowMore of={firings} look="ghost" />
        </div>
      )}
    </Section>
  );
}
