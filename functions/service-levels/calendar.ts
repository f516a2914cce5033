import * as z from 'zod';
import { CalendarDate, TimeZone, text, WallTime } from '../kernel/values.ts';

/** When a company works: hours of the week and holidays, as the clocks of a zone show them. Schema; pure. */

/** `24:00` ends a day. */
const EndTime = z.union([WallTime, z.literal('24:00')]);

export const Opening = z
  .strictObject({
    /** ISO: 1 is Monday. */
    weekday: z.int().min(1).max(7),
    from: WallTime,
    to: EndTime,
  })
  .refine(({ from, to }) => from < to, { error: 'ends before it begins', path: ['to'] });
export type Opening = z.output<typeof Opening>;

/** Names that a service level gives its calendars. */
export const CalendarKey = z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and -');

const overlap = (hours: readonly Opening[]) =>
  hours.some((one, at) =>
    hours.some((other, there) => there > at && one.weekday === other.weekday && one.from < other.to && other.from < one.to),
  );

export const WorkCalendar = z
  .strictObject({
    key: CalendarKey,
    name: text(60),
    zone: TimeZone,
    /** A night's shift is two: until 24:00, and from 00:00 of the next day. */
    hours: z
      .array(Opening)
      .min(1)
      .max(42)
      .refine((hours) => !overlap(hours), { error: 'hours overlap' }),
    /** Days on which nobody works, whatever the weekday. */
    holidays: z.array(CalendarDate).max(500).default([]),
  })
  .meta({ id: 'WorkCalendar' });
export type WorkCalendar = z.output<typeof WorkCalendar>;
