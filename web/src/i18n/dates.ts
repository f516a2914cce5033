/** Reading dates that people type: any separator, any digits of the five languages, Gregorian or Buddhist years. Pure. */

export type Calendar = 'gregory' | 'buddhist';
export type DateOrder = 'dmy' | 'mdy';
export type PlainDate = { year: number; month: number; day: number };

/** Years from here on are Buddhist: nobody logs a call of the 25th century. */
const buddhistFrom = 2400;
const offset = 543;

const latinDigits = (text: string) =>
  text.replace(/[٠-٩۰-۹๐-๙]/g, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = code >= 0x0e50 ? 0x0e50 : code >= 0x06f0 ? 0x06f0 : 0x0660;
    return String(code - zero);
  });

const exists = ({ year, month, day }: PlainDate) => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

function fullYear(written: number, digits: number, calendar: Calendar): number {
  if (digits > 2) return written >= buddhistFrom ? written - offset : written;
  // Two digits: 2569 is written 69 in Thailand, 2026 is written 26 elsewhere.
  return calendar === 'buddhist' ? 2500 + written - offset : 2000 + written;
}

/** `22/11/2569`, `22.11.2026`, `2026-11-22`, `22/11` → a Gregorian date; undefined where none can be read. `today` gives a missing year. */
export function readDate(text: string, rules: { calendar: Calendar; order: DateOrder; today: PlainDate }): PlainDate | undefined {
  const parts = latinDigits(text).match(/\d+/g);
  if (!parts || parts.length < 2 || parts.length > 3) return undefined;
  const [a = '', b = '', c = ''] = parts;
  const yearFirst = a.length === 4;
  const [first, second] = rules.order === 'dmy' ? [a, b] : [b, a];
  const yearText = yearFirst ? a : c;
  const date = {
    year: yearText ? fullYear(Number(yearText), yearText.length, rules.calendar) : rules.today.year,
    month: Number(yearFirst ? b : second),
    day: Number(yearFirst ? c : first),
  };
  return exists(date) ? date : undefined;
}

/** `9:30`, `0930`, `9.30 pm`, `21h30` → minutes after midnight; undefined where none can be read. */
export function readTime(text: string): number | undefined {
  const match = /^\s*(\d{1,2})(?:\s*[:.hH]?\s*(\d{2}))?\s*([ap]m)?\s*$/i.exec(latinDigits(text));
  if (!match) return undefined;
  const [, hourText = '', minuteText = '0', half] = match;
  let hour = Number(hourText);
  if (half && hour > 12) return undefined;
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const minutes = hour * 60 + Number(minuteText);
  return hour < 24 && Number(minuteText) < 60 ? minutes : undefined;
}

const partsIn = (zone: string, at: Date) => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<
    'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
    number
  >;
};

/** The calendar date and the minutes after midnight that a clock in `zone` shows at `at`. */
export function wallClock(zone: string, at: Date): PlainDate & { minutes: number } {
  const { year, month, day, hour, minute } = partsIn(zone, at);
  return { year, month, day, minutes: hour * 60 + minute };
}

/** The instant at which a clock in `zone` shows this date and time. In the hour that summer time leaves out, the one after it. */
export function instantAt(zone: string, { year, month, day }: PlainDate, minutes: number): Date {
  const wanted = Date.UTC(year, month - 1, day, 0, minutes);
  let guess = wanted;
  let before = wanted;
  for (let round = 0; round < 4; round += 1) {
    const shown = partsIn(zone, new Date(guess));
    const difference = wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
    if (difference === 0) return new Date(guess);
    before = guess;
    guess += difference;
  }
  // The two guesses take turns round an hour that does not exist.
  return new Date(Math.max(guess, before));
}

/** An instant as fields of date and time show it, by the clock of a zone. */
export function typedIn(zone: string, at: string): { date: string; time: string } {
  const { year, month, day, minutes } = wallClock(zone, new Date(at));
  const two = (part: number) => String(part).padStart(2, '0');
  return { date: `${year}-${two(month)}-${two(day)}`, time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}

/** What a field of date and time says (`2026-12-01T09:00`), by the clock of a zone and not by that of the machine, as the API wants it. */
export function instantOfText(typed: string, zone: string): string {
  const [date = '', time = ''] = typed.split('T');
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return instantAt(zone, { year, month, day }, hours * 60 + minutes).toISOString();
}
