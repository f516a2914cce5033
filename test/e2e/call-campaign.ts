import { setTimeout as pause } from 'node:timers/promises';
import { type Api, unique } from './suki.ts';

type Asked = { who: string; many: number; perMemberAndDay?: number };

/** What the product's clock shows, after it was moved where that is asked for. */
async function clock(advance?: string): Promise<{ now: string }> {
  const moved = advance && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advance }) };
  const answer = await fetch(`${process.env.E2E_BASE_URL}/local/clock`, moved || {});
  if (!answer.ok) throw new Error(`the clock: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { now: string };
}

/** A campaign by phone that has run: so many calls of its own customers, all of them that member's, all due. */
export async function callCampaign(api: Api, { who, many, perMemberAndDay = 40 }: Asked) {
  const { data } = await api.get<{ data: { id: string; name: string }[] }>('/v1/members?limit=200');
  const member = data.find(({ name }) => name === who)?.id;
  const tag = unique('calls').replace(' ', '-').toLowerCase();
  const customers: Record<string, string> = {};
  for (let n = 0; n < many; n++) {
    const phones = [{ number: `+63 917 555 0${100 + n}`, type: 'mobile' }];
    const { id, name } = await api.customer({ ownerId: member, tags: [tag], phones });
    customers[name] = id;
  }
  const { now } = await clock();
  const text = { subject: null, body: 'Ask {{customer.name}} about the coffee.' };
  const { id } = await api.post<{ id: string }>('/v1/campaigns', {
    name: unique('Coffee'),
    channel: 'call',
    goal: { metric: { kind: 'interaction', outcome: 'answered' }, target: 1, deadline: '2035-01-31T00:00:00Z' },
    budget: { planned: { amount: '1000', currency: 'PHP' } },
    audience: { include: [{ where: { field: 'tags', op: 'eq', value: tag } }] },
    content: { topic: 'transactional', fallbackLanguage: 'en', variants: [{ key: 'A', texts: { en: text } }] },
    schedule: { kind: 'once', at: new Date(Date.parse(now) + 90_000).toISOString(), zone: 'UTC' },
    quietHours: { from: '00:00', to: '00:00' },
    callList: { memberIds: [member], perMemberAndDay, tries: 3, againAfterHours: 24 },
  });
  await api.post(`/v1/campaigns/${id}/start`);
  const { on, zone } = await handedOver(api, id, many);
  for (const customerId of Object.values(customers)) {
    const [row] = (await api.get<{ data: { id: string }[] }>(`/v1/follow-ups?customerId=${customerId}&scope=all`)).data;
    const call = await api.get<{ version: number }>(`/v1/follow-ups/${row?.id}`);
    // Where the pace spreads them over days, or no work is done today, they are due all the same.
    await api.patch(`/v1/follow-ups/${row?.id}`, call.version, { due: { on, at: null, zone } });
  }
  return { id, customers };
}

/** Waits until the run has made its calls; gives the day before, on which all of them are due. */
async function handedOver(api: Api, campaignId: string, many: number): Promise<{ on: string; zone: string }> {
  for (let tries = 0; tries < 60; tries++) {
    await clock(tries % 5 === 0 ? 'PT1M' : undefined);
    await pause(500);
    const runs = await api.get<{ data: { counts: { states: { sent?: number } } }[] }>(`/v1/campaigns/${campaignId}/runs`);
    if (runs.data[0]?.counts.states.sent !== many) continue;
    return { on: new Date(Date.parse((await clock()).now) - 86_400_000).toISOString().slice(0, 10), zone: 'UTC' };
  }
  throw new Error('The run makes no calls.');
}
