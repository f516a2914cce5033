import { useState } from 'react';
import { customerFields, encodings, interactionFields, matches, onMatches } from '../../../functions/imports/fields.ts';
import { type Call, call } from '../api/client.ts';
import { useMe } from '../auth/me.ts';
import { wordsOf } from '../customers/list-editors.tsx';
import { formatNumber } from '../i18n/format.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { channelList, channelName } from '../interactions/channels.tsx';
import { topicName } from '../segments/words.ts';
import { Button } from '../ui/button.tsx';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import type { Act } from './import-page.tsx';
import type { ImportDetail } from './queries.ts';

type Mapping = NonNullable<ImportDetail['mapping']>;
type Patch = Call<'updateImport'>['body'];
type FileSettings = NonNullable<ImportDetail['file']>;
type Column = Mapping['columns'][number];

const consentChannels = ['email', 'sms', 'call', 'letter'] as const;

/** What was detected, what each column is, and how a row is known again. All suggested, all changeable. */
export function MapStep({ detail, busy, act }: { detail: ImportDetail; busy: boolean; act: Act }) {
  const { id, inspection } = detail;
  const [file, setFile] = useState(detail.file);
  const [mapping, setMapping] = useState(detail.mapping);
  const [match, setMatch] = useState(detail.match ?? 'key');
  const [onMatch, setOnMatch] = useState(detail.onMatch ?? 'update');
  if (!inspection || !file || !mapping) return null;
  const changeMapping = (change: Partial<Mapping>) => setMapping({ ...mapping, ...change });
  const check = () =>
    act(async () => {
      const { encoding: _, delimiter: __, header: ___, ...rest } = file;
      const saved = await call('updateImport', {
        params: { id },
        version: detail.version,
        body: { file: rest, mapping, match, onMatch } as Patch,
      });
      await call('dryRunImport', { params: { id } });
      return saved;
    });
  const readAgain = (change: Partial<FileSettings>) => {
    // What nobody said is found out anew: with another delimiter there are other dates, numbers and words for nothing.
    const said = Object.entries(file).filter(([name, value]) => String(value) !== String(detail.file?.[name as keyof FileSettings]));
    setFile({ ...file, ...change });
    act(() => call('inspectImport', { params: { id }, body: { ...Object.fromEntries(said), ...change } }));
  };
  const used = mapping.columns.some((column) => column !== null);
  return (
    <form
      className="grid items-start gap-5 xl:grid-cols-[20rem_minmax(0,1fr)]"
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <div className="grid gap-5">
        <Detected detail={detail} file={file} onChange={setFile} onReadAgain={readAgain} />
        <Known
          target={detail.target}
          mapping={mapping}
          match={match}
          onMatch={onMatch}
          setMatch={setMatch}
          setOnMatch={setOnMatch}
          changeMapping={changeMapping}
        />
      </div>
      <div className="grid gap-4">
        <Columns detail={detail} mapping={mapping} onChange={(columns) => changeMapping({ columns })} />
        <div className="flex justify-end">
          <Button look="primary" type="submit" busy={busy} disabled={!used}>
            {t('import.check')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Detected({
  detail,
  file,
  onChange,
  onReadAgain,
}: {
  detail: ImportDetail;
  file: FileSettings;
  onChange: (file: FileSettings) => void;
  onReadAgain: (change: Partial<FileSettings>) => void;
}) {
  const text = detail.inspection?.format === 'text';
  return (
    <Section title={t('import.detected')}>
      <div className="grid gap-3 pb-2">
        <p className="tnum text-sm text-ink-2">
          {t('import.found', { rows: detail.inspection?.rows ?? 0, columns: detail.inspection?.columns.length ?? 0 })}
          {Boolean(detail.inspection?.ragged) && ` ${t('import.ragged', { count: detail.inspection?.ragged ?? 0 })}`}
        </p>
        {text && (
          <div className="grid grid-cols-2 gap-3">
            <Field label={t('import.encoding')}>
              <Select
                value={file.encoding}
                onChange={(event) => onReadAgain({ encoding: event.target.value as FileSettings['encoding'] })}
                dir="ltr"
              >
                <Options of={encodings} />
              </Select>
            </Field>
            <Field label={t('export.delimiter')}>
              <Select
                value={file.delimiter}
                onChange={(event) => onReadAgain({ delimiter: event.target.value as FileSettings['delimiter'] })}
              >
                <option value=",">{t('delimiter.comma')}</option>
                <option value=";">{t('delimiter.semicolon')}</option>
                <option value={'\t'}>{t('delimiter.tab')}</option>
                <option value="|">{t('delimiter.bar')}</option>
              </Select>
            </Field>
          </div>
        )}
        <Check checked={file.header} onChange={(event) => onReadAgain({ header: event.target.checked })}>
          {t('import.header')}
        </Check>
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('import.dateOrder')}>
            <Select
              value={file.dateOrder}
              onChange={(event) => onChange({ ...file, dateOrder: event.target.value as FileSettings['dateOrder'] })}
            >
              <Options of={['dmy', 'mdy', 'ymd'] as const} words={(order) => t(`dateOrder.${order}`)} />
            </Select>
          </Field>
          <Field label={t('import.decimal')}>
            <Select value={file.decimal} onChange={(event) => onChange({ ...file, decimal: event.target.value as '.' | ',' })}>
              <option value=".">1234.5</option>
              <option value=",">1234,5</option>
            </Select>
          </Field>
        </div>
        <Check checked={file.buddhistYears} onChange={(event) => onChange({ ...file, buddhistYears: event.target.checked })}>
          {t('import.buddhist')}
        </Check>
        <Field label={t('import.nullWords')} hint={t('field.commas')}>
          <Input
            defaultValue={file.nullWords.join(', ')}
            dir="ltr"
            onChange={(event) => onChange({ ...file, nullWords: wordsOf(event.target.value).slice(0, 20) })}
          />
        </Field>
      </div>
    </Section>
  );
}

type KnownProps = {
  target: ImportDetail['target'];
  mapping: Mapping;
  match: 'key' | 'email' | 'none';
  onMatch: 'skip' | 'update' | 'create';
  setMatch: (match: 'key' | 'email' | 'none') => void;
  setOnMatch: (onMatch: 'skip' | 'update' | 'create') => void;
  changeMapping: (change: Partial<Mapping>) => void;
};

function Known({ target, mapping, match, onMatch, setMatch, setOnMatch, changeMapping }: KnownProps) {
  return (
    <Section title={t('import.rules')}>
      <div className="grid gap-3 pb-2">
        {target === 'customers' && (
          <Field label={t('import.kind')}>
            <Select value={mapping.kind} onChange={(event) => changeMapping({ kind: event.target.value as 'person' | 'company' })}>
              <option value="person">{t('kind.person')}</option>
              <option value="company">{t('kind.company')}</option>
            </Select>
          </Field>
        )}
        <Field label={t('import.source')} hint={t('import.sourceHint')}>
          <Input
            value={mapping.source}
            dir="ltr"
            required
            pattern="[a-z][a-z0-9\-]{0,39}"
            onChange={(event) => changeMapping({ source: event.target.value })}
          />
        </Field>
        {target === 'customers' && (
          <>
            <Field label={t('import.match')}>
              <Select value={match} onChange={(event) => setMatch(event.target.value as typeof match)}>
                <Options of={matches} words={(each) => t(`match.${each}`)} />
              </Select>
            </Field>
            {match !== 'none' && (
              <Field label={t('import.onMatch')}>
                <Select value={onMatch} onChange={(event) => setOnMatch(event.target.value as typeof onMatch)}>
                  <Options of={onMatches} words={(each) => t(`onMatch.${each}`)} />
                </Select>
              </Field>
            )}
            <Field label={t('import.tags')} hint={t('field.commas')}>
              <Input
                defaultValue={mapping.tags.join(', ')}
                onChange={(event) => changeMapping({ tags: wordsOf(event.target.value).slice(0, 10) })}
              />
            </Field>
          </>
        )}
        {target === 'interactions' && (
          <Field label={t('import.defaultChannel')}>
            <Select
              value={mapping.defaults.channel ?? ''}
              onChange={(event) => changeMapping({ defaults: { ...mapping.defaults, channel: event.target.value || undefined } })}
            >
              <option value="">–</option>
              <Options of={channelList} words={channelName} />
            </Select>
          </Field>
        )}
      </div>
    </Section>
  );
}

function Columns({ detail, mapping, onChange }: { detail: ImportDetail; mapping: Mapping; onChange: (columns: Column[]) => void }) {
  const { workspace } = useMe();
  const fields = detail.target === 'customers' ? customerFields : interactionFields;
  const custom = detail.target === 'customers' ? workspace.fields : [];
  const consents =
    detail.target === 'customers'
      ? consentChannels.flatMap((channel) => [...workspace.consentTopics, 'transactional'].map((topic) => ({ channel, topic })))
      : [];
  const set = (at: number, field: string) =>
    onChange(mapping.columns.map((column, index) => (index === at ? ((field || null) as Column) : column)));
  const left = mapping.columns.filter((column) => column === null).length;
  return (
    <section aria-labelledby="columns" className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
      <header className="flex flex-wrap items-baseline justify-between gap-2 px-4 py-3">
        <h2 id="columns" className="text-sm font-semibold text-ink-2">
          {t('import.columns')}
        </h2>
        {left > 0 && <p className="tnum text-sm text-ink-3">{t('import.leftOut', { count: left })}</p>}
      </header>
      <ul>
        {detail.inspection?.columns.map((column, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place, two may have one header
            key={at}
            className="grid items-center gap-x-4 gap-y-1.5 border-t border-line px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,15rem)]"
          >
            <div className="min-w-0">
              <p className="font-semibold" dir="auto">
                {column.header || t('import.column', { number: formatNumber(at + 1) })}
              </p>
              <p className="truncate text-sm text-ink-3" dir="auto">
                {column.samples.join(' · ') || t('history.empty')}
              </p>
            </div>
            <Select
              aria-label={t('import.columnIs', { column: column.header })}
              value={mapping.columns[at] ?? ''}
              onChange={(event) => set(at, event.target.value)}
              className={mapping.columns[at] ? '' : 'text-ink-3'}
            >
              <option value="">{t('import.leaveOut')}</option>
              <Options of={fields} words={(field) => t(`importField.${field}` as MessageKey)} />
              {consents.map(({ channel, topic }) => (
                <option key={`${channel}.${topic}`} value={`consent.${channel}.${topic}`}>
                  {t('import.consent', { channel: channelName(channel), topic: topicName(topic) })}
                </option>
              ))}
              {custom.map((field) => (
                <option key={field.key} value={`custom.${field.key}`}>
                  {field.label}
                </option>
              ))}
            </Select>
          </li>
        ))}
      </ul>
    </section>
  );
}
