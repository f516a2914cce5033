import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callerOf } from '../../functions/forms/counts.ts';
import { type Circumstances, mostScore, samenessOf, scoreOf } from '../../functions/forms/score.ts';
import { sha256 } from '../../functions/forms/sha256.ts';
import { subjectOf, submissionErrors } from '../../functions/forms/submission.ts';
import { bitsFor, isDone, leastBits, mostBits, rateOf, searched } from '../../functions/forms/work.ts';

const usual: Circumstances = { afterMs: 60_000, hiddenField: false, fromAddress: 1, sameWords: 1 };
const said = (words: string, more: { name?: string; subject?: string } = {}) => ({
  name: more.name ?? 'Ana',
  subject: more.subject ?? null,
  words,
});
const isHeld = (words: string, circumstances: Partial<Circumstances> = {}, more: { name?: string; subject?: string } = {}) =>
  scoreOf(said(words, more), { ...usual, ...circumstances }).score > mostScore;

/** What customers write, in the product's languages; nothing of it may be held back. */
const written = [
  'The cartridge that I bought on Monday leaks. Can I bring it back to the shop in Cebu?',
  'Leaks!!! Please call me.',
  'Bonjour, ma commande 4711 n’est pas arrivée. Le suivi : https://poste.example/suivi/4711. Merci de me répondre.',
  'Hindi pa dumarating ang order ko mula noong Lunes. Pakitawagan po ako sa hapon, salamat.',
  'میرا آرڈر ابھی تک نہیں پہنچا۔ براہِ کرم بتائیں کہ کب آئے گا۔',
  'น้ำรั่วจากไส้กรองที่ซื้อเมื่อวันจันทร์ ขอเปลี่ยนได้ไหมคะ',
  'WHERE IS MY ORDER? I HAVE WAITED FOR THREE WEEKS AND NOBODY ANSWERS THE PHONE. THIS IS NOT OKAY.',
  'I saw the filter at shop.example.com and wrote to ana@trujillo.com before. Is it still there?',
  'ok',
];
/** What machines write. */
const spam = [
  'Hi, we offer first page ranking: https://seo.example/a https://seo.example/b https://seo.example/c Reply now.',
  'Great site! <a href="https://pills.example">cheap pills</a>',
  '[url=https://casino.example]best casino[/url]',
  `${'buy now '.repeat(40)} visit www.deals.example and www.more.example`,
  'Visit bestdeals.shop and cheapwatches.top and replica.xyz today',
];

describe('what speaks of spam', () => {
  it.each(written)('holds back nothing of what a person writes: %s', (words) => {
    expect(scoreOf(said(words), usual)).toMatchObject({ score: expect.toSatisfy((score: number) => score <= mostScore) });
  });

  it.each(spam)('holds back what a machine writes: %s', (words) => {
    expect(isHeld(words)).toBe(true);
  });

  it('holds back what filled in the field that nobody sees, or came sooner than anybody reads', () => {
    expect(isHeld('A question', { hiddenField: true })).toBe(true);
    expect(isHeld('A question', { afterMs: 2_999 })).toBe(true);
    expect(isHeld('A question', { afterMs: 3_000 })).toBe(false);
  });

  it('holds back the same words from the third time on, and many from one address', () => {
    expect([1, 2, 3].map((sameWords) => isHeld('A question', { sameWords }))).toEqual([false, false, true]);
    expect([1, 3, 8, 9].map((fromAddress) => isHeld('A question', { fromAddress }))).toEqual([false, false, false, true]);
  });

  it('says what it found, and that the name is a link', () => {
    expect(scoreOf(said('Look', { name: 'www.pills.example' }), usual).signs).toEqual(['link_in_name']);
    expect(scoreOf(said('https://a.example'), { ...usual, afterMs: 0 }).signs).toEqual(['too_fast', 'links']);
  });

  it('reads the longest text that there can be', () => {
    for (const words of ['a'.repeat(10_000), 'a.'.repeat(5_000), '<a '.repeat(3_333), 'www.'.repeat(2_500), `${'x '.repeat(4_999)}`])
      expect(scoreOf(said(words), usual).score).toBeGreaterThanOrEqual(0);
  });

  it('takes words for the same whatever their case, accents and signs, and short ones for nothing', () => {
    expect(samenessOf('Buy NOW, at the bést shop!')).toBe(samenessOf('buy now at the best shop'));
    expect(samenessOf('Please call me')).toBeUndefined();
  });
});

describe('the work of a page', () => {
  const hex = (digest: Uint32Array) => [...digest].map((word) => word.toString(16).padStart(8, '0')).join('');

  it('is hashed as SHA-256 says, at every length around a block', () => {
    for (const length of [0, 1, 3, 55, 56, 57, 63, 64, 65, 111, 112, 119, 120, 128, 200]) {
      const text = 'suki'.repeat(60).slice(0, length);
      expect(hex(sha256(text)), String(length)).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });

  it('is found by searching, and is no other page’s work', () => {
    const proof = searched('pass-one', { bits: 12, from: 0, count: 1_000_000 }) ?? '';
    expect(isDone('pass-one', { bits: 12, proof })).toBe(true);
    expect(createHash('sha256').update(`pass-one.${proof}`).digest().readUInt16BE() >>> 4).toBe(0);
    expect(isDone('pass-two', { bits: 12, proof })).toBe(false);
    expect(searched('pass-one', { bits: 12, from: 0, count: Number(proof) })).toBeUndefined();
  });

  it('grows by one bit each time that the rate doubles, within its bounds', () => {
    expect([0, 10, 11, 20, 21, 40, 80, 10_000].map(bitsFor)).toEqual([
      ...[leastBits, leastBits, leastBits + 1, leastBits + 1, leastBits + 2, leastBits + 2, leastBits + 3],
      mostBits,
    ]);
  });

  it('goes by the last ten minutes, whichever spans they touch', () => {
    expect(rateOf({ before: 20, now: 0, gone: 0 })).toBe(20);
    expect(rateOf({ before: 20, now: 6, gone: 0.5 })).toBe(16);
    expect(rateOf({ before: 20, now: 6, gone: 1 })).toBe(6);
  });
});

describe('who asks', () => {
  it('is whom CloudFront names, whatever he wrote before it', () => {
    expect(callerOf('203.0.113.7, 130.176.1.2')).toBe('203.0.113.7');
    expect(callerOf('9.9.9.9, 8.8.8.8, 203.0.113.7, 130.176.1.2')).toBe('203.0.113.7');
    expect(callerOf('203.0.113.7')).toBe('203.0.113.7');
    expect(callerOf('2001:db8:1:2:aaaa:bbbb:cccc:dddd, 130.176.1.2')).toBe('2001:db8:1:2');
    expect([callerOf(undefined), callerOf('')]).toEqual([undefined, undefined]);
  });
});

describe('what was handed in', () => {
  const fields = { name: 'required', email: 'optional', phone: 'optional', reference: 'off', subject: 'required' } as const;
  const form = { fields, types: ['question', 'complaint'] as ('question' | 'complaint')[] };
  const problems = (more: object) => submissionErrors(form, { language: 'en', ...more }).map(({ pointer, code }) => `${pointer} ${code}`);

  it('names every field that lacks or does not fit', () => {
    expect(problems({})).toEqual(['/name required', '/subject required', '/words required', '/type required', '/email no_way_back']);
    expect(problems({ name: 'Ana', subject: 'x', words: 'y', type: 'return', email: 'nobody', phone: 'call me', reference: '1' })).toEqual([
      '/reference unknown_field',
      '/type unknown_option',
      '/email invalid_format',
      '/phone invalid_format',
    ]);
    expect(problems({ name: 'Ana', subject: 'x', words: 'y', type: 'question', phone: '+63 917 555 0123' })).toEqual([]);
  });

  it('has the beginning of its words for a subject where it says none', () => {
    expect(subjectOf({ subject: null, words: 'It leaks.\nSince Monday.' })).toBe('It leaks.');
    expect(subjectOf({ subject: 'Tap', words: 'It leaks.' })).toBe('Tap');
    expect(subjectOf({ subject: null, words: 'x'.repeat(500) })).toHaveLength(120);
  });
});
