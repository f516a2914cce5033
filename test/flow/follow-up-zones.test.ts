import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { changesOf, type ZoneChange } from '../_util/zones.ts';

/** Notifications are kept for 90 days; older ones are not counted. */
const kept = 80 * 86_400_000;
/** Zones of every kind of change: whole and half hours, at midnight and at night, north and south, by the moon, and none. */
const sampled = [
  'Europe/Paris',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Pacific/Chatham',
  'Asia/Beirut',
];

describeWorld('follow-ups at a change of the clock', () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  const reminders = async () => {
    const { body } = await world.api(ws.keys.admin, 'GET', '/v1/notifications?limit=200');
    const told = (body.data as { kind: string; subject: { id: string } }[]).filter(({ kind }) => kind === 'followUp.due');
    return new Map([...Map.groupBy(told, ({ subject }) => subject.id)].map(([id, rows]) => [id, rows.length]));
  };
  const untilThen = (instant: number) => world.advance(`PT${Math.max(0, Math.ceil((instant - world.now()) / 1_000))}S`);

  it('remind once by the second tick: where the minute is skipped when it is over, where it comes twice the first time', async () => {
    const later = world.now() + 86_400_000;
    const changes = sampled.flatMap((zone) => changesOf(zone, later, later + 400 * 86_400_000).slice(0, 2));
    expect(changes.length).toBeGreaterThan(12);
    const planned: { id: string; zone: string; dueAt: number }[] = [];
    for (const change of changes) {
      const { due, dueAt } = middleOf(change);
      const { body } = await world.api(ws.keys.admin, 'POST', '/v1/follow-ups', { title: change.zone, due });
      expect(body.dueAt, change.zone).toBe(new Date(dueAt).toISOString());
      planned.push({ id: body.id, zone: change.zone, dueAt });
    }
    planned.sort((a, b) => a.dueAt - b.dueAt);
    for (const { dueAt } of planned)
      for (const moment of [dueAt - 60_000, dueAt + 120_000, dueAt + 2 * 3_600_000]) {
        untilThen(moment);
        await world.drain();
        const counts = await reminders();
        for (const one of planned) {
          // Between its time and the second tick after it, it may be either.
          const told = counts.get(one.id) ?? 0;
          if (one.dueAt > world.now()) expect(told, `${one.zone} too early`).toBe(0);
          if (one.dueAt + 120_000 <= world.now() && one.dueAt > world.now() - kept) expect(told, one.zone).toBe(1);
        }
      }
  });
});

/** The minute in the middle of what is skipped or comes twice, and the instant at which it has to fire. */
function middleOf({ zone, instant, before, after }: ZoneChange) {
  const half = Math.floor(Math.abs(after - before) / 2 / 60_000) * 60_000;
  const shown = after > before ? instant + before + half : instant + after + half;
  const wall = new Date(shown).toISOString();
  return { due: { on: wall.slice(0, 10), at: wall.slice(11, 16), zone }, dueAt: after > before ? instant + half : shown - before };
}
