import { useMutation, useQuery } from '@tanstack/react-query';
import { Download, FileDown } from 'lucide-react';
import { useState } from 'react';
import { type Call, call } from '../api/client.ts';
import { formatNumber } from '../i18n/format.ts';
import { currentLanguage, t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Progress } from '../ui/progress.tsx';

type Asked = Call<'createExport'>['body'];
type Target = Asked['target'];
type Delimiter = ',' | ';' | '\t';

/** What is exported: the targets that may be chosen, and all that is asked for beside them. */
export type Exported = { targets: readonly Target[]; asked: Omit<Asked, 'target' | 'delimiter'>; lead: string; button?: string };

/** Exports what a screen shows, all of it and not only the loaded rows, as a file that a spreadsheet opens. */
export function ExportButton(exported: Exported) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <FileDown className="size-4" aria-hidden /> {exported.button ?? t('export.button')}
      </Button>
      {open && <ExportDialog {...exported} onClose={() => setOpen(false)} />}
    </>
  );
}

const names = (): Record<Target, string> => ({
  customers: t('nav.customers'),
  interactions: t('customer.interactions'),
  recipients: t('run.recipients'),
  letters: t('export.letters'),
  responses: t('export.responses'),
});

function ExportDialog({ targets, asked, lead, onClose }: Exported & { onClose: () => void }) {
  const [target, setTarget] = useState<Target>(targets[0] ?? 'customers');
  // Where a comma is the decimal sign, spreadsheets part columns by semicolons.
  const [delimiter, setDelimiter] = useState<Delimiter>(currentLanguage() === 'fr' ? ';' : ',');
  const start = useMutation({
    mutationFn: () => call('createExport', { body: { ...asked, target, delimiter } }),
    onSuccess: () => tick('export'),
  });
  const id = start.data?.id;
  const job = useQuery({
    queryKey: ['export', id],
    queryFn: ({ signal }) => call('getExport', { params: { id: id ?? '' }, signal }),
    enabled: Boolean(id),
    refetchInterval: ({ state }) => (state.data && ['done', 'failed'].includes(state.data.state) ? false : 1_000),
  });
  const failure = start.error ?? job.error;
  const state = job.data?.state ?? start.data?.state;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('export.title')}
      lead={lead}
      footer={
        state === 'done' && job.data?.file ? (
          <a href={job.data.file.url} download={job.data.file.name} className={buttonClass('primary')} onClick={onClose}>
            <Download className="size-4" aria-hidden /> {t('export.download')}
          </a>
        ) : (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            {!id && (
              <Button look="primary" busy={start.isPending} onClick={() => start.mutate()}>
                {t('export.start')}
              </Button>
            )}
          </>
        )
      }
    >
      {!id && (
        <div className="grid gap-4">
          {targets.length > 1 && (
            <Field label={t('export.what')}>
              <Select value={target} onChange={(event) => setTarget(event.target.value as Target)}>
                <Options of={targets} words={(each) => names()[each]} />
              </Select>
            </Field>
          )}
          <Field label={t('export.delimiter')} hint={t('export.delimiterHint')}>
            <Select value={delimiter} onChange={(event) => setDelimiter(event.target.value as Delimiter)}>
              <option value=",">{t('delimiter.comma')}</option>
              <option value=";">{t('delimiter.semicolon')}</option>
              <option value={'\t'}>{t('delimiter.tab')}</option>
            </Select>
          </Field>
        </div>
      )}
      {id && state !== 'failed' && (
        <div className="grid gap-2" aria-live="polite">
          <Progress
            label={t('export.title')}
            done={job.data?.done ?? 0}
            total={state === 'done' ? (job.data?.done ?? 0) : (job.data?.total ?? null)}
          />
          <p className="tnum text-sm text-ink-2">
            {state === 'done'
              ? t('export.done', { count: job.data?.done ?? 0 })
              : t('export.running', { done: formatNumber(job.data?.done ?? 0) })}
          </p>
        </div>
      )}
      {(failure ?? state === 'failed') && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {failure ? problemText(failure) : t('export.failed')}
        </p>
      )}
    </Dialog>
  );
}
