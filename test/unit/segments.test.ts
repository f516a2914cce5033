import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldCatalogue, type Filter, parseFilter, type Served } from '../../functions/kernel/filter.ts';
import { boundsOf, matches } from '../../functions/kernel/filter-match.ts';
import { fieldsFor, filterFields, parseWhere } from '../../functions/segments/fields.ts';
import { linesOf, readLines } from '../../functions/segments/lines.ts';
import { creationSpan, planOf } from '../../functions/segments/plan.ts';
import { type Cluster, estimateOf, noLandmarks, spread, walkedOn } from '../../functions/segments/sampling.ts';

const settings = {
  fields: [{ key: 'tier', label: 'Tier', kind: 'choice' as const, choices: ['gold', 'silver'], removedAt: null }],
  consentTopics: ['news', 'v1.2'],
};
const now = Date.parse('2026-03-31T12:00:00Z');
const campaign = 'campaign.cmp_01J9Z3T8Q4V6N2K7M5R0B1C2D3.clicked';
const list = 'list.lst_01J9Z3T8Q4V6N2K7M5R0B1C2D3';

describe('the fields of filters', () => {
  it('are those of every service, each with its operators, and a custom one by its own name', () => {
    const told = filterFields(settings);
    expect(new Set(told.map(({ group }) => group))).toEqual(new Set(['customer', 'activity', 'consent']));
    expect(told.find(({ field }) => field === 'custom.tier')).toMatchObject({ type: 'enum', values: ['gold', 'silver'], label: 'Tier' });
    expect(told.find(({ field }) => field === 'consent.email.v1.2')).toMatchObject({ served: 'consents', group: 'consent' });
    expect(told.some(({ field }) => field === 'archivedAt')).toBe(false);
  });

  it('of one campaign or list are there by its id, and not for anything else', () => {
    for (const field of [campaign, list]) expect(parseWhere({ field, op: 'exists', value: true }, settings)).toBeDefined();
    for (const field of [
      'campaign.cmp_1.clicked',
      `${campaign}x`,
      'list.cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3',
      'constructor',
      'consent.email.other',
    ])
      expect(() => parseWhere({ field, op: 'exists', value: true }, settings), field).toThrow();
  });

  it('each take every operator that they tell of, with a value of their kind', () => {
    const single = { text: 'x', tags: 'x', number: 3, id: 'x', bool: true, date: '2026-01-31', enum: '' };
    for (const { field, type, ops, values } of filterFields(settings)) {
      const one = values?.[0] ?? single[type];
      for (const op of ops) {
        const value = { exists: true, withinLast: 'P30D', between: [one, one], in: [one], nin: [one] }[op as string] ?? one;
        expect(parseWhere({ field, op, value }, settings), `${field} ${op}`).toEqual({ field, op, value });
      }
    }
  });
});

/** Rows of four kinds, as filters see them once everything is read. */
const catalogue = {
  ...fieldsFor(settings, [campaign, list]),
  score: { type: 'number', served: 'row' },
} as FieldCatalogue;
const moment = { fields: catalogue, now };
const instant = fc.integer({ min: 0, max: 400 }).map((days) => new Date(now - days * 86_400_000).toISOString());
const anyRow = fc.record({
  kind: fc.constantFrom('person', 'company'),
  country: fc.option(fc.constantFrom('DE', 'PH'), { nil: undefined }),
  tags: fc.subarray(['a', 'b']),
  score: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  createdAt: instant,
  lastInteractionAt: fc.option(instant, { nil: null }),
  interactions: fc.integer({ min: 0, max: 3 }),
  byChannel: fc.record({ call: fc.integer({ min: 0, max: 2 }) }),
  consents: fc.record({ 'email#news': fc.option(fc.constantFrom('granted', 'withdrawn'), { nil: undefined }) }),
  campaigns: fc.record({ cmp_01J9Z3T8Q4V6N2K7M5R0B1C2D3: fc.record({ clicked: fc.option(instant, { nil: null }) }) }),
  lists: fc.record({ lst_01J9Z3T8Q4V6N2K7M5R0B1C2D3: fc.option(instant, { nil: undefined }) }),
});
const days = fc.integer({ min: 1, max: 400 });
const dateLeaf = (field: string) =>
  fc.oneof(
    days.map((many) => ({ field, op: 'withinLast', value: `P${many}D` })),
    fc.record({ field: fc.constant(field), op: fc.constantFrom('lt', 'lte', 'gt', 'gte'), value: days.map((many) => `-P${many}D`) }),
    fc.boolean().map((value) => ({ field, op: 'exists', value })),
  );
const leaf = fc.oneof(
  fc.record({ field: fc.constant('kind'), op: fc.constantFrom('eq', 'ne'), value: fc.constantFrom('person', 'company') }),
  fc.record({ field: fc.constant('country'), op: fc.constantFrom('eq', 'ne'), value: fc.constantFrom('DE', 'PH') }),
  fc.record({ field: fc.constant('tags'), op: fc.constantFrom('in', 'nin'), value: fc.constant(['a']) }),
  fc.record({ field: fc.constant('interactions'), op: fc.constantFrom('lt', 'gte', 'eq'), value: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ field: fc.constant('interactions.call'), op: fc.constantFrom('lt', 'gte'), value: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ field: fc.constant('consent.email.news'), op: fc.constantFrom('eq', 'ne'), value: fc.constantFrom('granted', 'withdrawn') }),
  ...['createdAt', 'lastInteractionAt', campaign, list].map(dateLeaf),
);
const group = (of: fc.Arbitrary<unknown>) => {
  const members = fc.array(of, { minLength: 1, maxLength: 3 });
  return fc.oneof(of, fc.record({ and: members }), fc.record({ or: members }), fc.record({ not: of }));
};
const anyFilter = group(group(leaf)) as fc.Arbitrary<Filter>;

/** What each condition means, said once more and as plainly as can be. */
type Row = typeof anyRow extends fc.Arbitrary<infer R> ? R : never;
function naive(filter: Filter, row: Row): boolean {
  if ('and' in filter) return filter.and.every((member) => naive(member, row));
  if ('or' in filter) return filter.or.some((member) => naive(member, row));
  if ('not' in filter) return !naive(filter.not, row);
  const { field, op, value } = filter;
  const values: Record<string, unknown> = {
    ...row,
    'interactions.call': row.byChannel.call,
    'consent.email.news': row.consents['email#news'],
    [campaign]: row.campaigns.cmp_01J9Z3T8Q4V6N2K7M5R0B1C2D3.clicked,
    [list]: row.lists.lst_01J9Z3T8Q4V6N2K7M5R0B1C2D3,
  };
  const own = values[field];
  const isThere = own !== undefined && own !== null;
  if (op === 'exists') return isThere === value;
  const held = isThere ? own : field === 'lastInteractionAt' ? row.createdAt : undefined;
  if (op === 'eq' || op === 'ne') return (held === value) === (op === 'eq');
  if (op === 'in' || op === 'nin') return (held as string[]).some((tag) => (value as string[]).includes(tag)) === (op === 'in');
  if (held === undefined) return false;
  if (typeof held === 'number') return op === 'lt' ? held < Number(value) : held >= Number(value);
  const at = Date.parse(String(held));
  const then = now - Number(/\d+/.exec(String(value))?.[0]) * 86_400_000;
  switch (op) {
    case 'withinLast':
      return at >= then && at <= now;
    case 'lt':
      return at < then;
    case 'lte':
      return at <= then;
    case 'gt':
      return at > then;
    default:
      return at >= then;
  }
}

describe('a plan', () => {
  it('comes to what the filter means, whatever is read in which order', () => {
    fc.assert(
      fc.property(anyFilter, anyRow, (filter, row) => {
        const plan = planOf(
          parseFilter(filter, { fields: catalogue, serves: Object.values(catalogue).map(({ served }) => served) }),
          moment,
        );
        const known = new Set<Served>();
        let answer = plan.decide(row, known);
        for (const { served } of plan.steps) {
          known.add(served);
          const next = plan.decide(row, known);
          // What is decided stays so, however much more is known.
          if (answer !== undefined) expect(next).toBe(answer);
          answer = next;
        }
        expect(answer).toBe(naive(filter, row));
        expect(answer).toBe(matches(filter, row, moment));
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads nothing beside a customer whose own row settles it', () => {
    const filter = parseWhere(
      {
        and: [
          { field: 'country', op: 'eq', value: 'DE' },
          { field: 'interactions', op: 'lt', value: 1 },
        ],
      },
      settings,
    );
    const plan = planOf(filter, { fields: fieldsFor(settings), now });
    expect(plan.steps.map(({ served }) => served)).toEqual(['activity']);
    expect(plan.decide({ country: 'PH' }, new Set())).toBe(false);
    expect(plan.decide({ country: 'DE' }, new Set())).toBeUndefined();
  });

  it('walks only over the times in which everybody it finds was made', () => {
    fc.assert(
      fc.property(anyFilter, anyRow, (filter, row) => {
        const { from, to } = creationSpan(filter, moment);
        const at = Date.parse(row.createdAt);
        if (at < from || at > to) expect(matches(filter, row, moment)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
    expect(
      creationSpan(
        {
          and: [
            { field: 'createdAt', op: 'gte', value: '2026-01-01' },
            { field: 'kind', op: 'eq', value: 'person' },
          ],
        },
        moment,
      ),
    ).toEqual({
      from: Date.parse('2026-01-01'),
      to: Number.POSITIVE_INFINITY,
    });
    expect(boundsOf({ field: 'createdAt', op: 'lt', value: '2026-01-01' }, moment).to).toBe(Date.parse('2026-01-01') - 1);
  });
});

describe('an estimate', () => {
  /** Clusters as they are drawn: at even distances among `total` customers, of whom `meets` says who is found. */
  const drawn = (total: number, meets: (at: number) => boolean): Cluster[] => {
    const ids = Array.from({ length: total }, (_, at) => String(at));
    const marks = spread(walkedOn(noLandmarks, ids).ids, 40);
    return marks.map((mark) => {
      const members = ids.slice(Number(mark), Number(mark) + 12);
      return { weight: 1 / marks.length, size: members.length, found: members.filter((id) => meets(Number(id))).length };
    });
  };

  it('holds the true number within its bounds nineteen times of twenty, also where alike stand beside each other', () => {
    let held = 0;
    let tried = 0;
    // A fixed sequence of numbers that look like chance.
    let seed = 20_261_122;
    const chance = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    for (const total of [1_000, 10_000, 100_000])
      for (const share of [0.01, 0.1, 0.5, 0.9])
        for (const run of [1, 5, 40])
          for (let round = 0; round < 10; round++) {
            const marks = Array.from({ length: Math.ceil(total / run) }, () => chance() < share);
            const meets = (at: number) => marks[Math.floor(at / run)] === true;
            const truth = Array.from({ length: total }, (_, at) => meets(at)).filter(Boolean).length;
            const { low, high } = estimateOf(drawn(total, meets), total);
            tried += 1;
            if (truth >= low && truth <= high) held += 1;
          }
    expect(tried).toBe(360);
    expect(held / tried).toBeGreaterThan(0.92);
  });

  it('of none found is zero with an upper bound, and of everybody is everybody', () => {
    expect(
      estimateOf(
        drawn(10_000, () => false),
        10_000,
      ),
    ).toMatchObject({ estimate: 0, low: 0 });
    expect(
      estimateOf(
        drawn(10_000, () => false),
        10_000,
      ).high,
    ).toBeGreaterThan(30);
    expect(
      estimateOf(
        drawn(10_000, () => true),
        10_000,
      ),
    ).toMatchObject({ estimate: 10_000, high: 10_000 });
  });

  it('draws at even distances, however long the walk was and however it was cut', () => {
    for (const total of [641, 1_000, 5_000, 123_456]) {
      const ids = Array.from({ length: total }, (_, at) => String(at));
      const { ids: marks, stride, walked, last } = walkedOn(walkedOn(noLandmarks, ids.slice(0, 777)), ids.slice(777));
      expect({ walked, last }).toEqual({ walked: total, last: String(total - 1) });
      expect(marks.length).toBeGreaterThanOrEqual(40);
      expect(marks.length).toBeLessThanOrEqual(81);
      expect(new Set(marks.slice(1).map((mark, at) => Number(mark) - Number(marks[at])))).toEqual(new Set([stride]));
    }
  });
});

describe('a pasted column', () => {
  it('is read line by line: quotes, names around an e-mail and blank lines are no hindrance', () => {
    expect(linesOf('\uFEFF"a@b.example"\r\n\r\n Ana Trujillo <ana@x.example> \n"say ""hi"""')).toEqual([
      { line: 1, text: 'a@b.example' },
      { line: 3, text: 'ana@x.example' },
      { line: 4, text: 'say "hi"' },
    ]);
  });

  it('tells what each line is, and what it cannot be', () => {
    const kinds = (text: string, more = {}) => readLines({ text, ...more }).named.map(({ by }) => by);
    expect(kinds('a@b.example\n+63 917 555 0100\nnorthwind:ALFKI\ncus_01J9Z3T8Q4V6N2K7M5R0B1C2D3')).toEqual([
      'email',
      'phone',
      'key',
      'id',
    ]);
    expect(kinds('12345', { source: 'shop' })).toEqual(['key']);
    expect(kinds('12345')).toEqual(['phone']);
    expect(readLines({ text: 'a@b.example\nx', by: 'phone' })).toMatchObject({
      named: [],
      misses: [{ line: 1, reason: 'unreadable' }, { line: 2 }],
    });
  });

  it('of any text at all is read without failing, and every line is named or missed once', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const { named, misses, lines } = readLines({ text });
        expect([...named, ...misses].map(({ line }) => line).sort((a, b) => a - b)).toHaveLength(lines);
      }),
    );
  });
});
