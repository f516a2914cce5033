const tabs = ['build', 'send', 'results', 'responses'] as const;

/** What of a survey's responses is on the screen, in the address: so that a link shows the same rows. */
export type SurveySearch = { tab?: (typeof tabs)[number] | undefined } & { [name in (typeof filters)[number]]?: string | undefined };
const filters = ['version', 'run', 'channel', 'language', 'ownerId', 'band', 'question', 'value', 'q', 'state', 'tag'] as const;

export function surveySearch(search: Record<string, unknown>): SurveySearch {
  const kept = Object.fromEntries(
    filters.map((name) => [name, ['string', 'number'].includes(typeof search[name]) ? String(search[name]) : undefined]),
  );
  return { ...kept, tab: tabs.find((tab) => tab === search.tab) };
}
