import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributesOf, fieldsOf } from '../../functions/table/attributes.ts';

const usual = { removeUndefinedValues: true, convertClassInstanceToMap: false };

/** Whatever JSON holds, and undefined, which is left out. The SDK's marshaller does not take a field called constructor; ours does, as is shown below. */
const { row } = fc.letrec<{ value: unknown; row: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.double({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, noNaN: true }),
    fc.boolean(),
    fc.constantFrom(null, undefined, ''),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('row'),
  ),
  row: fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== 'constructor'),
    tie('value'),
    { maxKeys: 5, noNullPrototype: true },
  ),
}));

describe('attributes of a row', () => {
  it('are those that the SDK’s own marshaller writes', () => {
    fc.assert(
      fc.property(row, (fields) => {
        expect(attributesOf(fields)).toStrictEqual(marshall(fields, usual));
      }),
    );
  });

  it('are read as the SDK’s own marshaller reads them', () => {
    fc.assert(
      fc.property(row, (fields) => {
        const attributes = marshall(fields, usual);
        expect(fieldsOf(attributes)).toStrictEqual(unmarshall(attributes));
      }),
    );
  });

  it('hold no number that a row would not give back exactly', () => {
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53, -(2 ** 53)])
      expect(() => attributesOf({ number })).toThrow(RangeError);
  });

  it('hold nothing that JSON does not have', () => {
    for (const value of [1n, Symbol('x'), () => 1, new Date(0), new Map(), new Set(['a']), new Uint8Array(1)])
      expect(() => attributesOf({ value })).toThrow(TypeError);
    expect(() => fieldsOf({ set: { SS: ['a'] } })).toThrow(TypeError);
  });

  it('keep a field by the name of a prototype as a field', () => {
    const fields = JSON.parse('{ "__proto__": { "admin": true }, "constructor": 1 }') as Record<string, unknown>;
    const back = fieldsOf(attributesOf(fields));
    expect(Object.keys(back)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });
});
