import { Download, FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { type Answer, call } from '../api/client.ts';
import { formatNumber } from '../i18n/format.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import type { List } from '../segments/queries.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { FileInput } from '../ui/file-input.tsx';
import { Options } from '../ui/options.tsx';
import { Progress } from '../ui/progress.tsx';
import { columnsOf, missesFile, piecesOf } from './columns.ts';

type Added = Answer<'addListMembers'>;
type By = 'auto' | 'email' | 'phone' | 'key' | 'id';
const mostFileBytes = 10_000_000;

/** Puts a pasted column or a file on a list, and tells of every line that led to nobody. */
export function PasteDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const [text, setText] = useState('');
  const [by, setBy] = useState<By>('auto');
  const [source, setSource] = useState('');
  const [column, setColumn] = useState(0);
  const [sent, setSent] = useState<{ lines: number; of: number }>();
  const [result, setResult] = useState<Added>();
  const [problem, setProblem] = useState<string>();
  const table = columnsOf(text);
  const lines = table.rows.map((row) => row[column] ?? '').join('\n');

  const send = async () => {
    setProblem(undefined);
    const pieces = piecesOf(lines, by === 'phone' ? 500 : 5_000);
    const sum: Added = { lines: 0, added: 0, already: 0, misses: [], jobId: null };
    try {
      let before = 0;
      for (const piece of pieces) {
        setSent({ lines: before, of: table.rows.length });
        const body = { text: piece.text, ...(by !== 'auto' && { by }), ...(source.trim() && { source: source.trim() }) };
        const part = await call('addListMembers', { params: { id: list.id }, body });
        sum.lines += part.lines;
        sum.added += part.added;
        sum.already += part.already;
        sum.jobId = part.jobId ?? sum.jobId;
        const from = before;
        sum.misses.push(...part.misses.map((miss) => ({ ...miss, line: miss.line + from })));
        before += piece.lines;
      }
      setResult(sum);
    } catch (error) {
      setProblem(problemText(error));
      if (sum.lines > 0) setResult(sum);
    } finally {
      setSent(undefined);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={t('list.paste')}
      lead={t('list.pasteLead')}
      footer={
        result ? (
          <Button look="primary" onClick={onClose}>
            {t('common.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button look="primary" disabled={lines.trim() === ''} busy={sent !== undefined} onClick={() => void send()}>
              {t('list.putOn', { count: table.rows.length })}
            </Button>
          </>
        )
      }
    >
      {problem && (
        <p role="alert" className="mb-3 text-sm text-danger">
          {problem}
        </p>
      )}
      {result ? (
        <Report result={result} name={list.name} />
      ) : (
        <div className="grid gap-4">
          <Source
            text={text}
            setText={(next) => {
              setText(next);
              setColumn(0);
            }}
            onProblem={setProblem}
          />
          <div className="grid gap-3 sm:grid-cols-3">
            {table.width > 1 && (
              <Field label={t('list.column')}>
                <Select value={column} onChange={(event) => setColumn(Number(event.target.value))}>
                  <Options
                    of={Array.from({ length: table.width }, (_, at) => at)}
                    words={(at) => table.rows[0]?.[at] || t('list.columnNumber', { number: at + 1 })}
                  />
                </Select>
              </Field>
            )}
            <Field label={t('list.by')}>
              <Select value={by} onChange={(event) => setBy(event.target.value as By)}>
                <Options of={['auto', 'email', 'phone', 'key', 'id'] as const} words={(each) => t(`list.by.${each}`)} />
              </Select>
            </Field>
            {(by === 'auto' || by === 'key') && (
              <Field label={t('list.source')} hint={t('list.sourceHint')}>
                <Input value={source} pattern="[a-z][a-z0-9\-]{0,39}" maxLength={40} onChange={(event) => setSource(event.target.value)} />
              </Field>
            )}
          </div>
          {sent && <Progress label={t('list.looking')} done={sent.lines} total={sent.of} />}
        </div>
      )}
    </Dialog>
  );
}

function Source({
  text,
  setText,
  onProblem,
}: {
  text: string;
  setText: (text: string) => void;
  onProblem: (problem: string | undefined) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > mostFileBytes) return onProblem(t('list.fileTooBig'));
    onProblem(undefined);
    setText(await file.text());
  };
  return (
    <div className="grid gap-2">
      <Field label={t('list.lines')} hint={t('list.linesHint')}>
        <Textarea rows={8} value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} />
      </Field>
      <div>
        <Button onClick={() => input.current?.click()}>
          <FileUp className="size-4" aria-hidden /> {t('list.file')}
        </Button>
        <FileInput
          ref={input}
          label={t('list.file')}
          accept=".txt,.csv,.tsv,text/plain,text/csv,text/tab-separated-values"
          onChoose={([file]) => void take(file)}
        />
      </div>
    </div>
  );
}

const mostShown = 100;

function Report({ result, name }: { result: Added; name: string }) {
  const { misses } = result;
  const reason = (code: string) => t(`list.miss.${code}` as MessageKey);
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([missesFile(misses, reason)], { type: 'text/csv;charset=utf-8' }));
    link.download = `${name}-${t('list.missesFile')}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="grid gap-4" aria-live="polite">
      <p className="text-lg font-semibold">{t('list.wasPut', { count: result.added })}</p>
      {result.jobId && <p className="text-sm text-ink-2">{t('list.jobWrites')}</p>}
      {result.already > 0 && <p className="text-sm text-ink-2">{t('list.already', { count: result.already })}</p>}
      {misses.length > 0 && (
        <section className="grid gap-2" aria-label={t('list.misses')}>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="font-semibold">{t('list.missed', { count: misses.length })}</h3>
            <Button onClick={download}>
              <Download className="size-4" aria-hidden /> {t('list.missesDownload')}
            </Button>
          </div>
          <ul className="grid max-h-72 overflow-y-auto rounded-lg border border-line">
            {misses.slice(0, mostShown).map((miss) => (
              <li
                key={miss.line}
                className="grid grid-cols-[4rem_minmax(0,1fr)_auto] gap-3 border-b border-line px-3 py-1.5 text-sm last:border-b-0"
              >
                <span className="tnum text-ink-3">{formatNumber(miss.line)}</span>
                <bdi className="truncate">{miss.text}</bdi>
                <span className="text-ink-2">{reason(miss.reason)}</span>
              </li>
            ))}
          </ul>
          {misses.length > mostShown && <p className="text-sm text-ink-3">{t('list.missesMore', { count: misses.length - mostShown })}</p>}
        </section>
      )}
    </div>
  );
}
