import { AlertTriangle, Wrench } from 'lucide-react';
import { call } from '../api/client.ts';
import { formatNumber } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Check } from '../ui/field.tsx';
import type { Act } from './import-page.tsx';
import type { ImportDetail } from './queries.ts';

type DryRun = NonNullable<ImportDetail['dryRun']>;

/** What a run would do, before anything is written. */
export function CheckStep({ detail, busy, act, onBack }: { detail: ImportDetail; busy: boolean; act: Act; onBack: () => void }) {
  const { id, dryRun } = detail;
  if (!dryRun) return null;
  const count = dryRun.create + dryRun.update;
  const choose = (body: { repairCommas?: boolean; createCases?: boolean }) =>
    act(async () => {
      await call('updateImport', { params: { id }, version: detail.version, body });
      await call('dryRunImport', { params: { id } });
    });
  return (
    <div className="grid gap-5">
      <Tiles dryRun={dryRun} target={detail.target} />
      {detail.target === 'interactions' && (
        <Check checked={detail.createCases} disabled={busy} onChange={(event) => choose({ createCases: event.target.checked })}>
          {t('import.createCases')}
        </Check>
      )}
      {dryRun.repairable > 0 && (
        <Repair detail={detail} dryRun={dryRun} busy={busy} onChange={(repairCommas) => choose({ repairCommas })} />
      )}
      {dryRun.errors.length > 0 && <RowErrors errors={dryRun.errors} failed={dryRun.failed} />}
      <Sample dryRun={dryRun} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onBack}>{t('import.change')}</Button>
        <Button look="primary" busy={busy} disabled={count === 0} onClick={() => act(() => call('startImport', { params: { id } }))}>
          {t('import.start', { count })}
        </Button>
      </div>
    </div>
  );
}

export function Figure({ label, value, tone }: { label: string; value: number; tone?: 'danger' | 'brand' | undefined }) {
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-3 shadow-sm">
      <dd
        className={cx(
          'tnum text-2xl font-semibold tracking-tight',
          tone === 'danger' && value > 0 && 'text-danger',
          tone === 'brand' && 'text-brand',
        )}
      >
        {formatNumber(value)}
      </dd>
      <dt className="text-sm text-ink-2">{label}</dt>
    </div>
  );
}

function Tiles({ dryRun, target }: { dryRun: DryRun; target: ImportDetail['target'] }) {
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
      <Figure label={t('dryRun.rows')} value={dryRun.rows} />
      {target === 'customers' ? (
        <>
          <Figure label={t('dryRun.companies')} value={dryRun.companies} tone="brand" />
          <Figure label={t('dryRun.people')} value={dryRun.people} tone="brand" />
        </>
      ) : (
        <Figure label={t('dryRun.interactions')} value={dryRun.interactions} tone="brand" />
      )}
      <Figure label={t('dryRun.update')} value={dryRun.update} />
      <Figure label={t('dryRun.skip')} value={dryRun.skip} />
      <Figure label={t('dryRun.failed')} value={dryRun.failed} tone="danger" />
    </dl>
  );
}

/** Rows with a field too many: how they would be put right, and the question whether they shall. */
function Repair({
  detail,
  dryRun,
  busy,
  onChange,
}: {
  detail: ImportDetail;
  dryRun: DryRun;
  busy: boolean;
  onChange: (yes: boolean) => void;
}) {
  const yes = detail.repairCommas;
  return (
    <div className="overflow-clip rounded-xl border border-mango bg-surface shadow-sm">
      <header className="flex flex-wrap items-center gap-3 bg-mango-soft px-4 py-3">
        <Wrench className="size-5 shrink-0 text-mango-ink" aria-hidden />
        <div className="min-w-0 grow basis-60">
          <h2 id="repair" className="font-semibold text-mango-ink">
            {yes ? t('repair.on', { count: dryRun.repairable }) : t('repair.off', { count: dryRun.repairable })}
          </h2>
          <p className="text-sm text-ink-2">{t('repair.lead')}</p>
        </div>
        <Button look={yes ? 'secondary' : 'primary'} busy={busy} onClick={() => onChange(!yes)}>
          {yes ? t('repair.no') : t('repair.yes')}
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="max-h-96 overflow-auto" tabIndex={0} aria-labelledby="repair">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b border-line text-ink-3">
              <th scope="col" className="px-4 py-2 text-start font-medium">
                {t('import.row')}
              </th>
              <th scope="col" className="px-4 py-2 text-start font-medium">
                {t('repair.column')}
              </th>
              <th scope="col" className="px-4 py-2 text-start font-medium">
                {t('repair.joined')}
              </th>
            </tr>
          </thead>
          <tbody>
            {dryRun.repaired.map((row) => (
              <tr key={row.row} className="border-b border-line last:border-b-0">
                <td className="tnum px-4 py-2 text-ink-3">{formatNumber(row.row)}</td>
                <td className="px-4 py-2" dir="auto">
                  {row.column}
                </td>
                <td className="px-4 py-2 font-medium" dir="auto">
                  <mark className="rounded-sm bg-mango-soft px-1 text-ink">{row.joined}</mark>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function RowErrors({ errors, failed }: { errors: DryRun['errors']; failed: number }) {
  return (
    <div className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
      <h2 id="row-errors" className="flex items-center gap-2 px-4 py-3 font-semibold text-danger">
        <AlertTriangle className="size-4.5" aria-hidden /> {t('import.errors', { count: failed })}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="max-h-80 overflow-auto" tabIndex={0} aria-labelledby="row-errors">
        <table className="w-full text-sm">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('import.row')}</th>
              <th scope="col">{t('repair.column')}</th>
              <th scope="col">{t('import.error')}</th>
            </tr>
          </thead>
          <tbody>
            {errors.map((error) => (
              <tr key={`${error.row}${error.column}${error.code}`} className="border-t border-line">
                <td className="tnum px-4 py-2 text-ink-3">{formatNumber(error.row)}</td>
                <td className="px-4 py-2" dir="auto">
                  {error.column}
                </td>
                <td className="px-4 py-2">{tMaybe(`rowError.${error.code}`) ?? tMaybe(`invalid.${error.code}`) ?? error.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

const tones: Record<string, Tone> = { create: 'brand', update: 'sky', skip: 'plain', error: 'danger' };

function Sample({ dryRun }: { dryRun: DryRun }) {
  if (dryRun.sample.length === 0) return null;
  return (
    <section aria-labelledby="sample" className="overflow-clip rounded-xl border border-line bg-surface shadow-sm">
      <h2 id="sample" className="px-4 py-3 text-sm font-semibold text-ink-2">
        {t('import.sample')}
      </h2>
      <ul>
        {dryRun.sample.slice(0, 8).map((row) => (
          <li key={row.row} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2 text-sm">
            <span className="tnum w-10 text-ink-3">{formatNumber(row.row)}</span>
            <Badge tone={tones[row.outcome] ?? 'plain'}>{t(`outcome.row.${row.outcome}`)}</Badge>
            <span className="min-w-0 grow" dir="auto">
              {row.customers.map((customer) => String(customer.name ?? '')).join(' + ') ||
                String(row.interaction?.subject ?? row.interaction?.body ?? '').slice(0, 120)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
