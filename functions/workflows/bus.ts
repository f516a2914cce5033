import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { env } from '../kernel/env.ts';
import { leanOptions, slimmed } from '../kernel/lean-client.ts';

let client: EventBridgeClient | undefined;
const perCall = 10;

function busClient(): EventBridgeClient {
  const made: EventBridgeClient = new EventBridgeClient({ maxAttempts: 4, ...leanOptions('events', () => made) });
  return slimmed(made);
}

/** What goes on the stage's bus: who says it, what it is, and the details. */
export type BusEntry = { source: string; type: string; at: string; detail: object };

/** What the product tells others: changes of rows. */
export const toldSource = 'suki';
/** What the product tells itself: hints that there is work. Lost, late or doubled they do no harm, for the rows decide. */
export const workSource = 'suki.work';

/** Puts entries on the bus, ten a call. Stops at the first that the bus refuses and gives back its place and code; undefined when all went. */
export async function putOnBus(entries: readonly BusEntry[]): Promise<{ at: number; code: string } | undefined> {
  client ??= busClient();
  for (let start = 0; start < entries.length; start += perCall) {
    const Entries = entries.slice(start, start + perCall).map(
      ({ source, type, at, detail }): PutEventsRequestEntry => ({
        EventBusName: env().BUS_NAME,
        Source: source,
        DetailType: type,
        Time: new Date(at),
        Detail: JSON.stringify(detail),
      }),
    );
    const answer = await client.send(new PutEventsCommand({ Entries }));
    const refused = answer.Entries?.findIndex(({ ErrorCode }) => ErrorCode !== undefined) ?? -1;
    if (refused >= 0) return { at: start + refused, code: answer.Entries?.[refused]?.ErrorCode ?? 'unknown' };
  }
  return undefined;
}
