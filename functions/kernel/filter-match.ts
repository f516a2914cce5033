import { nextDay, plusMonths, startOfDay } from './days.ts';
import { type Condition, durationPattern, type FieldCatalogue, type FieldSpec, type Filter, type Operator, type Scalar } from './filter.ts';
import { fold } from './fold.ts';

/**
 * What a filter means, for one row at one moment.
 *
 * - A field with a stand-in (`orAt`) has the stand-in's value where it is absent itself; `exists` asks for the field itself.
 * - Absent (missing, null, '', []): only `ne`, `nin` and `exists: false` hold. `not` turns any answer round, so `not(lt 5)` holds for absent.
 * - A field with several values (tags, addresses.city) meets a condition if one of them does, and `ne`, `nin` if none equals.
 * - text and tags are compared folded (case, accents, Arabic letter forms); enum and id exactly; numbers also from decimal text.
 * - A date is a span: a day is from its midnight to the next in `zone`, an instant is its millisecond, `-P30D` is the instant then.
 *   `lt` is before its start, `gte` from its start on, `gt` after its end, `eq` within it, `between` from the first's start to the second's
 *   end. A row's day without a time counts as its midnight. Years and months are calendar ones (UTC), a day of a duration is 24 hours.
 * - `withinLast: P30D` is from 30 days ago up to now; the future is not within it.
 */
export type Moment = {
  fields: FieldCatalogue /** Epoch milliseconds. */;
  now: number /** IANA zone in which days begin; UTC unless told. */;
  zone?: string;
};

type Test = (row: unknown) => boolean;
type Span = { from: number; to: number };

/** A filter made ready for many rows: values are folded and dates computed once. The filter has passed `parseFilter`. */
export function matcher(filter: Filter, moment: Moment): Test {
  if ('and' in filter) {
    const tests = filter.and.map((member) => matcher(member, moment));
    return (row) => tests.every((test) => test(row));
  }
  if ('or' in filter) {
    const tests = filter.or.map((member) => matcher(member, moment));
    return (row) => tests.some((test) => test(row));
  }
  if ('not' in filter) {
    const test = matcher(filter.not, moment);
    return (row) => !test(row);
  }
  return conditionTest(filter, moment);
}

/** Whether a row meets a filter. */
export const matches = (filter: Filter, row: unknown, moment: Moment): boolean => matcher(filter, moment)(row);

function conditionTest({ field, op, value }: Condition, moment: Moment): Test {
  const spec = Object.hasOwn(moment.fields, field) ? moment.fields[field] : undefined;
  if (!spec) throw new RangeError('a filter must be parsed before it is matched');
  const path = (spec.at ?? field).split('.');
  if (op === 'exists') return (row) => valuesAt(row, path).length > 0 === value;
  const negative = op === 'ne' || op === 'nin';
  const test = valueTest(spec, op, { values: [value].flat(), moment });
  const instead = spec.orAt?.split('.');
  const valuesOf = (row: unknown) => {
    const values = valuesAt(row, path);
    return values.length === 0 && instead ? valuesAt(row, instead) : values;
  };
  return (row) => valuesOf(row).some(test) !== negative;
}

/** The values at a path, own properties only; lists on the way and at its end are opened, what is absent is left out. */
function valuesAt(row: unknown, path: readonly string[]): unknown[] {
  const [head, ...rest] = path;
  if (Array.isArray(row)) return row.flatMap((member) => valuesAt(member, path));
  if (row === undefined || row === null || row === '') return [];
  if (head === undefined) return [row];
  return typeof row === 'object' && Object.hasOwn(row, head) ? valuesAt((row as Record<string, unknown>)[head], rest) : [];
}

/** The positive test of one value of a row: `ne` is tested as `eq`, `nin` as `in`. */
function valueTest(spec: FieldSpec, op: Operator, { values, moment }: { values: Scalar[]; moment: Moment }): (value: unknown) => boolean {
  if (spec.type === 'date') {
    const spans =
      op === 'withinLast'
        ? [{ from: shifted(`-${values[0]}`, moment.now), to: moment.now + 1 }]
        : values.map((value) => spanOf(value, moment));
    return (value) => within(spanOf(String(value), moment).from, op, spans);
  }
  if (spec.type === 'number') {
    const spans = values.map((value) => ({ from: Number(value), to: Number(value) }));
    return (value) => within(Number(value), op, spans);
  }
  const plain = spec.type === 'text' || spec.type === 'tags' ? (value: unknown) => fold(String(value)) : String;
  const wanted = values.map(plain);
  if (op === 'contains') return (value) => plain(value).includes(wanted[0] ?? '');
  if (op === 'startsWith') return (value) => plain(value).startsWith(wanted[0] ?? '');
  return (value) => wanted.includes(plain(value));
}

/** Compares a point with spans; a number is a span that ends where it begins, a date one that ends before `to`. NaN meets nothing. */
function within(point: number, op: Operator, spans: readonly Span[]): boolean {
  const [first = { from: Number.NaN, to: Number.NaN }, last = first] = spans;
  const ended = (span: Span) => (span.from === span.to ? point > span.to : point >= span.to);
  const inside = (from: Span, to: Span) => point >= from.from && !ended(to);
  if (Number.isNaN(point)) return false;
  switch (op) {
    case 'lt':
      return point < first.from;
    case 'lte':
      return !ended(first);
    case 'gt':
      return ended(first);
    case 'gte':
      return point >= first.from;
    case 'between':
      return inside(first, last);
    default:
      return spans.some((span) => inside(span, span));
  }
}

/** The first and last instant (epoch milliseconds) that can meet a condition on a date: outside of them nothing does. */
export function boundsOf({ op, value }: Condition, moment: Moment): Span {
  const spans = [value]
    .flat()
    .map((each) => (op === 'withinLast' ? { from: shifted(`-${each}`, moment.now), to: moment.now + 1 } : spanOf(each, moment)));
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to)) - 1;
  switch (op) {
    case 'eq':
    case 'withinLast':
    case 'between':
      return { from, to };
    case 'gt':
      return { from: to + 1, to: Number.POSITIVE_INFINITY };
    case 'gte':
      return { from, to: Number.POSITIVE_INFINITY };
    case 'lt':
      return { from: Number.NEGATIVE_INFINITY, to: from - 1 };
    case 'lte':
      return { from: Number.NEGATIVE_INFINITY, to };
    default:
      return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  }
}

function spanOf(value: Scalar, { now, zone = 'UTC' }: Moment): Span {
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { from: startOfDay(text, zone), to: startOfDay(nextDay(text), zone) };
  const instant = durationPattern.test(text) ? shifted(text, now) : Date.parse(text);
  return { from: instant, to: instant + 1 };
}

/** An instant moved by a signed ISO 8601 duration. */
function shifted(duration: string, instant: number): number {
  const [, sign, ...parts] = durationPattern.exec(duration) ?? [];
  const [years, months, weeks, days, hours, minutes, seconds] = parts.map((part) => Number(part ?? 0) * (sign === '-' ? -1 : 1)) as Seven;
  return plusMonths(instant, years * 12 + months) + ((weeks * 7 + days) * 24 + hours) * 3_600_000 + minutes * 60_000 + seconds * 1000;
}
type Seven = [number, number, number, number, number, number, number];
