import { campaignEntity } from '../campaigns/campaign.entity.ts';
import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { invalid } from '../kernel/errors.ts';
import { ruleEntity } from '../rules/rule.entity.ts';
import { knownBy, planFor, readMany, whoMeets } from '../segments/matching.ts';
import { segmentEntity } from '../segments/segment.entity.ts';
import type { Read } from './read-responses.ts';
import type { Response } from './response.ts';
import type { ResultsQuery } from './results-view.ts';

/** Responses in groups: by what they say themselves, or by who she is now. */
export type Group = { key: string; name: string | null; rows: Read[] };
type Cut = NonNullable<ResultsQuery['by']>;

/** By which run or rule she was asked; whoever was not is in no wave. */
export function waveOf({ source }: Pick<Response, 'source'>): string {
  if (source.kind === 'campaign') return `${source.campaignId}#${source.occurrence}`;
  return source.kind === 'rule' ? source.ruleId : '-';
}

const keys: Record<Exclude<Cut, 'segment'>, (response: Response) => string> = {
  language: ({ language }) => language,
  channel: ({ channel }) => channel,
  owner: ({ ownerId }) => ownerId ?? '-',
  version: ({ surveyVersion }) => String(surveyVersion),
  wave: waveOf,
};

export async function cutBy(ctx: Ctx, { by, segments }: ResultsQuery, rows: readonly Read[]): Promise<Group[]> {
  if (by === undefined) return [];
  if (by === 'segment') return bySegment(ctx, segments?.split(',') ?? [], rows);
  const groups = [...Map.groupBy(rows, ({ response }) => keys[by](response))];
  const names = await namesOf(
    ctx,
    by,
    groups.map(([key]) => key),
  );
  const sorted = groups.sort(([a, first], [b, second]) => (by === 'wave' ? (beganAt(first) < beganAt(second) ? -1 : 1) : a < b ? -1 : 1));
  return sorted.map(([key, part]) => ({ key, name: names.get(key) ?? null, rows: part }));
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
  if (by !== 'wave') return new Map();
  const { table, tenant } = ctx;
  const asking = found.filter((key) => key !== '-');
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

/** By segments that the caller may see, as they are now; whoever is in two counts in both. */
async function bySegment(ctx: Ctx, ids: readonly string[], rows: readonly Read[]): Promise<Group[]> {
  if (ids.length === 0) throw invalid('/query/segments', 'required', 'name the segments');
  const found = await ctx.table.getMany(ids.map((id) => segmentEntity.key(ctx.tenant, id)));
  const segments = found.map((item) => {
    const segment = item && segmentEntity.decode(item);
    const sees = segment && (segment.shared || segment.ownerId === ctx.actor.memberId || ctx.scope('segments', 'write') === 'all');
    return segment && sees ? segment : invalidSegment();
  });
  const asked = [...new Set(rows.flatMap(({ response }) => response.customerId ?? []))];
  const customers = (
    await readMany(
      ctx,
      asked.map((id) => customerEntity.key(ctx.tenant, id)),
    )
  ).filter((row) => row !== undefined);
  const groups: Group[] = [];
  for (const segment of segments) {
    const met = await whoMeets(ctx, planFor(ctx, segment.where), customers.map(knownBy));
    const inside = new Set(customers.flatMap((row, at) => (met[at] ? [knownBy(row).id] : [])));
    const part = rows.filter(({ response }) => response.customerId !== null && inside.has(response.customerId));
    groups.push({ key: segment.id, name: segment.name, rows: part });
  }
  return groups;
}

function invalidSegment(): never {
  throw invalid('/query/segments', 'no_such_segment', 'no such segment');
}
