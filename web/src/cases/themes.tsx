import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Lightbulb, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { type Theme, themesQuery } from './queries.ts';
import { ThemeAnswers } from './theme-answers.tsx';

const states = ['open', 'planned', 'done', 'declined'] as const;
const tones: Record<Theme['state'], Tone> = { open: 'mango', planned: 'sky', done: 'brand', declined: 'plain' };

/** What several cases and answers are about, and what becomes of it. */
export function Themes() {
  const can = useCan();
  const asked = useQuery(themesQuery);
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: themesQuery.queryKey });
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () => call('createTheme', { body: { name: name.trim() } }),
    onSuccess: async () => {
      setName('');
      await refresh();
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <div className="grid gap-4">
      {can.any('cases', 'write') && (
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) make.mutate();
          }}
        >
          <Field label={t('theme.new')} className="grow basis-60 sm:max-w-96">
            <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Button type="submit" busy={make.isPending} disabled={!name.trim()}>
            <Plus className="size-4" aria-hidden /> {t('theme.make')}
          </Button>
        </form>
      )}
      {asked.isPending && <Loading rows={4} />}
      {asked.isError && !asked.data && <Failure error={asked.error} retry={() => void asked.refetch()} />}
      {asked.data?.data.length === 0 && (
        <Empty icon={<Lightbulb className="size-6" />} title={t('theme.none')}>
          {t('theme.noneLead')}
        </Empty>
      )}
      {asked.data && asked.data.data.length > 0 && (
        <ul className="grid gap-3 xl:grid-cols-2" aria-label={t('cases.view.themes')}>
          {asked.data.data.map((theme) => (
            <li key={theme.id} className="grid">
              <ThemeCard theme={theme} onChange={refresh} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ThemeCard({ theme, onChange }: { theme: Theme; onChange: () => Promise<unknown> }) {
  const can = useCan();
  const mayDraft = can.any('campaigns', 'write') && theme.customers > 0 && !theme.campaignId;
  const [draft, setDraft] = useState(true);
  const [renaming, setRenaming] = useState(false);
  const move = useMutation({
    mutationFn: (state: Theme['state']) =>
      call('moveTheme', {
        params: { id: theme.id },
        body: { state, draft: draft && mayDraft && (state === 'done' || state === 'declined') },
      }),
    onSuccess: async (moved) => {
      done(moved.campaignId && !theme.campaignId ? t('theme.drafted') : t('theme.moved', { state: t(`theme.state.${moved.state}`) }));
      await onChange();
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <article className="grid content-start gap-2 rounded-xl border border-line bg-surface px-4 py-3 shadow-sm">
      <header className="flex items-start gap-3">
        {renaming ? (
          <RenameTheme theme={theme} onDone={() => setRenaming(false)} onChange={onChange} />
        ) : (
          <h2 className="min-w-0 grow self-center text-base font-semibold">
            <Link to="/cases" search={{ themeId: theme.id, state: 'any' }} className="break-words hover:text-brand" dir="auto">
              {theme.name}
            </Link>
          </h2>
        )}
        {can.any('cases', 'write') && !renaming && (
          <IconButton label={t('theme.edit')} className="-my-1.5" onClick={() => setRenaming(true)}>
            <Pencil className="size-4" aria-hidden />
          </IconButton>
        )}
        <Badge tone={tones[theme.state]}>{t(`theme.state.${theme.state}`)}</Badge>
      </header>
      <p className="tnum text-sm text-ink-2">
        {t('theme.raised', { cases: theme.cases, responses: theme.responses, customers: theme.customers })}
      </p>
      {theme.responses > 0 && can.any('surveys', 'read') && <ThemeAnswers themeId={theme.id} />}
      {theme.campaignId && can.any('campaigns', 'read') && (
        <Link
          to="/campaigns/$id"
          params={{ id: theme.campaignId }}
          search={{}}
          className="hit inline-flex items-center text-sm text-brand underline"
        >
          {t('theme.campaign')}
        </Link>
      )}
      {can.any('cases', 'write') && (
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <Field label={t('case.state')} className="basis-40">
            <Select value={theme.state} disabled={move.isPending} onChange={(event) => move.mutate(event.target.value as Theme['state'])}>
              <Options of={states} words={(state) => t(`theme.state.${state}`)} />
            </Select>
          </Field>
          {mayDraft && (
            <Check checked={draft} onChange={(event) => setDraft(event.target.checked)}>
              {t('theme.draft')}
            </Check>
          )}
        </div>
      )}
    </article>
  );
}

function RenameTheme({ theme, onDone, onChange }: { theme: Theme; onDone: () => void; onChange: () => Promise<unknown> }) {
  const [name, setName] = useState(theme.name);
  const rename = useMutation({
    mutationFn: () => call('updateTheme', { params: { id: theme.id }, version: theme.version, body: { name: name.trim() } }),
    onError: (error) => failed(problemText(error)),
    onSuccess: async () => {
      await onChange();
      onDone();
    },
  });
  return (
    <form
      className="flex min-w-0 grow flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === theme.name) onDone();
        else if (name.trim()) rename.mutate();
      }}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <Field label={t('theme.name')} hideLabel className="grow basis-40">
        <Input value={name} maxLength={100} autoFocus onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button type="submit" busy={rename.isPending} disabled={!name.trim()}>
        {t('common.save')}
      </Button>
    </form>
  );
}
