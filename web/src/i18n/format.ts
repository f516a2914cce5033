import type { Calendar, DateOrder, PlainDate } from './dates.ts';
import { wallClock } from './dates.ts';
import { currentLanguage } from './i18n.ts';

/** The workspace's way of writing: set once its settings are known. */
export type Region = { zone: string; calendar: Calendar; currency: string; country: string | null };

const device = (): Region => ({
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  calendar: 'gregory',
  currency: 'USD',
  country: null,
});
let region = device();
export const setRegion = (settings: Partial<Region>) => {
  region = { ...device(), ...settings };
};
export const currentRegion = () => region;

/** The reader's language as `Intl` knows it. Filipino and Urdu speakers expect the day first; American English is not what the workspaces write. */
export const localeTag = () => ({ en: 'en-GB', fr: 'fr', fil: 'fil', ur: 'ur-PK', th: 'th' })[currentLanguage()];
export const dateOrder: DateOrder = 'dmy';

const formats = new Map<string, Intl.DateTimeFormat>();
const dateFormat = (options: Intl.DateTimeFormatOptions) => {
  const key = `${localeTag()}${region.zone}${region.calendar}${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(localeTag(), {
      timeZone: region.zone,
      calendar: region.calendar,
      numberingSystem: 'latn',
      ...options,
    });
    formats.set(key, format);
  }
  return format;
};

type When = string | Date;
const dateOf = (when: When) => (typeof when === 'string' ? new Date(when) : when);

export const formatDate = (when: When) => dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }).format(dateOf(when));
export const formatDay = (when: When) =>
  dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(dateOf(when));
export const formatTime = (when: When) => dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(dateOf(when));
export const formatDateTime = (when: When) =>
  dateFormat({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    dateOf(when),
  );
/** A plain date, whatever the zone. */
export const formatPlainDate = ({ year, month, day }: PlainDate) =>
  new Intl.DateTimeFormat(localeTag(), {
    timeZone: 'UTC',
    calendar: region.calendar,
    numberingSystem: 'latn',
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(Date.UTC(year, month - 1, day));
/** As it would be typed: `22/11/2569` where the calendar is Buddhist. */
export const typedDate = ({ year, month, day }: PlainDate) => `${day}/${month}/${region.calendar === 'buddhist' ? year + 543 : year}`;
export const typedTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

export const formatNumber = (value: number) => new Intl.NumberFormat(localeTag(), { numberingSystem: 'latn' }).format(value);

/** Bytes in the largest unit that leaves a number above one. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  const step = Math.min(2, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(localeTag(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    numberingSystem: 'latn',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}

const ages: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago, in the largest unit: "3 days ago". */
export function formatAgo(when: When, now = Date.now()): string {
  const seconds = Math.round((dateOf(when).getTime() - now) / 1000);
  const [unit, size] = ages.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(localeTag(), { numeric: 'auto', numberingSystem: 'latn' } as Intl.RelativeTimeFormatOptions).format(
    Math.trunc(seconds / size),
    unit,
  );
}

/** A stretch of time: "5 min", "1 h 20 min". */
export function formatDuration(seconds: number): string {
  const part = (value: number, unit: string) =>
    new Intl.NumberFormat(localeTag(), { style: 'unit', unit, unitDisplay: 'short', numberingSystem: 'latn' }).format(value);
  const minutes = Math.max(1, Math.round(seconds / 60));
  const hours = Math.floor(minutes / 60);
  return hours ? [part(hours, 'hour'), minutes % 60 ? part(minutes % 60, 'minute') : ''].join(' ').trim() : part(minutes, 'minute');
}

export const countryName = (code: string | null | undefined) =>
  code ? (new Intl.DisplayNames([localeTag()], { type: 'region' }).of(code) ?? code) : '';
export const languageName = (code: string | null | undefined) =>
  code ? (new Intl.DisplayNames([localeTag()], { type: 'language' }).of(code) ?? code) : '';
export const currencyName = (code: string) => new Intl.DisplayNames([localeTag()], { type: 'currency' }).of(code) ?? code;

export const formatList = (words: string[], type: 'conjunction' | 'disjunction' = 'conjunction') =>
  new Intl.ListFormat(localeTag(), { type }).format(words);

/** Today, as the workspace's wall shows it. */
export const today = (): PlainDate & { minutes: number } => wallClock(region.zone, new Date());
