import { randomUUID } from 'node:crypto';
import { type EventPattern, workers } from '../lib/services.ts';
import { movableNow } from './clock.ts';
import { AwsError } from './http.ts';
import type { Queues } from './queues.ts';
import { eventQueue } from './settings.ts';
import { atomically, type Store } from './store.ts';

/** An event as rules and archives see it. */
export interface BusEvent {
  id: string;
  source: string;
  'detail-type': string;
  time: string;
  resources: string[];
  detail: unknown;
}

export interface Bus {
  put(entries: PutEntry[]): { EventId?: string; ErrorCode?: string; ErrorMessage?: string }[];
  /** The newest events first, of the kept ones. */
  journal(atMost: number): BusEvent[];
}

interface PutEntry {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  Resources?: string[];
}

/** Events kept for a look; older ones are forgotten, as a bus forgets all of them. */
const kept = 10_000;

/** A rule of the bus: which events it wants, and the queue where they wait for its function. */
export type Rule = { pattern: EventPattern; queue: string };

const fits = ({ source, 'detail-type': types, detail }: EventPattern, event: BusEvent) =>
  source.includes(event.source) &&
  types.some((type) => (typeof type === 'string' ? type === event['detail-type'] : event['detail-type'].startsWith(type.prefix))) &&
  Object.entries(detail ?? {}).every(([name, values]) => (values as unknown[]).includes((event.detail as Record<string, unknown>)[name]));

/** The rules of lib/services.ts, as the stack makes them in the cloud. */
export const busRules: readonly Rule[] = Object.entries(workers).flatMap(([name, { trigger }]) =>
  trigger.kind === 'events' ? [{ pattern: trigger.pattern, queue: eventQueue(name) }] : [],
);

/** A bus on the loopback's file. An event is kept for every rule that wants it in the same transaction in which it is put. */
export function createBus(store: Store, { queues, rules = busRules }: { queues: Queues; rules?: readonly Rule[] }): Bus {
  const insert = store.prepare('INSERT INTO events (id, at, event) VALUES (?, ?, ?)');
  const forget = store.prepare('DELETE FROM events WHERE n <= ?');
  function put(entry: PutEntry) {
    const problem = problemOf(entry);
    if (problem) return { ErrorCode: problem, ErrorMessage: 'The entry is refused.' };
    const at = movableNow();
    const event: BusEvent = {
      id: randomUUID(),
      source: entry.Source as string,
      'detail-type': entry.DetailType as string,
      time: new Date(at).toISOString(),
      resources: entry.Resources ?? [],
      detail: JSON.parse(entry.Detail as string),
    };
    const { lastInsertRowid } = insert.run(event.id, at, JSON.stringify(event));
    const n = Number(lastInsertRowid);
    if (n % 100 === 0) forget.run(n - kept);
    for (const rule of rules) if (fits(rule.pattern, event)) queues.send(rule.queue, { body: JSON.stringify(event) });
    return { EventId: event.id };
  }
  return {
    put: (entries) => atomically(store, () => entries.map(put)),
    journal: (atMost) =>
      store
        .prepare('SELECT event FROM events ORDER BY n DESC LIMIT ?')
        .all(atMost)
        .map((row) => JSON.parse(String(row.event))),
  };
}

function problemOf({ Source, DetailType, Detail }: PutEntry): string | undefined {
  if (!Source || !DetailType || !Detail) return 'InvalidArgument';
  try {
    const detail: unknown = JSON.parse(Detail);
    return typeof detail === 'object' && detail !== null ? undefined : 'MalformedDetail';
  } catch {
    return 'MalformedDetail';
  }
}

/** Answers EventBridge's AWS JSON 1.1 protocol. */
export function answerBus(bus: Bus, operation: string, input: { Entries?: PutEntry[] }): object {
  if (operation !== 'PutEvents') throw new AwsError('InvalidAction', `The loopback has no ${operation} for the bus.`);
  const entries = input.Entries ?? [];
  const size = entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0);
  if (entries.length < 1 || entries.length > 10) throw new AwsError('ValidationException', 'A call has 1 to 10 entries.');
  if (size > 1_048_576) throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  const Entries = bus.put(entries);
  return { FailedEntryCount: Entries.filter((entry) => entry.ErrorCode).length, Entries };
}
