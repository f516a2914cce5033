import { useQuery } from '@tanstack/react-query';
import { useCan } from '../auth/me.ts';
import { themesQuery } from '../cases/queries.ts';
import { t } from '../i18n/i18n.ts';
import { Select } from '../ui/field.tsx';
import { NameOptions } from '../ui/options.tsx';
import type { SurveyResponse } from './queries.ts';

type Of = { response: SurveyResponse; editable: boolean; set: (themeId: string | null) => void };

/** What an answer is about, among what several are about. */
export function ThemeOf({ response: { themeId }, editable, set }: Of) {
  const can = useCan();
  const listed = useQuery({ ...themesQuery, enabled: can.any('cases', 'read') });
  const themes = listed.data?.data ?? [];
  if (themes.length === 0) return null;
  if (!editable) {
    const theme = themes.find(({ id }) => id === themeId);
    return theme ? <bdi className="text-sm text-ink-2">{`${t('case.theme')}: ${theme.name}`}</bdi> : null;
  }
  return (
    <Select
      aria-label={t('case.theme')}
      className="w-auto! max-w-full"
      value={themeId ?? ''}
      onChange={(event) => set(event.target.value || null)}
    >
      <option value="">{`${t('case.theme')}: ${t('common.none')}`}</option>
      <NameOptions of={themes} />
    </Select>
  );
}
