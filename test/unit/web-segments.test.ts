import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../functions/kernel/filter.ts';
import { matches } from '../../functions/kernel/filter-match.ts';
import { columnsOf, missesFile, piecesOf } from '../../web/src/lists/columns.ts';
import { spanOf, spanText } from '../../web/src/segments/spans.ts';
import { changed, filterOf, fits, isGroup, levelsOf, newLeaf, treeOf } from '../../web/src/segments/tree.ts';

const leaf = fc.record({ field: fc.constantFrom('country', 'city'), op: fc.constant('eq' as const), value: fc.constantFrom('a', 'b') });
const group = (of: fc.Arbitrary<unknown>) => {
  const members = fc.array(of, { minLength: 1, maxLength: 3 });
  return fc.oneof(of, fc.record({ and: members }), fc.record({ or: members }), fc.record({ not: of }));
};
const anyFilter = group(group(group(leaf))) as fc.Arbitrary<Filter>;

const fields = { country: { type: 'id', served: 'row' }, city: { type: 'id', served: 'row' } } as const;
const values = ['a', 'b', undefined];
/** Whom a filter finds of all that can be. */
const found = (filter: Filter) => values.flatMap((country) => values.map((city) => matches(filter, { country, city }, { fields, now: 0 })));

describe('the tree of a filter while it is edited', () => {
  it('gives back a filter that finds the same', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(found(filterOf(treeOf(filter)) as Filter)).toEqual(found(filter));
      }),
    );
  });

  it('is no filter while a condition lacks its value', () => {
    const tree = treeOf({ field: 'country', op: 'eq', value: 'PH' });
    expect(filterOf({ ...tree, members: [...tree.members, newLeaf({ field: 'city', op: 'eq', value: undefined })] })).toBeUndefined();
    expect(filterOf(treeOf(undefined))).toBeUndefined();
  });

  it('counts its levels as the API does', () => {
    const three: Filter = {
      and: [
        { field: 'city', op: 'eq', value: 'a' },
        { or: [{ field: 'city', op: 'eq', value: 'a' }, { not: { field: 'city', op: 'eq', value: 'b' } }] },
      ],
    };
    expect(levelsOf(treeOf(three))).toBe(3);
    expect(fits(treeOf(three))).toBe(true);
    expect(fits(treeOf({ not: three }))).toBe(false);
  });

  it('loses nothing but the condition that is taken away', () => {
    const tree = treeOf({
      and: [
        { field: 'country', op: 'eq', value: 'PH' },
        { field: 'city', op: 'eq', value: 'Manila' },
      ],
    });
    const [first] = tree.members;
    const next = changed(tree, first?.key ?? '', () => undefined);
    expect(next.members.map((node) => (isGroup(node) ? '' : node.field))).toEqual(['city']);
  });
});

describe('spans and columns', () => {
  it('are read as they are written', () => {
    expect(spanOf('-P90D')).toEqual({ count: 90, unit: 'D', back: true });
    expect(spanText({ count: 2, unit: 'M', back: false })).toBe('P2M');
    expect(spanOf('P1Y6M')).toBeUndefined();
  });

  it('of a pasted table keep a quoted comma together', () => {
    expect(columnsOf('Name,E-mail\n"Trujillo, Ana",ana@x.example\n')).toEqual({
      rows: [
        ['Name', 'E-mail'],
        ['Trujillo, Ana', 'ana@x.example'],
      ],
      width: 2,
    });
    expect(columnsOf('a@x.example').width).toBe(1);
  });

  it('are sent in pieces whose lines add up', () => {
    const text = Array.from({ length: 1_001 }, (_, at) => `p${at}`).join('\n');
    const pieces = piecesOf(text, 500);
    expect(pieces.map(({ lines }) => lines)).toEqual([500, 500, 1]);
    expect(pieces.map((piece) => piece.text).join('\n')).toBe(text);
  });

  it('of misses hold nothing that a spreadsheet calculates', () => {
    expect(missesFile([{ line: 2, text: '=1+1', reason: 'not_found' }], () => 'nobody')).toBe('\uFEFF2,"\'=1+1","nobody"\r\n');
  });
});
