import type { DemoApi } from './api.ts';
import type { Shelf, Work } from './fill-work.ts';
import { offerList, segments } from './groups.ts';

interface Named {
  id: string;
  name: string;
}

/** Finds by its name what an earlier attempt made, or makes it. */
async function madeOnce<T extends Named>(api: DemoApi, path: string, input: { name: string }): Promise<T> {
  const { data } = await api.get<{ data: T[] }>(path);
  return data.find(({ name }) => name === input.name) ?? (await api.post<T>(path, input));
}

/** The segments of Batis, by their names. */
export async function makeSegments(work: Work, { api }: Shelf): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const segment of segments) ids.set(segment.name, (await madeOnce(api, '/v1/segments', segment)).id);
  work.report.segments = ids.size;
  return ids;
}

/** The list of those to whom the offer goes; whoever is on it already stays once. */
export async function makeList(work: Work, { api }: Shelf): Promise<string> {
  const { keys, ...input } = offerList;
  const { id } = await madeOnce<Named>(api, '/v1/lists', input);
  const text = keys(work.told.customers, work.told.consents).join('\n');
  if (text) await api.post(`/v1/lists/${id}/members`, { text, by: 'key', source: 'batis' });
  work.report.lists = 1;
  return id;
}

/** The ready-made rules, switched on. They touch nobody whose moment has passed. */
export async function turnRulesOn(work: Work, { api }: Shelf, visitSurveyId: string): Promise<void> {
  const { data: ready } = await api.get<{ data: { name: string; ready: string; does: object[] }[] }>('/v1/rules/ready');
  // Batis knows nobody's birthday: the rule would congratulate cartridges.
  for (const one of ready.filter((each) => each.ready !== 'birthday')) {
    // Batis asks after a visit by a survey of its own.
    const rule = one.ready === 'visit' ? { ...one, does: [{ ...one.does[0], surveyId: visitSurveyId }] } : one;
    const { id, on } = await madeOnce<Named & { on: boolean }>(api, '/v1/rules', rule);
    if (!on) await api.post(`/v1/rules/${id}/on`, {});
    work.report.rules++;
  }
}

interface Switch {
  id: string;
  on: boolean;
}

/** Rules that a workspace begins with rest while its past is told. */
export async function turnRulesOff({ api }: Shelf): Promise<void> {
  const { data } = await api.get<{ data: Switch[] }>('/v1/rules');
  for (const { id, on } of data) if (on) await api.post(`/v1/rules/${id}/off`, {});
}

/** And are on again when it is told. */
export async function turnRulesOnAgain({ api }: Shelf): Promise<void> {
  const { data } = await api.get<{ data: Switch[] }>('/v1/rules');
  for (const { id, on } of data) if (!on) await api.post(`/v1/rules/${id}/on`, {});
}
