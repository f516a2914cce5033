import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ClipboardPaste, FileSpreadsheet, FileUp, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { formatAgo, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { tick } from '../start/checklist.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Field, Textarea } from '../ui/field.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { importsQuery } from './queries.ts';
import { messyFile } from './sample.ts';

type Target = 'customers' | 'interactions';
const maxBytes = 100 * 1024 * 1024;
const longestName = 200;
/** Beyond what a request takes, pasted cells go the way of a file: a browser would cut them off in silence. */
const isLong = (text: string) => new Blob([text]).size > 200_000;

/** Begins an import: the file goes straight to the bucket, pasted cells with the request. */
async function begin({ target, file, text }: { target: Target; file?: File; text?: string }): Promise<string> {
  const name = (file?.name ?? t('import.pastedName')).slice(0, longestName);
  const made = await call('createImport', { body: { target, name, ...(text && { text }) } });
  if (file) {
    if (!made.upload) throw new CrmProblem('internal', 0);
    const body = new FormData();
    for (const [field, value] of Object.entries(made.upload.fields)) body.append(field, value);
    body.append('file', file);
    const response = await fetch(made.upload.url, { method: 'POST', body }).catch(() => undefined);
    if (!response?.ok) throw new CrmProblem('gateway', response?.status ?? 0);
  }
  await call('inspectImport', { params: { id: made.id }, body: {} });
  return made.id;
}

/** Where imports begin, and those there were. */
export function ImportsPage() {
  const can = useCan();
  if (!can.any('imports', 'read')) return <ForbiddenPage title={t('nav.imports')} />;
  return (
    <>
      <PageHeader title={t('nav.imports')} lead={t('import.lead')} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
        {can.any('imports', 'write') && <Begin />}
        <Before />
      </div>
    </>
  );
}

function Begin() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [target, setTarget] = useState<Target>('customers');
  const [tooBig, setTooBig] = useState(false);
  const start = useMutation({
    mutationFn: begin,
    onSuccess: async (id) => {
      tick('import');
      await queryClient.invalidateQueries({ queryKey: ['imports'] });
      void navigate({ to: '/imports/$id', params: { id } });
    },
  });
  const take = (file: File | undefined) => {
    setTooBig(Boolean(file && file.size > maxBytes));
    if (file && file.size <= maxBytes) start.mutate({ target, file });
  };
  const paste = (text: string) =>
    start.mutate({ target, ...(isLong(text) ? { file: new File([text], `${t('import.pastedName')}.txt`) } : { text }) });
  return (
    <section aria-label={t('import.new')} className="grid gap-5 rounded-xl border border-line bg-surface p-5 shadow-sm">
      <Segmented
        label={t('import.target')}
        value={target}
        onChange={setTarget}
        options={[
          { value: 'customers', label: t('nav.customers') },
          { value: 'interactions', label: t('customer.interactions') },
        ]}
      />
      <DropZone busy={start.isPending} withSample={target === 'customers'} onTake={take} />
      <PasteForm busy={start.isPending} onPaste={paste} />
      {(start.isError || tooBig) && (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {tooBig ? t('import.tooBig') : problemText(start.error)}
        </p>
      )}
    </section>
  );
}

/** A place to drop a file on, and a button that chooses one. */
function DropZone({ busy, withSample, onTake }: { busy: boolean; withSample: boolean; onTake: (file: File | undefined) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button below is the first
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onTake(event.dataTransfer.files[0]);
      }}
      className={cx(
        'grid justify-items-center gap-3 rounded-xl border-2 border-dashed px-6 py-10 text-center transition-colors',
        over ? 'border-brand bg-brand-soft' : 'border-line',
      )}
    >
      <FileSpreadsheet className="size-9 text-brand" aria-hidden />
      <p className="font-semibold">{t('import.drop')}</p>
      <p className="text-sm text-ink-2">{t('import.formats')}</p>
      <Button look="primary" busy={busy} onClick={() => input.current?.click()}>
        <Upload className="size-4" aria-hidden /> {t('import.choose')}
      </Button>
      <FileInput
        ref={input}
        label={t('import.choose')}
        accept=".csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values"
        onChoose={([file]) => onTake(file)}
      />
      {withSample && (
        <Button look="ghost" disabled={busy} onClick={() => onTake(messyFile())}>
          {t('import.tryMessy')}
        </Button>
      )}
    </div>
  );
}

function PasteForm({ busy, onPaste }: { busy: boolean; onPaste: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <details className="group">
      <summary className="hit flex items-center gap-2 text-sm font-semibold text-ink-2">
        <ClipboardPaste className="size-4" aria-hidden /> {t('import.paste')}
      </summary>
      <form
        className="mt-2 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onPaste(text);
        }}
      >
        <Field label={t('import.pasteLabel')} hint={t('import.pasteHint')}>
          <Textarea rows={6} required value={text} onChange={(event) => setText(event.target.value)} className="font-mono text-sm" />
        </Field>
        <Button type="submit" className="justify-self-start" busy={busy} disabled={!text.trim()}>
          {t('import.continue')}
        </Button>
      </form>
    </details>
  );
}

const tones: Record<string, Tone> = {
  done: 'brand',
  failed: 'danger',
  running: 'sky',
  validating: 'sky',
  undoing: 'mango',
  undone: 'plain',
  draft: 'plain',
  validated: 'mango',
};

export function StateBadge({ state }: { state: string }) {
  return <Badge tone={tones[state] ?? 'plain'}>{t(`job.${state as 'done'}`)}</Badge>;
}

function Before() {
  const imports = useQuery(importsQuery);
  const { name } = useMembers();
  return (
    <section aria-labelledby="before" className="rounded-xl border border-line bg-surface shadow-sm">
      <h2 id="before" className="px-5 pt-4 pb-2 text-sm font-semibold text-ink-2">
        {t('import.before')}
      </h2>
      {imports.isPending && <Loading rows={3} />}
      {imports.isError && <Failure error={imports.error} retry={() => void imports.refetch()} />}
      {imports.data?.data.length === 0 && (
        <Empty icon={<FileUp className="size-6" />} title={t('import.none')} className="py-8">
          {t('import.noneLead')}
        </Empty>
      )}
      <ul>
        {imports.data?.data.map((each) => (
          <li key={each.id} className="border-t border-line">
            <Link
              to="/imports/$id"
              params={{ id: each.id }}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3 hover:bg-hover/60"
            >
              <span className="min-w-0 grow">
                <span className="block truncate font-semibold" dir="auto">
                  {each.name}
                </span>
                <span className="block text-sm text-ink-3">
                  {t(each.target === 'customers' ? 'nav.customers' : 'customer.interactions')} · {formatAgo(each.createdAt)} ·{' '}
                  <bdi>{name(each.memberId)}</bdi>
                </span>
              </span>
              {each.total !== null && <span className="tnum text-sm text-ink-2">{formatNumber(each.total)}</span>}
              <StateBadge state={each.state} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
