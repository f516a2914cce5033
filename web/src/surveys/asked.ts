import type { SurveySearch } from './search.ts';

/** What is asked of the report; by segments only once there are some. */
export const asked = ({ surveyVersion, from, to, by = 'wave', segments, interval }: SurveySearch) => ({
  ...(surveyVersion && { surveyVersion }),
  ...(from && { from }),
  ...(to && { to }),
  ...(by === 'segment' ? segments && { by: 'segment' as const, segments } : { by: by as 'wave' }),
  interval: (interval ?? 'month') as 'month',
});
