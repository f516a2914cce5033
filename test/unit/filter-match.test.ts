import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, type FieldCatalogue, type Filter, parseFilter } from '../../functions/kernel/filter.ts';
import { matches } from '../../functions/kernel/filter-match.ts';

const fields = {
  name: { type: 'text', served: 'index' },
  tags: { type: 'tags', served: 'directory' },
  ownerId: { type: 'id', served: 'directory' },
  score: { type: 'number', served: 'directory' },
  vip: { type: 'bool', served: 'directory' },
  createdAt: { type: 'date', served: 'directory' },
  born: { type: 'date', served: 'directory', at: 'custom.born' },
  city: { type: 'text', served: 'directory', at: 'addresses.city' },
} as const satisfies FieldCatalogue;
const now = Date.parse('2026-03-31T12:00:00Z');
const holds = (filter: unknown, row: object, zone?: string) =>
  matches(parseFilter(filter, { fields, serves: ['index', 'directory'] }), row, { fields, now, ...(zone && { zone }) });
const is = (field: string, op: string, value: unknown) => ({ field, op, value });

describe('what a filter means', () => {
  it('for text ignores case, accents and the forms of letters', () => {
    expect(holds(is('name', 'contains', 'constitucion'), { name: 'Avda. de la Constitución' })).toBe(true);
    expect(holds(is('name', 'startsWith', 'علي'), { name: 'علی گلزار' })).toBe(true);
    expect(holds(is('tags', 'in', ['VIP', 'x']), { tags: ['vip'] })).toBe(true);
    expect(holds(is('ownerId', 'eq', 'MEM_1'), { ownerId: 'mem_1' })).toBe(false);
  });

  it('for what is absent holds only where absence is asked for', () => {
    for (const row of [{}, { score: null, name: '', tags: [] }]) {
      for (const filter of [
        is('score', 'eq', 0),
        is('score', 'lt', 5),
        is('name', 'contains', 'a'),
        is('tags', 'in', ['a']),
        is('createdAt', 'withinLast', 'P1D'),
        is('name', 'exists', true),
      ])
        expect(holds(filter, row), JSON.stringify(filter)).toBe(false);
      for (const filter of [is('score', 'ne', 0), is('name', 'nin', ['a']), is('tags', 'exists', false), { not: is('score', 'lt', 5) }])
        expect(holds(filter, row), JSON.stringify(filter)).toBe(true);
    }
  });

  it('for a list holds if one member meets it, and for ne if none equals', () => {
    const row = { addresses: [{ city: 'Lyon' }, { city: 'Manila' }, {}] };
    expect(holds(is('city', 'eq', 'manila'), row)).toBe(true);
    expect(holds(is('city', 'ne', 'Lyon'), row)).toBe(false);
    expect(holds(is('city', 'ne', 'Karachi'), row)).toBe(true);
  });

  it('for decimal text compares numbers', () => {
    expect(holds(is('score', 'gt', '9.50'), { score: '10.00' })).toBe(true);
    expect(holds(is('score', 'between', [1, 10]), { score: '10.00' })).toBe(true);
  });

  it('for a day covers it from midnight to midnight in the zone', () => {
    const row = { createdAt: '2026-01-31T17:30:00Z' };
    expect(holds(is('createdAt', 'eq', '2026-01-31'), row)).toBe(true);
    expect(holds(is('createdAt', 'eq', '2026-01-31'), row, 'Asia/Bangkok')).toBe(false);
    expect(holds(is('createdAt', 'eq', '2026-02-01'), row, 'Asia/Bangkok')).toBe(true);
    expect(holds(is('createdAt', 'gt', '2026-01-31'), row)).toBe(false);
    expect(holds(is('createdAt', 'lte', '2026-01-31'), row)).toBe(true);
    expect(holds(is('createdAt', 'between', ['2026-01-01', '2026-01-31']), row)).toBe(true);
  });

  it('for a day whose midnight the clock skips begins with the first moment there is', () => {
    expect(holds(is('createdAt', 'lt', '2026-04-24'), { createdAt: '2026-04-23T21:59:59Z' }, 'Africa/Cairo')).toBe(true);
    expect(holds(is('createdAt', 'gte', '2026-04-24'), { createdAt: '2026-04-23T22:00:00Z' }, 'Africa/Cairo')).toBe(true);
  });

  it('for a birthday without a time is the same in every zone', () => {
    for (const zone of ['UTC', 'Pacific/Auckland', 'America/Mexico_City'])
      expect(holds(is('born', 'eq', '1990-05-17'), { custom: { born: '1990-05-17' } }, zone)).toBe(true);
  });

  it('for a span counts from now, with calendar months', () => {
    expect(holds(is('createdAt', 'withinLast', 'P1M'), { createdAt: '2026-02-28T12:00:00Z' })).toBe(true);
    expect(holds(is('createdAt', 'withinLast', 'P1M'), { createdAt: '2026-02-28T11:59:59Z' })).toBe(false);
    expect(holds(is('createdAt', 'withinLast', 'P1M'), { createdAt: '2026-03-31T12:00:01Z' })).toBe(false);
    expect(holds(is('createdAt', 'between', ['PT0S', 'P21D']), { createdAt: '2026-04-21T00:00:00Z' })).toBe(true);
    expect(holds(is('createdAt', 'lt', '-P90D'), { createdAt: '2025-12-31T11:59:59Z' })).toBe(true);
  });
});

const leaf = fc.oneof(
  fc.record({
    field: fc.constant('score'),
    op: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'),
    value: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({
    field: fc.constant('score'),
    op: fc.constantFrom('in', 'nin'),
    value: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ field: fc.constant('tags'), op: fc.constantFrom('eq', 'ne'), value: fc.constantFrom('a', 'b') }),
);
const group = (of: fc.Arbitrary<unknown>) => {
  const members = fc.array(of, { minLength: 1, maxLength: 4 });
  return fc.oneof(of, fc.record({ and: members }), fc.record({ or: members }), fc.record({ not: of }));
};
const anyFilter = group(group(leaf)) as fc.Arbitrary<Filter>;
const anyRow = fc.record({ score: fc.option(fc.integer({ min: 0, max: 5 })), tags: fc.subarray(['a', 'b']) });
const fits = (filter: unknown) => matches.bind(null, filter as Filter);
const moment = { fields, now };

describe('any filter', () => {
  it('and its negation part the rows', () => {
    fc.assert(fc.property(anyFilter, anyRow, (filter, row) => fits({ not: filter })(row, moment) === !fits(filter)(row, moment)));
  });

  it('obeys De Morgan', () => {
    fc.assert(
      fc.property(
        anyFilter,
        anyFilter,
        anyRow,
        (a, b, row) => fits({ not: { and: [a, b] } })(row, moment) === fits({ or: [{ not: a }, { not: b }] })(row, moment),
      ),
    );
  });

  it('orders numbers as numbers are ordered', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (score, value) => {
        const told = ['lt', 'lte', 'eq', 'gte', 'gt'].map((op) => fits(is('score', op, value))({ score }, moment));
        expect(told).toEqual([score < value, score <= value, score === value, score >= value, score > value]);
      }),
    );
  });

  it('has one canonical spelling, whatever the order of its members', () => {
    const turned = (filter: Filter): Filter => {
      if ('and' in filter) return { and: filter.and.map(turned).reverse() };
      if ('or' in filter) return { or: [...filter.or.map(turned).reverse(), ...filter.or.slice(0, 1)] };
      if ('not' in filter) return { not: turned(filter.not) };
      return {
        value: filter.op === 'in' || filter.op === 'nin' ? [filter.value].flat().reverse() : filter.value,
        op: filter.op,
        field: filter.field,
      };
    };
    fc.assert(fc.property(anyFilter, (filter) => canonical(turned(filter)) === canonical(filter)));
  });

  it('with the canonical spelling of another means the same', () => {
    fc.assert(
      fc.property(
        anyFilter,
        anyFilter,
        anyRow,
        (a, b, row) => canonical(a) !== canonical(b) || fits(a)(row, moment) === fits(b)(row, moment),
      ),
      { numRuns: 500 },
    );
    expect(canonical({ and: [is('vip', 'eq', true) as Filter] })).toBe(canonical(is('vip', 'eq', true) as Filter));
    expect(canonical(is('score', 'between', [1, 2]) as Filter)).not.toBe(canonical(is('score', 'between', [2, 1]) as Filter));
  });
});
