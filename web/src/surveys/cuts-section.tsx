import { useNavigate, useSearch } from '@tanstack/react-router';
import { formatDate, formatNumber, languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { absentText, marginText, movementText, scoreText, shareText } from './figure-words.ts';
import type { Results, Survey } from './queries.ts';
import { Few, Rows } from './rows.tsx';
import type { RowFilter } from './search.ts';
import { SegmentChoice } from './segment-choice.tsx';

const cuts = ['wave', 'segment', 'language', 'channel', 'owner', 'version'] as const;
type Cut = (typeof cuts)[number];
type Group = Results['groups'][number];

const filterOf = (by: Cut, key: string): RowFilter => ({
  [{ owner: 'ownerId', wave: 'wave', segment: 'segmentId', language: 'language', channel: 'channel', version: 'surveyVersion' }[by]]: key,
});

/** When a run of a campaign took place: `<campaign>#20260301T0100Z`. */
function waveDay(key: string): string {
  const [, year, month, day, hour, minute] = /#(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z/.exec(key) ?? [];
  return year ? formatDate(`${year}-${month}-${day}T${hour}:${minute}:00Z`) : '';
}

function nameOf(by: Cut, { key, name }: Group): string {
  if (key === '-') return t(by === 'owner' ? 'survey.noOwner' : 'survey.noWave');
  if (by === 'language') return languageName(key);
  if (by === 'channel') return t(`survey.channel.${key as 'email'}`);
  if (by === 'version') return t('survey.versionNumber', { version: Number(key) });
  return [name ?? key, by === 'wave' && waveDay(key)].filter(Boolean).join(' · ');
}

/** The same figures, part by part; of too few nothing is told. */
export function CutsSection({ survey, results }: { survey: Survey; results: Results }) {
  const search = useSearch({ from: '/app/surveys/$id' });
  const navigate = useNavigate({ from: '/surveys/$id' });
  const by = cuts.find((each) => each === search.by) ?? 'wave';
  const chosen = search.segments?.split(',') ?? [];
  const set = (change: { by?: string; segments?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Section
      title={t('survey.cuts')}
      aside={
        <Select aria-label={t('survey.cutBy')} className="w-auto!" value={by} onChange={(event) => set({ by: event.target.value })}>
          <Options of={cuts} words={(each) => t(`survey.cut.${each}`)} />
        </Select>
      }
    >
      {by === 'segment' && <SegmentChoice chosen={chosen} set={(segments) => set({ segments: segments.join(',') || undefined })} />}
      {!results.groupsComplete && <p className="pt-2 text-sm text-ink-2">{t('survey.segmentsPart')}</p>}
      {(by !== 'segment' || chosen.length > 0) && <CutTable survey={survey} results={results} by={by} />}
      <p className="pb-2 text-xs text-ink-3">{t('survey.smallHint')}</p>
    </Section>
  );
}

function CutTable({ survey, results, by }: { survey: Survey; results: Results; by: Cut }) {
  const kind = results.main?.kind;
  return (
    <div className="overflow-x-auto py-2">
      <table className="w-full text-sm">
        <caption className="sr-only">{t(`survey.cut.${by}`)}</caption>
        <thead className="text-ink-3">
          <tr>
            {[t(`survey.cut.${by}`), t('survey.completed'), t('survey.responseRate'), t('survey.score'), t('survey.movement')].map(
              (head, at) => (
                <th key={head} scope="col" className={`px-2 py-1.5 font-medium ${at === 0 ? 'text-start' : 'text-end'}`}>
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {results.groups.map((group) => (
            <tr key={group.key} className="border-t border-line">
              <th scope="row" className="px-2 py-1.5 text-start font-medium">
                <bdi>{nameOf(by, group)}</bdi>
              </th>
              <td className="px-2 text-end">
                <Rows survey={survey.id} filter={filterOf(by, group.key)}>
                  {formatNumber(group.completed)}
                </Rows>
              </td>
              <td className="tnum px-2 text-end">
                {group.responseRate ? shareText(group.responseRate.count, group.responseRate.of) : '–'}
              </td>
              <td className="tnum px-2 text-end">
                {kind && group.score?.value != null ? (
                  <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
                    <Few figure={group.score} />
                    <b className="font-semibold">{scoreText(kind, group.score.value)}</b>
                    {group.score.margin !== null && <span className="text-ink-3">{marginText(kind, group.score.margin)}</span>}
                  </span>
                ) : (
                  absentText(group.score)
                )}
              </td>
              <td className="tnum px-2 text-end">{kind && group.movement ? movementText(kind, group.movement.value) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
