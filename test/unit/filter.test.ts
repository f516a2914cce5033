import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CrmError } from '../../functions/kernel/errors.ts';
import { type FieldCatalogue, Filter, type FilterTarget, filterErrors, operators, parseFilter } from '../../functions/kernel/filter.ts';
import { parseForm } from '../../functions/kernel/filter-form.ts';
import { matches } from '../../functions/kernel/filter-match.ts';
import { fieldErrors, type ZodIssue } from '../../functions/kernel/reply.ts';

const fields = {
  name: { type: 'text', served: 'index' },
  lifecycle: { type: 'enum', served: 'directory', values: ['prospect', 'active', 'lapsed'] },
  tags: { type: 'tags', served: 'directory' },
  ownerId: { type: 'id', served: 'directory' },
  score: { type: 'number', served: 'directory' },
  vip: { type: 'bool', served: 'directory' },
  createdAt: { type: 'date', served: 'directory' },
  born: { type: 'date', served: 'directory', at: 'custom.born' },
  city: { type: 'text', served: 'directory', at: 'addresses.city' },
  note: { type: 'text', served: 'row' },
} as const satisfies FieldCatalogue;
const target: FilterTarget = { fields, serves: ['index', 'directory'] };
const now = Date.parse('2026-03-31T12:00:00Z');
const holds = (filter: unknown, row: object, zone?: string) =>
  matches(parseFilter(filter, target), row, { fields, now, ...(zone && { zone }) });
const is = (field: string, op: string, value: unknown) => ({ field, op, value });
const errorsOf = (input: unknown) => filterErrors(input, target, '/where').map(({ pointer, code }) => `${pointer} ${code}`);
const nested = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => ({ not: inner }), is('vip', 'eq', true));

describe('what a filter may say', () => {
  it('names every fault at once, each where it stands', () => {
    const faulty = {
      and: [
        is('colour', 'eq', 1),
        is('note', 'eq', 'x'),
        { or: [is('lifecycle', 'gt', 'active'), is('lifecycle', 'eq', 'gone')] },
        is('score', 'between', [1]),
      ],
    };
    expect(errorsOf(faulty)).toEqual([
      '/where/and/0/field unknown_field',
      '/where/and/1/field field_not_served',
      '/where/and/2/or/0/op operator_not_served',
      '/where/and/2/or/1/value invalid_value',
      '/where/and/3/value invalid_value',
    ]);
  });

  it('tells what is served, and never repeats what was asked', () => {
    const errors = filterErrors(is('secret-field', 'eq', 'secret-value'), target);
    expect(errors[0]?.detail).toBe('served here: name, lifecycle, tags, ownerId, score, vip, createdAt, born, city');
    expect(JSON.stringify([errors, filterErrors(is('lifecycle', 'eq', 'secret-value'), target)])).not.toContain('secret');
  });

  it('is refused with the code that says why', () => {
    const codeOf = (filter: unknown) => {
      try {
        parseFilter(filter, target);
      } catch (error) {
        return error instanceof CrmError && error.code;
      }
    };
    expect(codeOf(is('note', 'eq', 'x'))).toBe('filter_not_served');
    expect(codeOf(is('score', 'eq', 'many'))).toBe('invalid_input');
  });

  it('knows nothing of what every object inherits', () => {
    expect(errorsOf(is('constructor', 'eq', 'x'))).toEqual(['/where/field unknown_field']);
    expect(errorsOf(is('__proto__', 'exists', true))).toEqual(['/where/field unknown_field']);
  });

  it('stands at most 3 groups deep, however deep the input is', () => {
    expect(errorsOf(nested(3))).toEqual([]);
    expect(errorsOf(nested(4))).toEqual(['/where/not/not/not too_deep']);
    expect(errorsOf(nested(100_000))).toEqual(['/where/not/not/not too_deep']);
  });

  it('has at most 25 conditions in all', () => {
    const group = (size: number) => ({ or: Array.from({ length: size }, () => is('vip', 'eq', true)) });
    expect(errorsOf({ and: [group(12), group(13)] })).toEqual([]);
    expect(errorsOf({ and: [group(13), group(13)] })).toEqual(['/where too_many_conditions']);
    expect(errorsOf({ and: [] })).toEqual(['/where/and invalid_group']);
  });

  it('is bounded at every leaf', () => {
    expect(errorsOf(is('name', 'eq', 'x'.repeat(201)))).toHaveLength(1);
    expect(errorsOf(is('name', 'in', Array(51).fill('x')))).toHaveLength(1);
    expect(errorsOf({ ...is('name', 'eq', 'x'), more: 1 })).toEqual(['/where/more unknown_field']);
    for (const value of [null, {}, [[]], Number.NaN, '']) expect(errorsOf(is('name', 'eq', value))).toHaveLength(1);
  });

  it('takes days, instants and spans for dates, and nothing else', () => {
    for (const value of ['2026-01-31', '2026-01-31T08:00:00+08:00', '-P30D', 'P1Y2M3W4DT5H6M7S', 'PT12H'])
      expect(errorsOf(is('createdAt', 'gte', value))).toEqual([]);
    for (const value of ['2026-02-30', 'yesterday', 'P', 'PT', '30', 7]) expect(errorsOf(is('createdAt', 'gte', value))).toHaveLength(1);
    expect(errorsOf(is('createdAt', 'withinLast', '-P30D'))).toHaveLength(1);
  });

  it('in a body is described for OpenAPI and reports its pointers', () => {
    const body = z.strictObject({ where: Filter.optional() });
    const read = body.safeParse({ where: { and: [is('name', 'like', 'x')] } });
    expect(fieldErrors(read.error?.issues as ZodIssue[])).toMatchObject([{ pointer: '/where/and/0/op', code: 'invalid_value' }]);
    const deep = body.safeParse({ where: nested(4) });
    expect(fieldErrors(deep.error?.issues as ZodIssue[])).toMatchObject([{ pointer: '/where/not/not/not', code: 'too_deep' }]);
    expect(z.toJSONSchema(body, { io: 'input' }).properties?.where).toMatchObject({ title: 'Filter' });
    expect(body.parse({})).toEqual({});
  });

  it('never fails in any other way than by its list of errors', () => {
    fc.assert(fc.property(fc.jsonValue(), (input) => Array.isArray(filterErrors(input, target))));
    const shape = fc.record({
      field: fc.constantFrom(...Object.keys(fields), 'x'),
      op: fc.constantFrom(...operators, 'like'),
      value: fc.jsonValue(),
    });
    fc.assert(fc.property(shape, (input) => filterErrors(input, target).length > 0 || typeof holds(input, {}) === 'boolean'));
  });
});

describe('the form of a filter', () => {
  it('is read into the same language', () => {
    const form = {
      lifecycle: 'active',
      'createdAt[gte]': '2026-01-01',
      'tags[in]': 'vip,wholesale',
      'score[between]': '1,5.5',
      'vip[exists]': 'false',
      vip: 'true',
    };
    expect(parseForm(form, target)).toEqual({
      and: [
        is('lifecycle', 'eq', 'active'),
        is('createdAt', 'gte', '2026-01-01'),
        is('tags', 'in', ['vip', 'wholesale']),
        is('score', 'between', [1, 5.5]),
        is('vip', 'exists', false),
        is('vip', 'eq', true),
      ],
    });
    expect(parseForm({}, target)).toBeUndefined();
    expect(parseForm({ tags: ['a', 'b'] }, target)).toEqual({ and: [is('tags', 'eq', 'a'), is('tags', 'eq', 'b')] });
  });

  it('points at the parameter that is wrong', () => {
    const failing = () => parseForm({ 'score[gt]': 'many', note: 'x', 'a[b]c': '', lifecycle: 'active' }, target);
    expect(failing).toThrow(CrmError);
    try {
      failing();
    } catch (error) {
      const pointers = (error as CrmError).details.errors?.map(({ pointer }) => pointer);
      expect(pointers).toEqual(['/query/score[gt]', '/query/note', '/query/a[b]c']);
    }
  });
});
