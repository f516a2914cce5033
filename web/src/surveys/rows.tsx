import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../i18n/i18n.ts';
import { Badge } from '../ui/badge.tsx';
import type { Figure } from './queries.ts';
import type { RowFilter } from './search.ts';

/** A number that opens the rows it was counted from. */
export function Rows(props: { survey: string; filter: RowFilter; children: ReactNode; label?: string }) {
  const { from, to, surveyVersion } = useSearch({ from: '/app/surveys/$id' });
  return (
    <Link
      to="/surveys/$id"
      params={{ id: props.survey }}
      search={{ tab: 'responses', from, to, surveyVersion, ...props.filter }}
      aria-label={props.label}
      className="tnum hit-number -mx-1 px-1 underline decoration-line decoration-2 underline-offset-4 hover:decoration-brand"
    >
      {props.children}
    </Link>
  );
}

/** Says that chance has a large part in a figure. */
export const Few = ({ figure }: { figure: Figure }) =>
  figure.few && !figure.hidden ? <Badge tone="mango">{t('survey.few', { count: figure.n })}</Badge> : null;
