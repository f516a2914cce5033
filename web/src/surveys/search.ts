/** The filters of the rows behind a number. */
export const rowFilters = [
  'surveyVersion',
  'from',
  'to',
  'wave',
  'channel',
  'language',
  'ownerId',
  'band',
  'scored',
  'question',
  'value',
  'q',
  'tag',
  'segmentId',
  'themeId',
] as const;
export type RowFilter = { [name in (typeof rowFilters)[number]]?: string | undefined };

const tabs = ['build', 'send', 'results', 'responses'] as const;
const filters = [...rowFilters, 'response', 'by', 'segments', 'interval', 'archived'] as const;

/** What of a survey is on the screen, in the address: a link shows the same rows to whoever may see them. */
export type SurveySearch = { tab?: (typeof tabs)[number] | undefined } & { [name in (typeof filters)[number]]?: string | undefined };

export function surveySearch(search: Record<string, unknown>): SurveySearch {
  const kept = Object.fromEntries(
    filters.map((name) => [name, ['string', 'number'].includes(typeof search[name]) ? String(search[name]) : undefined]),
  );
  return { ...kept, tab: tabs.find((tab) => tab === search.tab) };
}
