import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileText, Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan, useMe } from '../auth/me.ts';
import { formatList, languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { languages } from '../i18n/languages.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { FormAlert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { type Template, templatesQuery, variablesQuery } from './queries.ts';
import { VariableName } from './variable-name.tsx';

/** Languages as the product lists them, then any other. */
const order = Object.keys(languages);
const inOrder = (written: string[]) => written.toSorted((a, b) => (order.indexOf(a) + 1 || 99) - (order.indexOf(b) + 1 || 99));

/** Texts that members use again when they write to a customer. */
export function TemplatesSettings() {
  const can = useCan();
  const templates = useQuery(templatesQuery);
  const queryClient = useQueryClient();
  const [editing, setEditing] = useState<Template | 'new'>();
  const mayWrite = can.any('campaigns', 'write');
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['message-templates'] });
  const restore = (id: string) => void call('restoreTemplate', { params: { id } }).then(refresh, (error) => failed(problemText(error)));
  const archive = (id: string) =>
    void call('archiveTemplate', { params: { id } }).then(
      () => {
        done(t('template.archived'), () => restore(id));
        return refresh();
      },
      (error) => failed(problemText(error)),
    );
  const add = mayWrite && (
    <Button look="primary" onClick={() => setEditing('new')}>
      <Plus className="size-4" aria-hidden /> {t('template.add')}
    </Button>
  );
  return (
    <Section title={t('template.title')} aside={add}>
      {templates.isPending && <Loading rows={3} className="px-0" />}
      {templates.isError && !templates.data && <Failure error={templates.error} retry={() => void templates.refetch()} />}
      {templates.data?.data.length === 0 && (
        <Empty icon={<FileText className="size-6" />} title={t('template.none')}>
          {t('template.noneLead')}
        </Empty>
      )}
      <ul>
        {templates.data?.data.map((template) => (
          <li key={template.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2.5 first:border-t-0">
            <div className="min-w-0 grow basis-48">
              <p className="flex flex-wrap items-center gap-2">
                <bdi className="font-semibold">{template.name}</bdi> <Badge>{t(`channel.${template.channel}`)}</Badge>
              </p>
              <p className="text-sm text-ink-3">{formatList(inOrder(Object.keys(template.texts)).map(languageName))}</p>
            </div>
            {mayWrite && <Button onClick={() => setEditing(template)}>{t('members.edit')}</Button>}
            {mayWrite && (
              <Button look="ghost" onClick={() => archive(template.id)}>
                {t('customer.archive')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {editing && <TemplateDialog template={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Section>
  );
}

type Texts = Record<string, { subject: string; body: string }>;

function TemplateDialog({ template, onClose }: { template: Template | undefined; onClose: () => void }) {
  const { workspace } = useMe();
  const queryClient = useQueryClient();
  const first = Object.keys(template?.texts ?? {})[0] ?? workspace.language;
  const [name, setName] = useState(template?.name ?? '');
  const [channel, setChannel] = useState<Template['channel']>(template?.channel ?? 'email');
  const [language, setLanguage] = useState(first);
  const [texts, setTexts] = useState<Texts>(() =>
    Object.fromEntries(Object.entries(template?.texts ?? {}).map(([code, { subject, body }]) => [code, { subject: subject ?? '', body }])),
  );
  const text = texts[language] ?? { subject: '', body: '' };
  const set = (change: Partial<typeof text>) => setTexts((before) => ({ ...before, [language]: { ...text, ...change } }));
  const written = Object.fromEntries(
    Object.entries(texts)
      .filter(([, { subject, body }]) => subject.trim() || body.trim())
      .map(([code, { subject, body }]) => [code, { subject: channel === 'email' ? subject.trim() || null : null, body: body.trim() }]),
  );
  const save = useMutation({
    mutationFn: () =>
      template
        ? call('updateTemplate', { params: { id: template.id }, version: template.version, body: { name: name.trim(), texts: written } })
        : call('addTemplate', { body: { name: name.trim(), channel, texts: written } }),
    onSuccess: async (saved) => {
      done(t('template.saved', { name: saved.name }));
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['message-templates'] });
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const at = (field: string) => {
    const error = problem?.errors.find(({ pointer }) => pointer === `/texts/${language}/${field}`);
    return error && `${fieldText(error)} ${error.detail}`;
  };
  const elsewhere = problem?.errors.filter(({ pointer }) => !pointer.startsWith(`/texts/${language}/`) && pointer !== '/name') ?? [];
  const offered = [...new Set([...Object.keys(languages), ...Object.keys(texts)])];
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={template ? t('template.edit') : t('template.add')}
      footer={
        <FormFooter form="template" busy={save.isPending} disabled={Object.keys(written).length === 0} onClose={onClose}>
          {t('common.save')}
        </FormFooter>
      }
    >
      <form
        id="template"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('field.name')} error={fieldText(problem?.at('name'))}>
            <Input value={name} required maxLength={100} onChange={(event) => setName(event.target.value)} data-autofocus />
          </Field>
          {template ? null : (
            <Segmented
              label={t('log.channel')}
              value={channel}
              onChange={setChannel}
              options={(['email', 'sms'] as const).map((value) => ({ value, label: t(`channel.${value}`) }))}
            />
          )}
        </div>
        <Field label={t('field.language')} hint={t('template.languages', { count: Object.keys(written).length })}>
          <Select value={language} onChange={(event) => setLanguage(event.target.value)}>
            <Options of={offered} words={(code) => `${languageName(code)}${written[code] ? ' ✓' : ''}`} />
          </Select>
        </Field>
        {channel === 'email' && (
          <Field label={t('log.subject')} error={at('subject')}>
            <Input value={text.subject} maxLength={200} onChange={(event) => set({ subject: event.target.value })} />
          </Field>
        )}
        <Field label={t('message.text')} error={at('body')}>
          <Textarea rows={8} value={text.body} maxLength={10_000} onChange={(event) => set({ body: event.target.value })} />
        </Field>
        <Names />
        {elsewhere.length > 0 && (
          <ul role="alert" className="text-sm text-danger">
            {elsewhere.map((error) => (
              <li key={`${error.pointer}${error.detail}`}>
                <bdi>{error.pointer.replace('/texts/', '').replace('/', ': ')}</bdi> {fieldText(error)}
              </li>
            ))}
          </ul>
        )}
        <FormAlert error={save.error} />
      </form>
    </Dialog>
  );
}

/** What may stand in double braces. */
function Names() {
  const variables = useQuery(variablesQuery);
  return (
    <details className="text-sm text-ink-2">
      <summary className="hit inline-flex items-center font-semibold">{t('template.variables')}</summary>
      <dl className="grid gap-x-4 gap-y-1 pt-1 sm:grid-cols-2">
        {variables.data?.data.map(({ name }) => (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt dir="ltr" className="font-mono text-xs leading-6">{`{{${name}}}`}</dt>
            <dd>
              <VariableName name={name} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
