import { useInfiniteQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { t } from '../i18n/i18n.ts';
import { segmentsQuery } from '../segments/queries.ts';
import { IconButton } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { NameOptions } from '../ui/options.tsx';

const most = 5;

/** The segments by which answers are put apart; each may be taken away again. */
export function SegmentChoice({ chosen, set }: { chosen: readonly string[]; set: (segments: string[]) => void }) {
  const listed = useInfiniteQuery(segmentsQuery());
  const segments = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  const nameOf = (id: string) => segments.find((segment) => segment.id === id)?.name ?? '…';
  return (
    <div className="grid gap-2 py-2">
      {chosen.length === 0 && <p className="text-sm text-ink-2">{t('survey.segmentsLead')}</p>}
      <ul className="flex flex-wrap gap-2">
        {chosen.map((id) => (
          <li key={id} className="inline-flex max-w-full items-center gap-1 rounded-md bg-brand-soft ps-2.5 text-sm text-brand">
            <bdi className="min-w-0 truncate">{nameOf(id)}</bdi>
            <IconButton label={t('field.remove', { field: nameOf(id) })} onClick={() => set(chosen.filter((each) => each !== id))}>
              <X className="size-4" aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {chosen.length < most && (
        <Select
          aria-label={t('survey.addSegment')}
          className="w-auto! justify-self-start"
          value=""
          onChange={(event) => event.target.value && set([...chosen, event.target.value])}
        >
          <option value="">{t('survey.addSegment')}</option>
          <NameOptions of={segments.filter(({ id }) => !chosen.includes(id))} />
        </Select>
      )}
    </div>
  );
}
