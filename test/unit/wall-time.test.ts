import { describe, expect, it } from 'vitest';
import { instantAt, offsetAt, wallAt } from '../../functions/kernel/wall-time.ts';
import { told } from '../_util/battery.ts';
import { allZones, changesOf } from '../_util/zones.ts';

const minute = 60_000;
const [from, to] = [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2031-01-01T00:00:00Z')];
const changes = allZones.flatMap((zone) => changesOf(zone, from, to));
const iso = (instant: number) => new Date(instant).toISOString();
/** What a wall clock shows so many milliseconds after UTC's epoch, as if it ran without changes. */
const wall = (shown: number) => ({ on: iso(shown).slice(0, 10), at: iso(shown).slice(11, 16) });

describe('the wall time of a zone', () => {
  it('is that of the tables: Paris loses an hour in March and gains one in October', () => {
    expect(iso(instantAt({ on: '2027-01-15', at: '09:00' }, 'Europe/Paris'))).toBe('2027-01-15T08:00:00.000Z');
    expect(iso(instantAt({ on: '2027-07-15', at: '09:00' }, 'Europe/Paris'))).toBe('2027-07-15T07:00:00.000Z');
    expect(iso(instantAt({ on: '2027-03-28', at: '02:30' }, 'Europe/Paris'))).toBe('2027-03-28T01:30:00.000Z');
    expect(iso(instantAt({ on: '2027-10-31', at: '02:30' }, 'Europe/Paris'))).toBe('2027-10-31T00:30:00.000Z');
    expect(iso(instantAt({ on: '2026-12-01', at: '09:00' }, 'Asia/Kathmandu'))).toBe('2026-12-01T03:15:00.000Z');
    expect(wallAt(Date.parse('2027-03-28T01:30:00Z'), 'Europe/Paris')).toEqual({ on: '2027-03-28', at: '03:30' });
  });

  it('moves a minute that does not exist forward by what is skipped, in every zone and at every change from 2026 to 2030', () => {
    const gaps = changes.filter(({ before, after }) => after > before);
    for (const { zone, instant, before, after } of gaps)
      for (let skipped = 0; skipped < after - before; skipped += 10 * minute) {
        const asked = instant + before + skipped;
        const moved = instantAt(wall(asked), zone);
        expect(moved, `${zone} ${iso(asked)}`).toBe(instant + skipped);
        expect(wallAt(moved, zone), `${zone} ${iso(asked)}`).toEqual(wall(asked + after - before));
      }
    expect(gaps.length).toBeGreaterThan(500);
  });

  it('takes the first of a minute that comes twice, in every zone and at every change from 2026 to 2030', () => {
    const overlaps = changes.filter(({ before, after }) => after < before);
    for (const { zone, instant, before, after } of overlaps)
      for (let again = 0; again < before - after; again += 10 * minute) {
        const asked = instant + after + again;
        const first = instantAt(wall(asked), zone);
        expect(first, `${zone} ${iso(asked)}`).toBe(asked - before);
        expect(first, `${zone} ${iso(asked)}`).toBeLessThan(instant);
        expect(wallAt(first + before - after, zone), `${zone} ${iso(asked)} comes twice`).toEqual(wall(asked));
      }
    expect(overlaps.length).toBeGreaterThan(500);
    told('wall time', { zones: allZones.length, changes: changes.length });
  });

  it('is exact in the two days around every change, and in zones that never change', () => {
    for (const { zone, instant, before, after } of changes)
      for (const hours of [-24, -3, 3, 24]) {
        const there = instant + hours * 60 * minute;
        expect(instantAt(wallAt(there, zone), zone), `${zone} ${iso(there)}`).toBe(there);
        expect(offsetAt(there, zone), `${zone} ${iso(there)}`).toBe(hours < 0 ? before : after);
      }
    for (const zone of allZones) {
      const noon = Date.parse('2028-02-29T12:00:00Z');
      expect(instantAt(wallAt(noon, zone), zone), zone).toBe(noon);
    }
  });
});
