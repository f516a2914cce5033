import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededMember, SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

type Row = Record<string, unknown> & { pk: string; sk: string };

describeWorld('the hand-over of a leaving member', () => {
  let world: World;
  let workspace: SeededWorkspace;
  let leaving: SeededMember;
  let staying: SeededMember;
  let ids: string[];
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  const admin = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(workspace.keys.admin, method, path, body, headers);
  const ownersOf = async (asked = ids) =>
    Promise.all(asked.map(async (id) => (await admin('GET', `/v1/customers/${id}`)).body.ownerId as string));

  async function someCustomers(count: number): Promise<void> {
    workspace = await world.workspace();
    [leaving, staying] = [await workspace.addMember('sales'), await workspace.addMember('sales')];
    ids = [];
    for (let start = 0; start < count; start += 100) {
      const operations = Array.from({ length: Math.min(100, count - start) }, (_, at) => ({
        op: 'create',
        body: { kind: 'person', name: `C ${start + at}`, ownerId: leaving.id },
      }));
      const { body } = await admin('POST', '/v1/customers/batch', { operations });
      ids.push(...body.data.map(({ id }: { id: string }) => id));
    }
  }

  it('gives all customers to the receiver, archived ones too, and says how far it is', async () => {
    await someCustomers(120);
    await admin('DELETE', `/v1/customers/${ids[0]}`);
    const started = await admin('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id, disable: true });
    expect(started.status).toBe(202);
    await world.drain();
    const { body: job } = await admin('GET', started.headers.location ?? '');
    expect(job).toMatchObject({ state: 'done', done: 120, total: 120, counts: { moved: 120 }, canUndo: true });
    expect(new Set(await ownersOf())).toEqual(new Set([staying.id]));
    expect((await admin('GET', `/v1/members/${leaving.id}`)).body.status).toBe('disabled');
    const { body: audit } = await admin('GET', `/v1/audit-events?entity=job&rowId=${job.id}`);
    expect(audit.data).toHaveLength(1);
  });

  it('undoes it, but for the customer who was changed since', async () => {
    const { body: list } = await admin('GET', '/v1/jobs');
    const job = list.data[0];
    const { body: changed } = await admin('GET', `/v1/customers/${ids[5]}`);
    await admin('PATCH', `/v1/customers/${ids[5]}`, { jobTitle: 'Cook' }, { 'if-match': `"${changed.version}"` });
    expect((await world.api(workspace.keys.sales, 'POST', `/v1/jobs/${job.id}/undo`)).status).toBe(404);
    expect((await world.api(workspace.keys.manager, 'POST', `/v1/jobs/${job.id}/undo`)).status).toBe(403);
    expect((await admin('POST', `/v1/jobs/${job.id}/undo`)).status).toBe(202);
    await world.drain();
    const { body: undone } = await admin('GET', `/v1/jobs/${job.id}`);
    expect(undone).toMatchObject({ state: 'undone', done: 120, counts: { moved: 120, undone: 119, kept: 1 }, canUndo: false });
    const owners = await ownersOf();
    expect(owners.filter((id) => id === leaving.id)).toHaveLength(119);
    expect(owners[5]).toBe(staying.id);
    expect((await admin('GET', `/v1/members/${leaving.id}`)).body.status).toBe('active');
    expect((await admin('POST', `/v1/jobs/${job.id}/undo`)).body.code).toBe('wrong_state');
    const { body: audit } = await admin('GET', `/v1/audit-events?entity=job&rowId=${job.id}`);
    expect(audit.data.map(({ changes }: { changes: { to: string }[] }) => changes[0]?.to)).toEqual(['undone', 'started']);
  });

  it('gives the cases that are not closed with them, whosever the customer is, and takes them back', async () => {
    await someCustomers(1);
    const { body: customer } = await admin('POST', '/v1/customers', { kind: 'person', name: 'Nobody’s' });
    const opened = async (subject: string, steps: object[] = []) => {
      const { body, status } = await admin('POST', '/v1/cases', {
        customerId: customer.id,
        type: 'question',
        subject,
        ownerId: leaving.id,
      });
      expect(status, JSON.stringify(body)).toBe(201);
      for (const step of steps) expect((await admin('POST', `/v1/cases/${body.id}/state`, step)).status).toBe(200);
      return body.id as string;
    };
    const resolved = { state: 'resolved', resolution: 'told' };
    const cases = [await opened('new'), await opened('waiting', [{ state: 'waiting' }]), await opened('resolved', [resolved])];
    const closed = await opened('closed', [resolved, { state: 'closed' }]);
    const ownersOfCases = () => Promise.all([...cases, closed].map(async (id) => (await admin('GET', `/v1/cases/${id}`)).body.ownerId));
    const started = await admin('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id, disable: true });
    await world.drain();
    expect((await admin('GET', started.headers.location ?? '')).body).toMatchObject({ state: 'done', counts: { moved: 4 } });
    expect(await ownersOfCases()).toEqual([staying.id, staying.id, staying.id, leaving.id]);
    await admin('POST', `/v1/jobs/${started.body.id}/undo`);
    await world.drain();
    expect(await ownersOfCases()).toEqual([leaving.id, leaving.id, leaving.id, leaving.id]);
  });

  it('goes on after a crash without changing a customer twice', async () => {
    await someCustomers(60);
    const { body: started } = await admin('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id });
    await world.drain();
    const versions = () =>
      world
        .rows(`T#${workspace.tenant}#CUS#`)
        .filter(({ e }) => e === 'customer')
        .map(({ v }) => v);
    const before = versions();
    // As a worker leaves it that dies after its chunk was written and before it could say so.
    const row = world.rows(`T#${workspace.tenant}#JOB`).find(({ sk }) => sk === started.id) as Row;
    const { tableOf } = await import('../../functions/table/tenant.ts');
    const lease = new Date(world.now() - 1_000).toISOString();
    const { fa: _, ...rest } = row;
    const dead = {
      ...rest,
      st: 'running',
      dn: 0,
      cn: {},
      cr: undefined,
      le: lease,
      gsi5pk: 'S#DUE#3',
      gsi5sk: `${lease}#${workspace.tenant}#job#hand-over#${started.id}`,
    };
    await tableOf(workspace.tenant, world.now()).commit([{ put: dead, guard: { always: 'a test' } }]);
    expect(await world.invoke('sweepJobs', {})).toEqual({ sent: 1 });
    await world.drain();
    const { body: job } = await admin('GET', `/v1/jobs/${started.id}`);
    expect(job).toMatchObject({ state: 'done', done: 60, counts: { moved: 60 } });
    expect(versions()).toEqual(before);
    expect(await world.invoke('sweepJobs', {})).toEqual({ sent: 0 });
  });

  it('is found by the sweep when its message got lost', async () => {
    await someCustomers(3);
    const { body: started } = await admin('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id });
    for (const message of world.loopback.queues.receive('jobs', { atMost: 10, all: true }))
      world.loopback.queues.remove('jobs', message.receipt);
    world.advance('PT2M');
    await world.drain();
    expect((await admin('GET', `/v1/jobs/${started.id}`)).body.state).toBe('done');
  });

  it('is left alone while a worker has it, however many messages come', async () => {
    await someCustomers(3);
    const { body: started } = await admin('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id });
    const { tableOf } = await import('../../functions/table/tenant.ts');
    const row = world.rows(`T#${workspace.tenant}#JOB`).find(({ sk }) => sk === started.id) as Row;
    const lease = new Date(world.now() + 30_000).toISOString();
    const taken = { ...row, v: 2, le: lease, gsi5sk: String(row.gsi5sk).replace(/^[^#]+/, lease) };
    await tableOf(workspace.tenant, world.now()).commit([{ put: taken, guard: { always: 'a test' } }]);
    await world.drain();
    expect(await world.invoke('sweepJobs', {})).toEqual({ sent: 0 });
    expect((await admin('GET', `/v1/jobs/${started.id}`)).body).toMatchObject({ state: 'validating', done: 0 });
    world.advance('PT2M');
    await world.drain();
    expect((await admin('GET', `/v1/jobs/${started.id}`)).body).toMatchObject({ state: 'done', counts: { moved: 3 } });
  });

  it('is counted once when two workers reach for it at the same moment', async () => {
    await someCustomers(120);
    const { body: started } = await admin('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id });
    const body = JSON.stringify({ tenant: workspace.tenant, kind: 'hand-over', jobId: started.id });
    const event = { Records: [{ messageId: 'm', body }] };
    await Promise.all([world.invoke('jobs', event), world.invoke('jobs', event), world.invoke('jobs', event)]);
    expect((await admin('GET', `/v1/jobs/${started.id}`)).body).toMatchObject({ state: 'done', done: 120, counts: { moved: 120 } });
  });

  it('goes to an active member of the staff, and to somebody else', async () => {
    await someCustomers(1);
    const hand = (toMemberId: string) => admin('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId });
    expect((await hand(leaving.id)).body.errors[0].code).toBe('same_member');
    expect((await hand('mem_00000000000000000000000000')).body.errors[0].code).toBe('no_such_member');
    expect(
      (await world.api(workspace.keys.manager, 'POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id })).status,
    ).toBe(403);
    const last = await admin('POST', `/v1/members/${workspace.members.admin.id}/hand-over`, { toMemberId: staying.id, disable: true });
    expect(last.body.code).toBe('last_admin');
  });

  it('is one job for one Idempotency-Key', async () => {
    await someCustomers(1);
    const hand = () => admin('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id }, { 'idempotency-key': 'once' });
    const [first, second] = [await hand(), await hand()];
    expect(second.status).toBe(202);
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });
});
