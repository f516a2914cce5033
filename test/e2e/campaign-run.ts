import { setTimeout as pause } from 'node:timers/promises';
import { type Api, unique } from './suki.ts';

/** What the product's clock shows, after it was moved where that is asked for. */
async function clock(advance?: string): Promise<{ now: string }> {
  const moved = advance && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advance }) };
  const answer = await fetch(`${process.env.E2E_BASE_URL}/local/clock`, moved || {});
  if (!answer.ok) throw new Error(`the clock: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { now: string };
}

type Run = { tag: string; many: number; channel: 'call' | 'letter'; text: string; said?: Record<string, unknown> };

/** A campaign to whoever has the tag, that has run: its calls or letters are handed over. Gives its id, and its only run. */
export async function campaignRun(api: Api, { tag, many, channel, text, said = {} }: Run): Promise<{ id: string; occurrence: string }> {
  const { now } = await clock();
  const { id } = await api.post<{ id: string }>('/v1/campaigns', {
    name: unique('Cartridges'),
    channel,
    goal: { metric: { kind: 'interaction', outcome: 'answered' }, target: 1, deadline: '2035-01-31T00:00:00Z' },
    budget: { planned: { amount: '1000', currency: 'PHP' } },
    audience: { include: [{ where: { field: 'tags', op: 'eq', value: tag } }] },
    content: { topic: 'transactional', fallbackLanguage: 'en', variants: [{ key: 'A', texts: { en: { subject: null, body: text } } }] },
    schedule: { kind: 'once', at: new Date(Date.parse(now) + 90_000).toISOString(), zone: 'UTC' },
    quietHours: { from: '00:00', to: '00:00' },
    ...said,
  });
  await api.post(`/v1/campaigns/${id}/start`);
  for (let tries = 0; tries < 60; tries++) {
    await clock(tries % 5 === 0 ? 'PT1M' : undefined);
    await pause(500);
    type Page = { data: { occurrence: string; counts: { states: { sent?: number } } }[] };
    const [run] = (await api.get<Page>(`/v1/campaigns/${id}/runs`)).data;
    if (run?.counts.states.sent === many) return { id, occurrence: run.occurrence };
  }
  throw new Error('The run hands nothing over.');
}

export const newTag = () => unique('run').replace(' ', '-').toLowerCase();

type Calls = { who: string; many: number; perMemberAndDay?: number };

/** So many calls of a campaign, all of them that member's, all due; the ids of their customers by name. */
export async function callCampaign(api: Api, { who, many, perMemberAndDay = 40 }: Calls) {
  const { data } = await api.get<{ data: { id: string; name: string }[] }>('/v1/members?limit=200');
  const member = data.find(({ name }) => name === who)?.id;
  const tag = newTag();
  const customers: Record<string, string> = {};
  for (let n = 0; n < many; n++) {
    const phones = [{ number: `+63 917 555 0${100 + n}`, type: 'mobile' }];
    const { id, name } = await api.customer({ ownerId: member, tags: [tag], phones });
    customers[name] = id;
  }
  const callList = { memberIds: [member], perMemberAndDay, tries: 3, againAfterHours: 24 };
  const { id } = await campaignRun(api, {
    ...{ tag, many, channel: 'call', text: 'Ask {{customer.name}} about the coffee.' },
    said: { callList },
  });
  const on = new Date(Date.parse((await clock()).now) - 86_400_000).toISOString().slice(0, 10);
  for (const customerId of Object.values(customers)) {
    const [row] = (await api.get<{ data: { id: string }[] }>(`/v1/follow-ups?customerId=${customerId}&scope=all`)).data;
    const call = await api.get<{ version: number }>(`/v1/follow-ups/${row?.id}`);
    // Where the pace spreads them over days, or no work is done today, they are due all the same.
    await api.patch(`/v1/follow-ups/${row?.id}`, call.version, { due: { on, at: null, zone: 'UTC' } });
  }
  return { id, customers };
}
