import { createHash } from 'node:crypto';
import { InteractionInput } from '../interactions/interaction.ts';
import { isoOf } from '../kernel/clock.ts';
import { ulidAt } from '../kernel/ids.ts';
import type { ImportField, RowError } from './import.ts';
import { keyOf, type RowPlan, RowReader } from './rows.ts';
import { type Moment, momentOf, numberOf, timeOfMoment } from './values.ts';
import { channelOf, directionOf, outcomeOf, reasonOf } from './words.ts';

/** A row of a file to an interaction and the customer on whom it hangs. Pure. */
export type InteractionOfRow = {
  customer: { by: 'name' | 'key' | 'email'; value: string };
  input: Omit<InteractionInput, 'id' | 'occurredAt'>;
  occurredAt: string;
  /** The same row has the same id at every import: made of its source, key and time. */
  id: string;
  /** What the source says of whether it was answered in time. */
  timely: 'yes' | 'no' | 'unknown' | null;
  /** Where a day without a time may have been put by an earlier import of the same file. */
  otherId: string | null;
};

const noon = { hour: 12, minute: 0, second: 0 };

export function interactionOf(plan: RowPlan, row: number, cells: readonly string[]): InteractionOfRow | { errors: RowError[] } {
  const reader = new RowReader(plan, row, cells);
  const customer = customerOf(reader);
  const when = whenOf(plan, reader);
  const draft = draftOf(plan, reader);
  if (reader.errors.length || !customer || !when) return { errors: reader.errors };
  const parsed = InteractionInput.safeParse(draft);
  if (!parsed.success) {
    for (const { path, code, message } of parsed.error.issues.slice(0, 20))
      reader.fail(String(path[0]) as ImportField, code, message.slice(0, 200));
    return { errors: reader.errors };
  }
  const key = reader.text('key') ?? JSON.stringify([customer, cells]);
  const { occurredAt: _when, id: _id, ...input } = parsed.data;
  const other = when.other === null ? null : idOf(plan, key, when.other);
  return {
    customer,
    input,
    occurredAt: isoOf(when.time),
    id: idOf(plan, key, when.time),
    otherId: other,
    timely: timelyOf(reader.text('timely')),
  };
}

const [yes, no] = [/^(true|yes|y|1|oui|oo|ہاں|ใช่)$/i, /^(false|no|n|0|non|hindi|نہیں|ไม่)$/i];
const timelyOf = (text: string | null) => (text === null ? null : yes.test(text) ? 'yes' : no.test(text) ? 'no' : 'unknown');

const idOf = ({ mapping }: RowPlan, key: string, time: number) =>
  `int_${ulidAt(
    time,
    createHash('sha256')
      .update(`${mapping.source}\n${keyOf(key)}\n${time}`)
      .digest()
      .subarray(0, 10),
  )}`;

function customerOf(reader: RowReader): InteractionOfRow['customer'] | undefined {
  for (const by of ['key', 'email', 'name'] as const) {
    const value = reader.text(`customer.${by}`);
    if (value) return { by, value };
  }
  reader.fail(null, 'missing', 'no customer');
  return undefined;
}

/** A day without a time is put at noon where the workspace is, so that it is the same day nearly everywhere; today, at its beginning. */
function whenOf(plan: RowPlan, reader: RowReader): { time: number; other: number | null } | undefined {
  const moment = reader.read('occurredAt', { code: 'no_date', detail: 'no such date', read: (text) => momentOf(text, plan.file) });
  const clock = reader.read('time', { code: 'no_time', detail: 'no such time', read: timeOfDay });
  if (!moment) {
    if (reader.text('occurredAt') === null) reader.fail('occurredAt', 'missing', 'no date');
    return undefined;
  }
  const at = (parts: Partial<Moment>) => timeOfMoment({ ...moment, ...parts }, plan.zone);
  if (moment.hasTime || clock) return kept(plan, reader, { time: at(clock ?? {}), other: null });
  const [middle, start] = [at(noon), at({})];
  return middle <= plan.now
    ? kept(plan, reader, { time: middle, other: plan.now - middle < 86_400_000 ? start : null })
    : kept(plan, reader, { time: start, other: middle });
}

function kept({ now }: RowPlan, reader: RowReader, when: { time: number; other: number | null }) {
  // Spreadsheets write a date that is none as one of 1899 or 1900, and an id tells no time before 1970.
  if (when.time < 0) reader.fail('occurredAt', 'too_early', 'before 1970');
  if (when.time > now + 60_000) reader.fail('occurredAt', 'in_future', 'an interaction has happened; plan a follow-up instead');
  return when;
}

function timeOfDay(text: string) {
  const match = /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?\s*([AaPp]\.?[Mm]\.?)?$/.exec(text.trim());
  if (!match) return undefined;
  const [, hours = '', minutes = '', seconds, half] = match;
  const hour = half ? (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0) : Number(hours);
  return hour < 24 && Number(minutes) < 60 ? { hour, minute: Number(minutes), second: Number(seconds ?? 0) } : undefined;
}

function draftOf(plan: RowPlan, reader: RowReader): Record<string, unknown> {
  const { defaults } = plan.mapping;
  const word = reader.text('channel') ?? defaults.channel;
  if (!word) reader.fail('channel', 'missing', 'no channel');
  const bodies = reader.all('body');
  const body = bodies.length > 1 ? bodies.map(({ column, text }) => `${column}: ${text}`).join('\n') : bodies[0]?.text;
  const answered = reader.read('answeredAt', { code: 'no_date', detail: 'no such date', read: (text) => momentOf(text, plan.file) });
  const draft: Record<string, unknown> = {
    ...(word && channelOf(word)),
    direction: reader.read('direction', { code: 'unknown_word', detail: 'neither in nor out', read: directionOf }) ?? defaults.direction,
    reason: reader.read('reason', { code: 'unknown_word', detail: 'no known reason', read: reasonOf }) ?? defaults.reason,
    outcome: reader.read('outcome', { code: 'unknown_word', detail: 'no known outcome', read: outcomeOf }),
    durationSeconds: reader.read('durationSeconds', {
      code: 'no_number',
      detail: 'not a number',
      read: (text) => numberOf(text, plan.file.decimal),
    }),
    subject: reader.text('subject'),
    body: body ?? null,
    answeredAt: answered && isoOf(timeOfMoment(answered, plan.zone)),
    memberId: reader.read('member', {
      code: 'no_such_member',
      detail: 'no such member',
      read: (email) => plan.members.get(email.toLowerCase()),
    }),
  };
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== null && value !== undefined));
}
