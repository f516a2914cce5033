import { afterAll, beforeAll, expect, it } from 'vitest';
import { full, told } from '../_util/battery.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { type ApiAnswer, describeWorld, startWorld, type World } from '../_util/world.ts';

const writers = 32;
const rounds = full ? 50 : 4;
let world: World;
let ws: SeededWorkspace;

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
const byStatus = (answers: ApiAnswer[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(answers, ({ status }) => String(status))).map(([status, list]) => [status, list?.length]),
  );
const customer = async (body: object = {}) =>
  (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Many Hands', ...body })).body;

/** Sends a request again for as long as the answer says that this may help, as our clients do. */
async function persistent(send: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  for (let attempt = 0; ; attempt++) {
    const answer = await send();
    if (answer.status < 400 || !answer.body.retryable || attempt === 40) return answer;
  }
}

describeWorld(`${writers} writers at once`, () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  it('change different fields of one customer and lose none of them', { timeout: 60_000 }, async () => {
    const fields: ((n: number) => [string, unknown])[] = [
      (n) => ['givenName', `Given ${n}`],
      (n) => ['familyName', `Family ${n}`],
      (n) => ['salutation', `S${n}`],
      (n) => ['jobTitle', `Job ${n}`],
      (n) => ['tags', [`tag-${n}`]],
      (n) => ['name', `Name ${n}`],
      (n) => ['emails', [{ address: `writer${n}@many.example` }]],
      () => ['timeZone', 'Asia/Manila'],
    ];
    for (const round of numbers(rounds)) {
      const { id } = await customer();
      const patches = fields.map((field) => field(round));
      const answers = await Promise.all(
        patches.map(([field, value]) =>
          persistent(() => world.api(ws.keys.admin, 'PATCH', `/v1/customers/${id}`, { [field]: value }, { 'if-match': '"1"' })),
        ),
      );
      expect(byStatus(answers)).toEqual({ 200: fields.length });
      const after = (await world.api(ws.keys.admin, 'GET', `/v1/customers/${id}`)).body;
      expect(after.version).toBe(1 + fields.length);
      for (const [field, value] of patches) expect(after[field], field).toMatchObject(value as object);
    }
  });

  it('add to the same field one after the other, each on what the one before left', { timeout: 120_000 }, async () => {
    for (const _ of numbers(full ? 5 : 1)) {
      const { id } = await customer({ preferences: {} });
      const path = `/v1/customers/${id}`;
      const write = async (name: string) => {
        for (let attempt = 0; attempt < 400; attempt++) {
          const read = await world.api(ws.keys.admin, 'GET', path);
          const jobTitle = [...(read.body.jobTitle ?? '').split(' ').filter(Boolean), name].join(' ');
          const answer = await world.api(ws.keys.admin, 'PATCH', path, { jobTitle }, { 'if-match': read.headers.etag ?? '' });
          if (answer.status === 200) return;
          expect([409, 412]).toContain(answer.status);
        }
        throw new Error(`${name} never got through`);
      };
      const names = numbers(writers).map((n) => n.toString(36));
      await Promise.all(names.map(write));
      const after = (await world.api(ws.keys.admin, 'GET', path)).body;
      expect(after.jobTitle.split(' ').sort()).toEqual([...names].sort());
      expect(after.version).toBe(1 + writers);
    }
  });

  it('overwrite the same field with the same ETag, and exactly one of them wins', async () => {
    for (const _ of numbers(rounds)) {
      const { id } = await customer();
      const answers = await Promise.all(
        numbers(writers).map((n) =>
          world.api(ws.keys.admin, 'PATCH', `/v1/customers/${id}`, { salutation: `S${n}` }, { 'if-match': '"1"' }),
        ),
      );
      const won = answers.filter(({ status }) => status === 200);
      expect(won.length, JSON.stringify(byStatus(answers))).toBe(1);
      expect(answers.every(({ status }) => [200, 409, 412].includes(status))).toBe(true);
      expect((await world.api(ws.keys.admin, 'GET', `/v1/customers/${id}`)).body).toMatchObject({
        salutation: won[0]?.body.salutation,
        version: 2,
      });
    }
  });

  it('create a customer with the same e-mail, and one is made', async () => {
    for (const round of numbers(rounds)) {
      const address = `same${round}@many.example`;
      const answers = await Promise.all(
        numbers(writers).map((n) =>
          persistent(() =>
            world.api(ws.keys.admin, 'POST', '/v1/customers', {
              kind: 'person',
              name: `Writer ${n}`,
              emails: [{ address: n % 2 ? address : address.toUpperCase() }],
            }),
          ),
        ),
      );
      expect(byStatus(answers)).toEqual({ 201: 1, 409: writers - 1 });
      const winner = answers.find(({ status }) => status === 201)?.body.id;
      for (const { status, body } of answers)
        if (status === 409) expect(body.existing).toMatchObject([{ id: winner, matchedOn: 'email', visible: true }]);
      const held = await world.api(ws.keys.admin, 'POST', '/v1/customers/lookup', { email: address });
      expect(held.body.data.map(({ id }: { id: string }) => id)).toEqual([winner]);
    }
  });

  it('take the same e-mail by changing themselves, and one holds it', async () => {
    for (const round of numbers(rounds)) {
      const made = await Promise.all(numbers(writers).map((n) => customer({ name: `Taker ${n}` })));
      const address = `taken${round}@many.example`;
      const answers = await Promise.all(
        made.map(({ id }) =>
          persistent(() => world.api(ws.keys.admin, 'PATCH', `/v1/customers/${id}`, { emails: [{ address }] }, { 'if-match': '"1"' })),
        ),
      );
      expect(byStatus(answers)).toEqual({ 200: 1, 409: writers - 1 });
    }
  });

  it('put the same external key, and it leads to one customer', async () => {
    for (const round of numbers(rounds)) {
      const path = `/v1/customers/by/shop/key-${round}`;
      const answers = await Promise.all(
        numbers(writers).map((n) => persistent(() => world.api(ws.keys.admin, 'PUT', path, { kind: 'company', name: `Shop ${n}` }))),
      );
      expect(byStatus(answers)).toEqual({ 200: writers - 1, 201: 1 });
      const ids = new Set(answers.map(({ body }) => body.id));
      expect(ids.size).toBe(1);
      expect((await world.api(ws.keys.admin, 'GET', path)).body.id).toBe([...ids][0]);
    }
  });

  it('send the same Idempotency-Key, and get one row and equal answers', async () => {
    let replayed = 0;
    for (const round of numbers(rounds)) {
      const name = `Once ${round}`;
      const send = () =>
        world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name }, { 'idempotency-key': `once-${round}` });
      const answers = await Promise.all(numbers(16).map(() => persistent(send)));
      expect(byStatus(answers)).toEqual({ 201: 16 });
      const bare = answers.map(({ body: { possibleDuplicates: _, ...rest }, headers: { etag, location } }) => ({ rest, etag, location }));
      for (const one of bare) expect(one).toEqual(bare[0]);
      replayed += answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true').length;
      const rows = world.rows(`T#${ws.tenant}#CUS#`).filter(({ sk, d }) => sk === '~' && (d as { n: string }).n === name);
      expect(rows.length).toBe(1);
    }
    expect(replayed).toBe(rounds * 15);
  });

  it('send a batch again, whole, changed or as something else, and every operation is done once', async () => {
    const operations = [1, 2, 3].map((n) => ({ op: 'create', body: { kind: 'person', name: `Batched ${n}` } }));
    const send = (asked: unknown[]) =>
      world.api(ws.keys.admin, 'POST', '/v1/customers/batch', { operations: asked }, { 'idempotency-key': 'batch-1' });
    const outcome = (answer: ApiAnswer) =>
      answer.body.data.map(({ status, id, problem }: { status: number; id?: string; problem?: { code: string } }) => [
        status,
        id ?? problem?.code,
      ]);
    const [first, second] = await Promise.all([send(operations), send(operations)]);
    expect(outcome(first as ApiAnswer)).toEqual(outcome(second as ApiAnswer));
    expect(outcome(first as ApiAnswer).map(([status]: [number]) => status)).toEqual([201, 201, 201]);
    const changed = await send([operations[0], { op: 'create', body: { kind: 'person', name: 'Something else' } }]);
    expect(outcome(changed)).toEqual([outcome(first as ApiAnswer)[0], [422, 'idempotency_mismatch']]);
    expect(
      world.rows(`T#${ws.tenant}#CUS#`).filter(({ sk, d }) => sk === '~' && /^Batched|^Something/.test((d as { n: string }).n)).length,
    ).toBe(3);
  });

  it('change one customer in batches that name no version, and none is told that it came late', async () => {
    const { id } = await customer();
    const change = (n: number) =>
      world.api(ws.keys.admin, 'POST', '/v1/customers/batch', { operations: [{ op: 'update', id, body: { salutation: `S${n}` } }] });
    const answers = await Promise.all(numbers(8).map(change));
    const results = answers.map(({ body }) => body.data[0]);
    for (const { status, problem } of results) expect(status === 200 || problem.code === 'conflict', problem?.code).toBe(true);
    const done = results.filter(({ status }) => status === 200).length;
    expect(done).toBeGreaterThan(0);
    expect((await world.api(ws.keys.admin, 'GET', `/v1/customers/${id}`)).body.version).toBe(1 + done);
  });

  it('begin an export or an import again with the same key, and get the same one back', async () => {
    for (const [path, body] of [
      ['/v1/exports', { target: 'customers' }],
      ['/v1/imports', { target: 'customers', name: 'Cells', text: 'name\nAna\n' }],
    ] as const) {
      const send = () => world.api(ws.keys.admin, 'POST', path, body, { 'idempotency-key': 'again' });
      const [first, second] = [await send(), await send()];
      expect(second.headers['idempotency-replayed']).toBe('true');
      expect([second.status, second.headers.location, second.body.id]).toEqual([first.status, first.headers.location, first.body.id]);
    }
  });

  it('log the same interaction by its own id, and it is there once', async () => {
    const { id } = await customer();
    const occurredAt = new Date(world.now() - 60_000).toISOString();
    const first = (await world.api(ws.keys.admin, 'POST', `/v1/customers/${id}/interactions`, { channel: 'note', occurredAt })).body;
    const twin = first.id.slice(0, -4) + (first.id.endsWith('0000') ? '1111' : '0000');
    const answers = await Promise.all(
      numbers(16).map(() =>
        persistent(() => world.api(ws.keys.admin, 'POST', `/v1/customers/${id}/interactions`, { channel: 'call', occurredAt, id: twin })),
      ),
    );
    expect(byStatus(answers)).toEqual({ 201: 1, 409: 15 });
  });

  it('leave counters and history that equal a recount', { timeout: 60_000 }, async () => {
    await world.drain();
    const rows = world.rows(`T#${ws.tenant}#`);
    const customers = rows.filter(({ e }) => e === 'customer');
    const counter = rows.find(({ pk, sk }) => pk === `T#${ws.tenant}#CNT` && sk === '~');
    expect(counter?.customers).toBe(customers.length);
    for (const row of customers) {
      const history = rows.filter(({ pk, sk }) => pk === row.pk && String(sk).startsWith('H#~#'));
      expect(history.map(({ n }) => n).sort((a, b) => Number(a) - Number(b))).toEqual(numbers(Number(row.v)).map((n) => n + 1));
    }
    told('writers at once', {
      writers,
      rounds,
      customers: customers.length,
      history: rows.filter(({ sk }) => String(sk).startsWith('H#')).length,
    });
  });
});
