import { beforeEach, describe, expect, it, vi } from 'vitest';
import { InteractionId } from '../../functions/interactions/interaction.ts';
import { timeOf } from '../../functions/kernel/ids.ts';

const stored = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => stored.set(key, value),
});
vi.mock('../../web/src/auth/session.ts', () => ({
  accessToken: async () => 'token',
  renew: async () => undefined,
  forget: async () => {},
}));

const { interactionId, keep, sendWaiting } = await import('../../web/src/interactions/outbox.ts');

const waiting = (id: string) => ({
  person: 'mem_1',
  tenant: 'batis001',
  customerId: 'cus_1',
  customerName: 'Ana',
  body: { id, channel: 'call' as const, occurredAt: '2026-11-22T04:00:00.000Z' },
});
const left = () =>
  (JSON.parse(stored.get('suki.outbox') ?? '[]') as { body: { id: string }; refused?: string }[]).map(({ body, refused }) => [
    body.id,
    refused,
  ]);
const answers = (...statuses: (number | Error)[]) => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (_url: string, { headers, body }: { headers: Headers; body: string }) => {
    asked.push(`${headers.get('idempotency-key')} ${(JSON.parse(body) as { id: string }).id}`);
    const next = statuses.shift();
    if (next instanceof Error) throw next;
    const code = { 409: 'duplicate', 422: 'invalid_input', 503: 'unavailable' }[next ?? 201];
    return new Response(JSON.stringify(code ? { code } : {}), { status: next ?? 201, headers: { 'content-type': 'application/json' } });
  });
  return asked;
};

describe('what is logged without a connection', () => {
  beforeEach(async () => {
    answers();
    await sendWaiting('mem_1', 'batis001');
    stored.clear();
  });

  it('has an id that the API takes, of the time at which it happened', () => {
    const at = Date.parse('2026-11-22T04:00:00.000Z');
    const id = interactionId(at);
    expect(InteractionId.parse(id)).toBe(id);
    expect(timeOf(id)).toBe(at);
    expect(interactionId(at)).not.toBe(id);
  });

  it('is sent once, oldest first, with its own id as the key', async () => {
    keep(waiting('int_a'));
    keep(waiting('int_b'));
    const asked = answers(201, 201);
    expect(await sendWaiting('mem_1', 'batis001')).toBe(2);
    expect(asked).toEqual(['int_a int_a', 'int_b int_b']);
    expect(left()).toEqual([]);
  });

  it('waits on while there is no answer', async () => {
    keep(waiting('int_c'));
    answers(new Error('no network'));
    expect(await sendWaiting('mem_1', 'batis001')).toBe(0);
    expect(left()).toEqual([['int_c', undefined]]);
  });

  it('counts as sent when it is there already, and is kept for a person when it is refused', async () => {
    keep(waiting('int_d'));
    keep(waiting('int_e'));
    answers(409, 422);
    expect(await sendWaiting('mem_1', 'batis001')).toBe(1);
    expect(left()).toEqual([['int_e', 'invalid_input']]);
  });

  it('is never sent by somebody else or into another workspace', async () => {
    keep(waiting('int_f'));
    const asked = answers();
    expect(await sendWaiting('mem_2', 'batis001')).toBe(0);
    expect(await sendWaiting('mem_1', 'other001')).toBe(0);
    expect(asked).toEqual([]);
  });
});
