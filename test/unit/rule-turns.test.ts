import { expect, it } from 'vitest';
import { waitingFor } from '../../functions/rules/moment.ts';
import { turnOf } from '../../functions/rules/rule.ts';
import { When } from '../../functions/rules/when.ts';

const startedAt = '2026-12-01T09:00:00.000Z';
const now = Date.parse(startedAt);
const silence = When.parse({ kind: 'silence', days: 90 });

it('a rule that goes through a big workspace comes to a thousand of those whose moment has passed in a minute', () => {
  const minutes = [0, 999, 1_000, 100_000].map((done) => (turnOf({ startedAt, done }) - now) / 60_000);
  expect(minutes).toEqual([0, 0, 1, 100]);
});

it('whose moment has passed waits for her turn, whose is to come for her moment', () => {
  if (silence.kind !== 'silence') throw new Error('silence is a moment');
  const said = { now, since: now, passed: true, turn: turnOf({ startedAt, done: 5_000 }) };
  const passed = { occurrence: 'a', at: now - 86_400_000 };
  const next = { occurrence: 'b', at: now + 86_400_000 };
  expect(waitingFor(silence, { passed }, said)).toEqual({ occurrence: 'a', at: '2026-12-01T09:05:00.000Z', look: false });
  expect(waitingFor(silence, { next }, said)).toEqual({ occurrence: 'b', at: '2026-12-02T09:00:00.000Z', look: false });
});
