import { describe, expect, it } from 'vitest';
import { idFrom } from '../../functions/kernel/ids.ts';
import { passesBy, ResponsesFilter } from '../../functions/responses/filter.ts';
import { responseIdOf } from '../../functions/responses/response.entity.ts';
import { completed, Response } from '../../functions/responses/response.ts';
import { SurveyDefinition } from '../../functions/surveys/definition.ts';
import { counted, exactFigure, figureOf, movement, noAnswers } from '../../functions/surveys/figures.ts';
import type { ScoredKind } from '../../functions/surveys/logic.ts';
import { mainQuestion, noTally, tallied } from '../../functions/surveys/tally.ts';

/** Numbers that follow from a seed (mulberry32), so that a failure can be looked at again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const scales: Record<ScoredKind, [number, number]> = { nps: [0, 10], csat: [1, 5], ces: [1, 7], rating: [1, 5] };

/** The mean of some numbers and its margin, straight from the list: no histogram, no formula of the product's. */
function meanOf(numbers: readonly number[]) {
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const variance = numbers.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  return { mean, ofAll: variance / numbers.length, ofSample: variance / (numbers.length - 1) };
}

/** NPS is the mean of +1, 0 and −1; CSAT of 1 and 0: their margins follow from the variance of these very numbers. */
function independently(kind: ScoredKind, answers: readonly number[]) {
  const n = answers.length;
  if (kind === 'nps') {
    const { mean, ofAll } = meanOf(answers.map((one) => (one > 8 ? 1 : one < 7 ? -1 : 0)));
    return { value: mean * 100, margin: 196 * Math.sqrt(ofAll / n) };
  }
  if (kind === 'csat') {
    const { mean, ofAll } = meanOf(answers.map((one) => (one > 3 ? 1 : 0)));
    return { value: mean * 100, margin: 196 * Math.sqrt(ofAll / n) };
  }
  const { mean, ofSample } = meanOf(answers);
  return { value: mean, margin: n > 1 ? 1.96 * Math.sqrt(ofSample / n) : null };
}

describe('a figure of a survey', () => {
  it('equals an independent computation over ten thousand random sets of answers', () => {
    const next = random(20261130);
    const kinds = Object.keys(scales) as ScoredKind[];
    for (let set = 0; set < 10_000; set++) {
      const kind = kinds[set % kinds.length] as ScoredKind;
      const [low, high] = scales[kind];
      const lean = next() * 3 - 1;
      const answers = Array.from({ length: 1 + Math.floor(next() * 200) }, () => {
        const at = Math.min(1, Math.max(0, next() + lean * next()));
        return low + Math.min(high - low, Math.floor(at * (high - low + 1)));
      });
      const counts = noAnswers(kind);
      for (const one of answers) counted(counts, kind, one);
      const figure = exactFigure(kind, counts);
      const expected = independently(kind, answers);
      expect(figure.n).toBe(answers.length);
      expect(Math.abs((figure.value ?? Number.NaN) - expected.value)).toBeLessThan(1e-9);
      if (expected.margin === null) expect(figure.margin).toBeNull();
      else expect(Math.abs((figure.margin ?? Number.NaN) - expected.margin)).toBeLessThan(1e-6);
    }
  });

  it('is hidden of fewer than five answers, and marked of fewer than thirty', () => {
    const of = (n: number) => figureOf('nps', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, n]);
    expect(of(4)).toEqual({ n: 4, value: null, margin: null, counts: null, hidden: true, few: true });
    expect(of(5)).toMatchObject({ n: 5, value: 100, margin: 0, hidden: false, few: true });
    expect(of(29).few).toBe(true);
    expect(of(30).few).toBe(false);
  });

  it('moves with the margin of both', () => {
    const [before, after] = [exactFigure('csat', [0, 0, 50, 25, 25]), exactFigure('csat', [0, 0, 20, 40, 40])];
    expect(movement(before, after)?.value).toBeCloseTo(30, 10);
    expect(movement(before, after)?.margin).toBeCloseTo(Math.sqrt((before.margin ?? 0) ** 2 + (after.margin ?? 0) ** 2), 10);
    expect(movement(figureOf('csat', [1, 0, 0, 0, 0]), after)).toBeNull();
  });
});

describe('each number of a report', () => {
  const say = (key: string, kind: string, more: object = {}) => ({ key, kind, texts: { en: { title: key } }, ...more });
  const options = ['phone', 'mail'].map((key) => ({ key, texts: { en: { title: key } } }));
  const questions = [
    ...[say('recommend', 'nps'), say('again', 'nps'), say('satisfied', 'csat'), say('stars', 'rating')],
    ...[say('way', 'single', { options }), say('ways', 'multiple', { options })],
    say('news', 'consent', { topic: { channel: 'email', topic: 'news' } }),
  ];
  const definition = SurveyDefinition.parse({ sections: [{ key: 'main', questions }] });
  const next = random(20261201);
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  const values = {
    ...{ recommend: () => upTo(10), again: () => upTo(10), satisfied: () => 1 + upTo(4), stars: () => 1 + upTo(4) },
    ...{ way: () => ['phone', 'mail'][upTo(1)] as string, ways: () => ['phone', 'mail'].slice(upTo(1)), news: () => upTo(1) === 1 },
  };
  const responses = Array.from({ length: 600 }, (_, n) => {
    // Each question is left out by some, the one that the survey is counted by too.
    const said = Object.entries(values).filter(() => next() < 0.7);
    const asked = { surveyId: idFrom('svy', 'rows'), surveyVersion: 1 };
    const begun = Response.parse({
      ...{ ...asked, id: responseIdOf(asked, idFrom('inv', String(n))), source: { kind: 'open', openLinkId: idFrom('opl', 'rows') } },
      ...{ channel: 'open', language: 'en', startedAt: '2026-11-30T08:00:00.000Z', version: 1 },
      answers: Object.fromEntries(said.map(([key, value]) => [key, value()])),
    });
    const done = next() < 0.9 ? completed(begun, definition, { at: '2026-11-30T08:05:00.000Z', ownerId: null }) : begun;
    return next() < 0.1 ? { ...done, archivedAt: '2026-11-30T09:00:00.000Z' } : done;
  });
  const main = mainQuestion(definition);
  const tally = noTally(main);
  for (const response of responses) tallied(tally, response, { definition, main });
  /** What a list of responses shows, which knows none that was not handed in. */
  const rows = (filter: object) =>
    responses.filter(({ completedAt }) => completedAt !== null).filter(passesBy(ResponsesFilter.parse(filter)));

  it('opens as many rows as it counts: of the main score by its bands, though some left its question out', () => {
    const part = (from: number, to: number) => tally.score.slice(from, to).reduce((sum, one) => sum + one, 0);
    const found = (['detractor', 'passive', 'promoter'] as const).map((band) => rows({ band, scored: 'nps' }).length);
    expect(found).toEqual([part(0, 7), part(7, 9), part(9, 11)]);
    expect(rows({ band: 'promoter' }).length).toBeGreaterThan(part(9, 11));
  });

  it('opens as many rows as it counts: of each question, each value, each option and each consent', () => {
    for (const { key, kind } of definition.sections[0]?.questions ?? []) {
      const at = tally.questions.get(key);
      expect([key, rows({ question: key }).length]).toEqual([key, at?.answered]);
      const counts = [
        ...(at?.scale ?? []).map((count, place) => [String(place + (kind === 'nps' ? 0 : 1)), count] as const),
        ...(at?.options ?? []),
      ];
      expect(counts.length).toBeGreaterThan(1);
      for (const [value, count] of counts) expect([key, value, rows({ question: key, value }).length]).toEqual([key, value, count]);
    }
  });
});
