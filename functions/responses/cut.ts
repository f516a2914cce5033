import { campaignEntity } from '../campaigns/campaign.entity.ts';
import type { Ctx } from '../context.ts';
import { ruleEntity } from '../rules/rule.entity.ts';
import { bySegment } from './by-segment.ts';
import type { Read } from './read-responses.ts';
import { type Response, waveOf } from './response.ts';
import type { ResultsQuery } from './results-view.ts';

/** Responses in groups: by what they say themselves, or by who she is now. */
export type Group = { key: string; name: string | null; rows: Read[] };
type Cut = NonNullable<ResultsQuery['by']>;

const keys: Record<Exclude<Cut, 'segment'>, (response: Response) => string> = {
  language: ({ language }) => language,
  channel: ({ channel }) => channel,
  owner: ({ ownerId }) => ownerId ?? '-',
  version: ({ surveyVersion }) => String(surveyVersion),
  wave: waveOf,
};

/** The groups, and whether all that was asked for was looked at. */
export async function cutBy(
  ctx: Ctx,
  { by, segments }: ResultsQuery,
  rows: readonly Read[],
): Promise<{ groups: Group[]; complete: boolean }> {
  if (by === undefined) return { groups: [], complete: true };
  if (by === 'segment') return bySegment(ctx, segments?.split(',') ?? [], rows);
  const groups = [...Map.groupBy(rows, ({ response }) => keys[by](response))];
  const names = await namesOf(
    ctx,
    by,
    groups.map(([key]) => key),
  );
  const sorted = groups.sort(([a, first], [b, second]) => (by === 'wave' ? (beganAt(first) < beganAt(second) ? -1 : 1) : a < b ? -1 : 1));
  return { groups: sorted.map(([key, part]) => ({ key, name: names.get(key) ?? null, rows: part })), complete: true };
}

/** Of a wave: when it was asked, or when the first answer came. */
function beganAt(rows: readonly Read[]): string {
  const [first] = rows;
  const occurrence = first?.response.source.kind === 'campaign' ? first.response.source.occurrence : undefined;
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/.exec(occurrence ?? '') ?? [];
  if (year) return `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
  return rows.reduce((least, { response }) => (response.startedAt < least ? response.startedAt : least), '~');
}

async function namesOf(ctx: Ctx, by: Exclude<Cut, 'segment'>, found: readonly string[]): Promise<Map<string, string>> {
  if (by === 'owner') return new Map((await ctx.roster()).map(({ id, name }) => [id, name]));
  return by === 'wave' ? waveNames(ctx, found) : new Map();
}

/** What the campaigns and rules are called by which somebody was asked. 0.5 R each. */
export async function waveNames({ table, tenant }: Pick<Ctx, 'table' | 'tenant'>, waves: readonly string[]): Promise<Map<string, string>> {
  const asking = waves.filter((key) => key !== '-');
  const rows = await table.getMany(
    asking.map((key) => (key.startsWith('cmp_') ? campaignEntity.key(tenant, key.split('#')[0] ?? '') : ruleEntity.key(tenant, key))),
  );
  const nameOf = (key: string, at: number) => {
    const row = rows[at];
    if (!row) return [];
    return [[key, key.startsWith('cmp_') ? campaignEntity.decode(row).name : ruleEntity.decode(row).name] as const];
  };
  return new Map(asking.flatMap(nameOf));
}
