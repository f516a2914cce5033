import { workspaceEntity } from '../admin/admin.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { dayOf } from '../kernel/days.ts';
import type { Action, Item } from '../table/entity.ts';
import type { Table } from '../table/table.ts';
import { mondayOf, weekdayOf, weekKey, weekName } from '../team/team.entity.ts';
import type { Change } from './change.ts';

/** What members did, by week: interactions a member and weekday, counted in the transaction that counts the change. */
const dayMs = 86_400_000;
/** What happened earlier than so many days before it was written is no longer looked at, and not counted. */
const countedDays = 28;
const keptDays = 60;

const zones = new Map<string, { zone: string; until: number }>();
const rememberedMs = 300_000;

/** The zone in which a workspace's weeks begin; remembered for five minutes. 0.5 R. */
async function zoneOf(table: Table, tenant: string, now: number): Promise<string> {
  const known = zones.get(tenant);
  if (known && known.until > now) return known.zone;
  const row = await table.get(workspaceEntity.key(tenant, tenant), { strong: false });
  const zone = row ? workspaceEntity.decode(row).timeZone : 'UTC';
  if (zones.size > 5_000) zones.clear();
  zones.set(tenant, { zone, until: now + rememberedMs });
  return zone;
}

/** Where an interaction counts: whose, on which day; undefined for what is archived, nobody's or long past. */
function placeOf(item: Item | undefined, { image }: Change, zone: string): { day: string; memberId: string } | undefined {
  const row = item && interactionEntity.decode(item);
  if (!row?.memberId || row.archivedAt) return undefined;
  const at = Date.parse(row.occurredAt);
  return Number(image.u) - at > countedDays * dayMs ? undefined : { day: dayOf(at, zone), memberId: row.memberId };
}

/** How a page of changes moves the members' weeks: one update a week, at most six. */
export async function weekActions(table: Table, tenant: string, changes: readonly Change[]): Promise<Action[]> {
  const interactions = changes.filter(({ type }) => type === 'interaction');
  if (interactions.length === 0) return [];
  const zone = await zoneOf(table, tenant, Math.max(...interactions.map(({ image }) => Number(image.u))));
  const weeks = new Map<string, Record<string, number>>();
  const move = (place: ReturnType<typeof placeOf>, by: number) => {
    if (!place) return;
    const monday = mondayOf(place.day);
    const sums = weeks.get(monday) ?? {};
    const name = weekName(weekdayOf(place.day), place.memberId);
    weeks.set(monday, { ...sums, [name]: (sums[name] ?? 0) + by });
  };
  for (const change of interactions) {
    move(placeOf(change.before, change, zone), -1);
    move(placeOf(change.after, change, zone), 1);
  }
  return [...weeks].flatMap(([monday, sums]) => {
    const add = Object.fromEntries(Object.entries(sums).filter(([, by]) => by !== 0));
    const ttl = Math.floor(Date.parse(`${monday}T00:00:00Z`) / 1_000) + keptDays * 86_400;
    return Object.keys(add).length === 0
      ? []
      : [{ update: weekKey(tenant, monday), add, set: { ttl }, guard: { always: 'a sum of what the same transaction counts' } }];
  });
}
