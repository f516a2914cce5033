import type { Shop } from './shops.ts';

/** Wall clocks of the shops: from a zone's local time to an instant and back. */
export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** ISO: 1 is Monday. */
  weekday: number;
}

export const dayMs = 86_400_000;
const minuteMs = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

function format(zone: string) {
  const kept = formats.get(zone);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset', hour: 'numeric' });
  formats.set(zone, made);
  return made;
}

/** How far a zone is ahead of UTC at an instant, in ms; remembered by the hour, for asking costs 10 µs. */
function offsetAt(zone: string, instant: number): number {
  const key = `${zone}|${Math.floor(instant / 3_600_000)}`;
  const kept = offsets.get(key);
  if (kept !== undefined) return kept;
  const name = format(zone)
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')!.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
  offsets.set(key, offset);
  return offset;
}

export function wallOf(zone: string, instant: number): Wall {
  const local = new Date(instant + offsetAt(zone, instant));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    weekday: local.getUTCDay() || 7,
  };
}

/** The instant at which a zone's clock shows a day (that of `instant`) and a minute of it. */
export function atMinute(zone: string, instant: number, minuteOfDay: number): number {
  const midnight = Math.floor((instant + offsetAt(zone, instant)) / dayMs) * dayMs;
  const guess = midnight + minuteOfDay * minuteMs - offsetAt(zone, instant);
  return midnight + minuteOfDay * minuteMs - offsetAt(zone, guess);
}

const isOpenDay = (shop: Pick<Shop, 'open' | 'timeZone'>, instant: number) =>
  shop.open.days.includes(wallOf(shop.timeZone, instant).weekday);

/** Noon of the shop's day, or of the next (`step` 1) or last (`step` -1) one on which it works. */
export function workday(shop: Pick<Shop, 'open' | 'timeZone'>, instant: number, step: 1 | -1): number {
  let day = atMinute(shop.timeZone, instant, 720);
  while (!isOpenDay(shop, day)) day += step * dayMs;
  return day;
}

/** The first moment at or after `instant` at which the shop works. */
export function whenOpen(shop: Pick<Shop, 'open' | 'timeZone'>, instant: number): number {
  const { from, to } = shop.open;
  const day = workday(shop, instant, 1);
  const opens = atMinute(shop.timeZone, day, from * 60);
  const closes = atMinute(shop.timeZone, day, to * 60);
  if (instant <= opens) return opens;
  if (instant < closes) return instant;
  return whenOpen(shop, atMinute(shop.timeZone, day + dayMs, 0));
}
