import { afterAll, beforeAll, expect, it } from 'vitest';
import { campaignIn, runOf } from '../_util/campaign.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const content = {
  senderId: null,
  surveyId: null,
  topic: 'transactional',
  fallbackLanguage: 'en',
  variants: [{ key: 'A', weight: 1, texts: { en: { subject: null, body: 'Ask {{customer.name}} about the coffee.' } } }],
};

/** A run of a campaign by phone to so many customers, all of it due. */
async function calls(many: number, callList: { perMemberAndDay: number; tries: number }) {
  const ws = await world.workspace();
  for (let n = 0; n < many; n++)
    await world.api(ws.keys.admin, 'POST', '/v1/customers', {
      kind: 'person',
      name: `Bea ${n}`,
      ownerId: ws.members.sales.id,
      phones: [{ number: `+63 917 555 01${String(n).padStart(2, '0')}`, type: 'mobile' }],
    });
  await world.drain();
  const place = { tenant: ws.tenant, now: world.now() };
  const campaign = await campaignIn(place, 'Calls', {
    channel: 'call',
    content,
    callList: { memberIds: [ws.members.sales.id], againAfterHours: 24, ...callList },
  });
  await runOf(place, campaign);
  await world.drain();
  world.advance('PT2M');
  await world.drain();
  world.advance('P14D');
  const ask = (method: string, path: string, body?: unknown) => world.api(ws.keys.sales, method, path, body);
  const lists = async (query = '') => (await ask('GET', `/v1/call-lists${query}`)).body;
  return { ws, campaign, ask, lists };
}

describeWorld('a call list', () => {
  it('offers its member the next calls up to her pace of the day, with the script and the number', async () => {
    const { campaign, ask, lists, ws } = await calls(6, { perMemberAndDay: 4, tries: 3 });
    const first = await lists();
    expect(first.lists).toEqual([
      {
        ...{ campaignId: campaign.id, name: 'Calls', perMemberAndDay: 4, tries: 3, againAfterHours: 24 },
        ...{ open: 6, due: 6, today: 4, called: 0 },
      },
    ]);
    expect(first.data).toHaveLength(4);
    const [call] = first.data;
    expect(call).toMatchObject({ tried: 0, customer: { phones: [{ type: 'mobile' }] } });
    expect(call.script.trim()).toBe(`Ask ${call.customer.name} about the coffee.`);
    expect((await lists('?beyond=true')).data).toHaveLength(6);
    await ask('POST', `/v1/follow-ups/${call.id}/done`, { outcome: 'answered', interaction: {} });
    await world.drain();
    expect((await lists()).lists).toMatchObject([{ open: 5, due: 5, today: 3, called: 1 }]);
    const timeline = (await ask('GET', `/v1/customers/${call.customer.id}/interactions`)).body.data;
    expect(timeline[0]).toMatchObject({ channel: 'call', direction: 'out', outcome: 'answered', followUpId: call.id });
    expect((await world.api(ws.keys.manager, 'GET', '/v1/call-lists')).body).toEqual({ lists: [], data: [], more: false });
  });

  it('tries whom nobody answered again later, logs each try, and is done with it after the last', async () => {
    const { ask, lists } = await calls(1, { perMemberAndDay: 4, tries: 2 });
    const [call] = (await lists()).data;
    const tried = (await ask('POST', `/v1/follow-ups/${call.id}/try-again`, { body: 'The line was dead.' })).body;
    expect(tried).toMatchObject({ state: 'open', tries: { many: 1 } });
    expect(Date.parse(tried.dueAt)).toBeGreaterThanOrEqual(world.now() + 23 * 3_600_000);
    expect((await lists()).lists).toMatchObject([{ open: 1, due: 0, today: 0, called: 1 }]);
    const logged = async () => (await ask('GET', `/v1/customers/${call.customer.id}/interactions`)).body.data;
    expect(await logged()).toMatchObject([{ outcome: 'no_answer', body: 'The line was dead.' }, { channel: 'call' }]);

    const back = (await ask('POST', `/v1/follow-ups/${call.id}/reopen`)).body;
    expect(back).toMatchObject({ state: 'open', tries: null, due: call.due });
    expect((await ask('POST', `/v1/follow-ups/${call.id}/reopen`)).status).toBe(409);
    expect((await lists()).data).toMatchObject([{ id: call.id, tried: 0 }]);

    await ask('POST', `/v1/follow-ups/${call.id}/try-again`, {});
    const last = (await ask('POST', `/v1/follow-ups/${call.id}/try-again`, {})).body;
    expect(last).toMatchObject({ state: 'done', outcome: 'no_answer' });
    expect((await lists()).lists).toMatchObject([{ open: 0, called: 1 }]);
  });

  it('leaves other follow-ups alone, and stands beside the queue of the day, not in it', async () => {
    const { ask, ws } = await calls(2, { perMemberAndDay: 4, tries: 2 });
    const due = { on: new Date(world.now()).toISOString().slice(0, 10) };
    const { id } = (await ask('POST', '/v1/follow-ups', { title: 'Own', due, ownerId: ws.members.sales.id })).body;
    expect(await ask('POST', `/v1/follow-ups/${id}/try-again`, {})).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    const today = (await ask('GET', '/v1/today')).body;
    expect(today.calls).toBe(2);
    expect(today.data.filter(({ kind }: { kind: string }) => kind === 'followUp')).toMatchObject([{ followUp: { title: 'Own' } }]);
  });

  it('makes no call of which nobody can be said to make it, and says so', async () => {
    const ws = await world.workspace();
    for (const ownerId of [ws.members.sales.id, null])
      await world.api(ws.keys.admin, 'POST', '/v1/customers', {
        ...{ kind: 'person', name: 'Bea', ownerId },
        phones: [{ number: `+63 917 555 02${ownerId ? '01' : '02'}`, type: 'mobile' }],
      });
    await world.drain();
    const place = { tenant: ws.tenant, now: world.now() };
    const campaign = await campaignIn(place, 'Calls', { channel: 'call', content });
    const { occurrence } = await runOf(place, campaign);
    await world.drain();
    for (let minute = 0; minute < 2; minute++) {
      world.advance('PT1M');
      await world.drain();
    }
    const run = (await world.api(ws.keys.admin, 'GET', `/v1/campaigns/${campaign.id}/runs/${occurrence}`)).body;
    expect(run.counts).toMatchObject({ states: { sent: 1, skipped: 1 }, reasons: { no_caller: 1 } });
    expect((await world.api(ws.keys.sales, 'GET', '/v1/call-lists')).body.lists).toMatchObject([{ open: 1 }]);
  });
});
