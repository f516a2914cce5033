import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortable, sortableBytes, sortablePrefix } from '../../functions/kernel/collation.ts';
import { fullNames } from './names.ts';

const byKey = (a: string, b: string) => Buffer.compare(Buffer.from(sortable(a)), Buffer.from(sortable(b)));
const sorted = (names: string) => names.split(' ').sort(byKey).join(' ');

/** The share of pairs that our keys and Intl.Collator put in the same order; names that differ in case only are equal to both. */
function agreement(names: readonly string[], locale: string): number {
  const collator = new Intl.Collator(locale, { sensitivity: 'accent' });
  let pairs = 0;
  let same = 0;
  for (const [at, a] of names.entries())
    for (const b of names.slice(at + 1)) {
      pairs += 1;
      if (Math.sign(collator.compare(a, b)) === byKey(a, b)) same += 1;
    }
  return same / pairs;
}

/** Intl compares whole names, keys are cut at 60 bytes; no test name is that long, so nothing is left to tolerate. */
describe('the order of names', () => {
  it.each([
    ['latin', 'en'],
    ['latin', 'fr'],
    ['urdu', 'ur'],
    ['thai', 'th'],
  ] as const)('of %s script is that of the collation %s, in every pair of 200 names and more', (script, locale) => {
    const names = fullNames(script);
    expect(names.length).toBeGreaterThanOrEqual(200);
    expect(agreement(names, locale)).toBe(1);
  });

  it.each(['es', 'fil'])('differs from the collation %s only where ñ (and ng) are letters of their own', (locale) => {
    const names = fullNames('latin');
    expect(agreement(names, locale)).toBeGreaterThan(0.997);
    expect(
      agreement(
        names.filter((name) => !/ñ|ng/i.test(name)),
        locale,
      ),
    ).toBe(1);
  });

  it('puts accents after the plain letters, and decides by them last', () => {
    expect(sorted('côté Josefa cote José côte Jose coté')).toBe('cote coté côte côté Jose José Josefa');
  });

  it('puts a Thai leading vowel after its consonant', () => {
    expect(sorted('แก้ว ขวัญ เกศ กมล ไก่')).toBe('กมล เกศ แก้ว ไก่ ขวัญ');
  });

  it('follows the Urdu alphabet', () => {
    expect(sorted('یاسمین وقار ہما ٹیپو تنویر پروین بابر آمنہ احمد')).toBe('احمد آمنہ بابر پروین تنویر ٹیپو وقار ہما یاسمین');
  });

  it('puts names from an Arabic keyboard beside their Urdu twins', () => {
    expect(sortable('علي كريم')).toBe(sortable('علی کریم'));
  });

  it('puts a name before the longer names that begin with it, also with an id behind it', () => {
    const keys = ['Ana', 'Aná', 'Ana Maria', 'Ana-Maria', 'Anabel'].map((name) => `${sortable(name)}#cus_1`);
    expect(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(keys);
  });

  it('puts numbers before letters, and Latin before Urdu before Thai', () => {
    expect(sorted('นภา گلزار Zoé 3M')).toBe('3M Zoé گلزار นภา');
  });
});

describe('a sort key', () => {
  it('is about as long as its name', () => {
    for (const script of ['latin', 'urdu', 'thai'] as const) {
      const names = fullNames(script).join('');
      const keys = fullNames(script).map(sortable).join('');
      expect(Buffer.byteLength(keys) / Buffer.byteLength(names)).toBeLessThan(1.2);
    }
  });

  it('never exceeds 60 bytes, and holds nothing that sorts below $', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const key = sortable(name);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(sortableBytes);
        expect([...key].every((char) => char >= '$')).toBe(true);
      }),
    );
  });

  it('is well-formed and the same for composed and decomposed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        expect(sortable(name).isWellFormed()).toBe(true);
        expect(sortable(name.normalize('NFD'))).toBe(sortable(name.normalize('NFC')));
      }),
    );
  });

  it('begins with the key of every beginning of the name', () => {
    for (const name of [...fullNames('latin'), ...fullNames('urdu'), ...fullNames('thai')])
      for (let length = 1; length <= name.length; length += 1)
        expect(sortable(name).startsWith(sortablePrefix(name.slice(0, length)))).toBe(true);
  });
});
