import { afterAll, beforeAll, expect, it } from 'vitest';
import { agentIn } from '../../functions/agent.ts';
import { findSender } from '../../functions/senders/find-sender.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

const call = (method: string, path = '', body?: unknown, headers?: Record<string, string>) =>
  world.api(ws.keys.admin, method, `/v1/senders${path}`, body, headers);
const add = (address: string, kind = 'domain') => call('POST', '', { kind, name: 'Batis', address });

describeWorld('whom messages come from', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  it('is the workspace itself from the start, at the stage’s domain', async () => {
    const { body } = await call('GET');
    expect(body.data).toMatchObject([{ kind: 'workspace', state: 'verified', address: `${ws.tenant}@mail.suki.example`, records: [] }]);
  });

  it('is a domain of one’s own once its records are found, and nothing goes out before', async () => {
    const { status, body } = await add('Hello@Batis-Own.example');
    expect([status, body.state, body.address]).toEqual([201, 'pending', 'hello@batis-own.example']);
    const needed = body.records.filter((record: { needed: boolean }) => record.needed);
    expect(needed).toHaveLength(3);
    for (const record of needed)
      expect(record).toMatchObject({ type: 'CNAME', name: expect.stringMatching(/\._domainkey\.batis-own\.example$/) });
    expect(body.records.at(-1)).toEqual({ type: 'TXT', name: '_dmarc.batis-own.example', value: 'v=DMARC1; p=none;', needed: false });
    expect((await call('POST', `/${body.id}/test`)).body.code).toBe('sender_unverified');
    expect(world.loopback.mailbox.list(1)).toEqual([]);
    world.loopback.identities.verify('batis-own.example');
    expect((await call('GET', `/${body.id}`)).body.state).toBe('verified');
  });

  it('sends a test to whoever asks, from the sender, and to nobody else', async () => {
    const sender = (await call('GET')).body.data.find(({ kind }: { kind: string }) => kind === 'domain');
    const { sentTo } = (await call('POST', `/${sender.id}/test`)).body;
    expect(world.loopback.mailbox.list(2)).toMatchObject([{ to: [sentTo], from: expect.stringContaining('hello@batis-own.example') }]);
  });

  it('is proved for every address of the domain, and given back with the last of them', async () => {
    const second = (await add('office@batis-own.example')).body;
    expect(second.state).toBe('verified');
    const [first] = (await call('GET')).body.data.filter(({ address }: { address: string }) => address.startsWith('hello'));
    expect((await call('DELETE', `/${first.id}`)).status).toBe(204);
    expect(world.loopback.identities.find('batis-own.example')).toBeDefined();
    await call('DELETE', `/${second.id}`);
    expect(world.loopback.identities.find('batis-own.example')).toBeUndefined();
    expect((await call('GET', `/${second.id}`)).status).toBe(404);
  });

  it('is never the domain of another workspace, proved or not', async () => {
    const other = await world.workspace();
    const input = { kind: 'domain', name: 'X', address: 'x@theirs.example' };
    expect((await world.api(other.keys.admin, 'POST', '/v1/senders', input)).status).toBe(201);
    world.loopback.identities.verify('theirs.example');
    const taken = await add('y@theirs.example');
    expect([taken.status, taken.body.code]).toEqual([409, 'duplicate']);
  });

  it('is never an address at the product’s own domain, nor one that is none', async () => {
    for (const address of ['other@mail.suki.example', 'a@sub.mail.suki.example', 'nobody', 'a@b', 'é@batis.example'])
      expect((await add(address)).status, address).toBe(422);
  });

  it('is there once: the same address again is a duplicate', async () => {
    await add('once@once.example', 'address');
    expect((await add('ONCE@once.example', 'address')).body.code).toBe('duplicate');
  });

  it('is pending again when the proof is gone', async () => {
    const { body } = await add('lost@lost.example');
    world.loopback.identities.verify('lost.example');
    expect((await call('POST', `/${body.id}/check`)).body.state).toBe('verified');
    world.loopback.identities.remove('lost.example');
    expect((await call('POST', `/${body.id}/check`)).body.state).toBe('pending');
  });

  it('of the workspace keeps its address and takes another name, and whoever sends sees it', async () => {
    const [own] = (await call('GET')).body.data;
    const renamed = await call('PATCH', `/${own.id}`, { name: 'Batis น้ำใส', replyTo: 'office@batis.example' }, { 'if-match': '"1"' });
    expect(renamed.body).toMatchObject({ name: 'Batis น้ำใส', replyTo: 'office@batis.example', kind: 'workspace', version: 2 });
    const agent = (await agentIn(ws.tenant, { now: world.now(), requestId: 'test' }))!;
    expect(await findSender(agent, own.id)).toMatchObject({ name: 'Batis น้ำใส', state: 'verified' });
    expect((await call('PATCH', `/${own.id}`, { name: 'Late' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await call('DELETE', `/${own.id}`)).body.code).toBe('wrong_state');
  });

  it('is in the audit: who added it, and that the provider proved it', async () => {
    const { body } = await add('audit@audit.example');
    world.loopback.identities.verify('audit.example');
    await call('GET', `/${body.id}`);
    await world.drain();
    const { data } = (await world.api(ws.keys.admin, 'GET', `/v1/audit-events?entity=sender&rowId=${body.id}`)).body;
    expect(data.map(({ action, via }: { action: string; via: string }) => [action, via])).toEqual([
      ['changed', 'rule'],
      ['created', 'key'],
    ]);
  });
});
