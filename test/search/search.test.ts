import { describe, expect, it } from 'vitest';
import { isSmall } from '../../functions/customers/search-words.ts';
import { fold } from '../../functions/kernel/fold.ts';
import { corpus } from './corpus.ts';
import { find, indexOf } from './memory.ts';
import { searches } from './searches.ts';

const index = indexOf(corpus);

describe.each(Object.entries(searches))('a search for %s', (_, asked) => {
  it.each(asked)('$ask finds $first first', ({ ask, first }) => {
    expect(find(index, ask)[0] ?? null).toBe(first);
  });
});

describe('the searches', () => {
  it('are 60 and more, over some 150 customers in three scripts', () => {
    expect(Object.values(searches).flat().length).toBeGreaterThanOrEqual(60);
    expect(corpus.length).toBeGreaterThanOrEqual(140);
    for (const script of [/\p{Script=Latin}/u, /\p{Script=Arabic}/u, /\p{Script=Thai}/u])
      expect(corpus.filter(({ input }) => script.test(input.name)).length).toBeGreaterThanOrEqual(20);
  });

  it('find every customer by her whole name and by each of its words', () => {
    const isAskedFor = (word: string) => word.length > 2 && !isSmall(word);
    for (const { key, input } of corpus) {
      expect(find(index, input.name), input.name).toContain(key);
      for (const word of fold(input.name)
        .match(/[\p{L}\p{M}\p{N}']+/gu)
        ?.filter(isAskedFor) ?? [])
        expect(find(index, word), word).toContain(key);
    }
  });
});
