import { useInfiniteQuery } from '@tanstack/react-query';
import { Smile } from 'lucide-react';
import { boundsOf } from '../../../functions/surveys/logic.ts';
import { formatDateTime, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Badge } from '../ui/badge.tsx';
import { Section } from '../ui/section.tsx';
import { type Case, entriesQuery } from './queries.ts';

/** What the customer said of how the case was dealt with: the score, her words, and when; nothing until she has answered. */
export function CaseSatisfaction({ of }: { of: Case }) {
  const listed = useInfiniteQuery({ ...entriesQuery(of.id), enabled: of.satisfaction !== null });
  if (!of.satisfaction) return null;
  const { responseId, kind, value, at } = of.satisfaction;
  const most = boundsOf({ kind, min: null, max: null })?.max ?? value;
  const words = listed.data?.pages.flatMap(({ data }) => data).find((entry) => entry.responseId === responseId)?.body;
  const tone = value > most * 0.7 ? 'brand' : value > most / 2 ? 'mango' : 'danger';
  return (
    <Section title={t('case.satisfaction')}>
      <p className="flex flex-wrap items-center gap-2 pb-1">
        <Smile className="size-4.5 text-ink-3" aria-hidden />
        <Badge tone={tone} className="tnum text-sm!">
          {t('case.satisfactionOf', { value: formatNumber(value), most: formatNumber(most) })}
        </Badge>
        <time dateTime={at} className="text-sm text-ink-3">
          {formatDateTime(at)}
        </time>
      </p>
      {words && (
        <p className="pb-1 whitespace-pre-line break-words" dir="auto">
          {words}
        </p>
      )}
    </Section>
  );
}
