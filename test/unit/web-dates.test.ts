import { describe, expect, it } from 'vitest';
import { instantAt, instantOfText, readDate, readTime, wallClock } from '../../web/src/i18n/dates.ts';

const today = { year: 2026, month: 11, day: 22 };
const thai = { calendar: 'buddhist', order: 'dmy', today } as const;
const french = { calendar: 'gregory', order: 'dmy', today } as const;

describe('a date that somebody types', () => {
  it.each([
    ['22/11/2026', french],
    ['22.11.26', french],
    ['2026-11-22', french],
    ['22/11', french],
    ['22/11/2569', french],
    ['22/11/2569', thai],
    ['22/11/69', thai],
    ['๒๒/๑๑/๒๕๖๙', thai],
    ['۲۲/۱۱/۲۰۲۶', french],
    ['2569-11-22', thai],
    ['22/11/2026', thai],
  ])('is understood in either calendar: %s', (text, rules) => {
    expect(readDate(text, rules)).toEqual(today);
  });

  it.each(['', 'soon', '31/02/2026', '22', '1/2/3/4', '00/11/2026', '22/13/2026'])('is not guessed where there is none: %s', (text) => {
    expect(readDate(text, french)).toBeUndefined();
  });

  it('puts the month first where that is the custom', () => {
    expect(readDate('11/22/2026', { ...french, order: 'mdy' })).toEqual(today);
  });
});

describe('a time that somebody types', () => {
  it.each([
    ['9:30', 570],
    ['0930', 570],
    ['21h30', 1290],
    ['9.30 pm', 1290],
    ['12 am', 0],
    ['๐๙:๓๐', 570],
  ])('is understood: %s', (text, minutes) => {
    expect(readTime(text)).toBe(minutes);
  });

  it.each(['', '25:00', '9:61', 'noon', '13 pm'])('is not guessed where there is none: %s', (text) => {
    expect(readTime(text)).toBeUndefined();
  });
});

describe('a wall clock in a zone', () => {
  it.each(['Asia/Manila', 'Asia/Karachi', 'Europe/Paris', 'Asia/Bangkok', 'America/St_Johns', 'UTC'])(
    'leads to the instant and back in %s',
    (zone) => {
      const at = instantAt(zone, { year: 2026, month: 7, day: 1 }, 9 * 60 + 30);
      expect(wallClock(zone, at)).toEqual({ year: 2026, month: 7, day: 1, minutes: 570 });
    },
  );

  it('is meant by a field of date and time, wherever the machine stands', () => {
    expect(instantOfText('2026-12-01T09:00', 'Asia/Manila')).toBe('2026-12-01T01:00:00.000Z');
    expect(instantOfText('2026-12-01T09:00', 'Europe/Paris')).toBe('2026-12-01T08:00:00.000Z');
  });

  it('takes the later hour where summer time leaves one out', () => {
    expect(instantAt('Europe/Paris', { year: 2026, month: 3, day: 29 }, 150).toISOString()).toMatch(/^2026-03-29T01:30/);
  });
});
