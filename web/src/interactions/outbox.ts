import { useSyncExternalStore } from 'react';
import { type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';

type Body = Call<'logInteraction'>['body'];
/** An interaction that could not be sent yet. Its id is made here, so that however often it is sent it is logged once. */
export type Waiting = {
  person: string;
  tenant: string;
  customerId: string;
  customerName: string;
  body: Body & { id: string };
  refused?: string;
};

const storageKey = 'suki.outbox';
const listeners = new Set<() => void>();
let list: Waiting[] = [];
try {
  list = JSON.parse(localStorage.getItem(storageKey) ?? '[]') as Waiting[];
} catch {
  // An unreadable outbox cannot be sent.
}

function publish(next: Waiting[]): void {
  list = next;
  localStorage.setItem(storageKey, JSON.stringify(next));
  for (const listener of listeners) listener();
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `int_` and a ULID whose time is that of the interaction. */
export function interactionId(at: number, chance: Uint8Array = crypto.getRandomValues(new Uint8Array(16))): string {
  let time = '';
  for (let left = at, digit = 0; digit < 10; digit += 1, left = Math.floor(left / 32)) time = alphabet[left % 32] + time;
  return `int_${time}${[...chance].map((byte) => alphabet[byte % 32]).join('')}`;
}

export const keep = (waiting: Waiting) => publish([...list, waiting]);
export const discard = (id: string) => publish(list.filter(({ body }) => body.id !== id));

let sending = false;

/** Sends what waits for this person in this workspace, oldest first. What the API refuses for good stays, marked, for a person to decide. */
export async function sendWaiting(person: string, tenant: string): Promise<number> {
  if (sending) return 0;
  sending = true;
  let sent = 0;
  try {
    for (const waiting of list.filter((each) => each.person === person && each.tenant === tenant && !each.refused)) {
      const { customerId, body } = waiting;
      try {
        await call('logInteraction', { params: { id: customerId }, body, idempotencyKey: body.id });
      } catch (error) {
        if (!(error instanceof CrmProblem) || error.retryable || error.code === 'unauthenticated') break;
        if (error.code !== 'duplicate') {
          publish(list.map((each) => (each.body.id === body.id ? { ...each, refused: error.code } : each)));
          continue;
        }
      }
      discard(body.id);
      sent += 1;
    }
  } finally {
    sending = false;
  }
  return sent;
}

export const useWaiting = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => list,
  );
