import { describe, expect, it } from 'vitest';
import { nextFiring } from '../../local/cron.ts';

const next = (expression: string, zone: string, after: string) => {
  const time = nextFiring(expression, zone, Date.parse(after));
  return time === undefined ? undefined : new Date(time).toISOString();
};

describe('when a schedule fires next', () => {
  it.each([
    ['rate(5 minutes)', 'UTC', '2026-01-01T00:00:00Z', '2026-01-01T00:05:00.000Z'],
    ['rate(1 day)', 'Europe/Paris', '2026-03-28T12:00:00Z', '2026-03-29T12:00:00.000Z'],
    ['at(2026-05-01T09:00:00)', 'Asia/Manila', '2026-01-01T00:00:00Z', '2026-05-01T01:00:00.000Z'],
    ['at(2026-05-01T09:00:00)', 'Asia/Manila', '2026-06-01T00:00:00Z', undefined],
    ['cron(0 9 * * ? *)', 'Asia/Karachi', '2026-01-01T05:00:00Z', '2026-01-02T04:00:00.000Z'],
    ['cron(0/15 8-10 ? * MON-FRI *)', 'UTC', '2026-01-02T10:45:00Z', '2026-01-05T08:00:00.000Z'],
    ['cron(30 6 L * ? *)', 'UTC', '2028-02-01T00:00:00Z', '2028-02-29T06:30:00.000Z'],
    ['cron(0 0 29 2 ? *)', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['cron(0 12 1 JAN ? 2030)', 'UTC', '2026-01-01T00:00:00Z', '2030-01-01T12:00:00.000Z'],
  ])('%s in %s after %s: %s', (expression, zone, after, expected) => expect(next(expression, zone, after)).toBe(expected));

  it('skips a local time that the change to summer leaves out', () => {
    expect(next('cron(30 2 * * ? *)', 'Europe/Paris', '2026-03-28T12:00:00Z')).toBe('2026-03-30T00:30:00.000Z');
  });

  it.each(['rate(5 weeks)', 'cron(0 9 * * *)', 'cron(61 * * * ? *)', 'at(tomorrow)', 'every day', 'cron(0 9 40 * ? *)'])(
    'refuses %s',
    (expression) => expect(() => nextFiring(expression, 'UTC', 0)).toThrow(),
  );

  it('refuses a zone that is none', () => expect(() => nextFiring('rate(1 day)', 'Mars/Base', 0)).toThrow(/Timezone/));
});
