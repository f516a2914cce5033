import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import type { Survey } from '../../functions/surveys/survey.ts';
import type { Item } from '../../functions/table/entity.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { surveyIn } from '../_util/survey.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const minutes = async (many: number) => {
  for (let minute = 0; minute < many; minute++) {
    world.advance('PT1M');
    await world.drain();
  }
};
const place = ({ tenant }: SeededWorkspace) => ({ tenant, now: world.now() });
const asking = (surveyId: string): Campaign['content'] => ({
  senderId: null,
  topic: 'news',
  fallbackLanguage: 'en',
  surveyId,
  variants: [
    { key: 'A', weight: 1, texts: { en: { subject: 'A question', body: 'Dear {{customer.name}}\n\n[Answer]({{links.survey}})' } } },
  ],
});
const mailsIn = ({ tenant }: SeededWorkspace) => world.loopback.mailbox.list(2_000).filter(({ tags }) => tags.tenant === tenant);
/** The link that each address got by a run. */
const tokens = (ws: SeededWorkspace, { occurrence }: { occurrence: string }) =>
  new Map(
    mailsIn(ws)
      .filter(({ tags }) => tags.run?.includes(occurrence))
      .map(({ to, text }) => [to[0] ?? '', /\/p\/s\/([\w.-]+)/.exec(text ?? '')?.[1] ?? '']),
  );
const outcomes = ({ tenant }: SeededWorkspace, { campaignId, occurrence }: { campaignId: string; occurrence: string }) => {
  const sends = (world.rows(`T#${tenant}#RUN#${campaignId}#${occurrence}#`) as Item[]).filter(({ sk }) => sk.startsWith('TO#'));
  return Object.fromEntries([...Map.groupBy(sends, ({ st, r }) => String(r ?? st))].map(([state, rows]) => [state, rows.length]));
};
const handIn = (token: string | undefined, answers: unknown) =>
  world.api(undefined, 'POST', `/p/api/s/${token}/complete`, { rev: 0, language: 'en', answers });

/** Readers who are asked by a campaign. */
async function asked(many: number, said: Partial<Survey> = {}) {
  const ws = await world.workspace();
  const ids = await peopleIn(place(ws), many);
  const survey = await surveyIn(place(ws), said);
  const campaign = await campaignIn(place(ws), 'asked', { content: asking(survey.id) });
  const run = await runOf(place(ws), campaign);
  await world.drain();
  await minutes(3);
  return { ws, ids, survey, campaign, run };
}

describeWorld('a survey in a campaign', () => {
  it('is answered by the link in each mail, and lands on the timeline and in the campaign', async () => {
    const { ws, ids, campaign, run } = await asked(3);
    expect(outcomes(ws, run)).toEqual({ delivered: 3 });
    const links = tokens(ws, run);
    expect(new Set(links.values()).size).toBe(3);
    expect((await handIn(links.get('reader0@people.example'), { recommend: 2, why: 'The queue' })).status).toBe(200);
    await world.drain();
    const [entry] = (await world.api(ws.keys.admin, 'GET', `/v1/customers/${ids[0]}/interactions`)).body.data;
    expect(entry).toMatchObject({ direction: 'in', reason: 'feedback', subject: 'After a visit: 2', body: 'Why?\nThe queue' });
    const where = { field: `campaign.${campaign.id}.answered`, op: 'exists', value: true };
    const counted = await world.api(ws.keys.admin, 'POST', '/v1/segments/count', { where });
    expect(counted.body.counted).toBe(1);
  });

  it('is asked again of those alone who have not answered, by the same links', async () => {
    const { ws, run, campaign } = await asked(4);
    const before = tokens(ws, run);
    await handIn(before.get('reader1@people.example'), { recommend: 9 });
    const wave = { number: 1, of: run.occurrence, who: 'not_answered', at: isoOf(world.now()), content: null } as const;
    await runOf(place(ws), { ...campaign, waves: [wave] }, 'wave-1');
    await world.drain();
    await minutes(3);
    const again = tokens(ws, { occurrence: 'wave-1' });
    expect([...again.keys()].sort()).toEqual([0, 2, 3].map((n) => `reader${n}@people.example`));
    for (const [address, token] of again) expect(token).toBe(before.get(address));
    expect((await handIn(again.get('reader0@people.example'), { recommend: 7 })).status).toBe(200);
  });

  it('is not asked of whoever was asked anything too lately, nor once it is closed', async () => {
    const { ws } = await asked(2);
    const next = await surveyIn(place(ws), { name: 'Another', coolDownDays: 30 });
    const early = await runOf(place(ws), await campaignIn(place(ws), 'too early', { content: asking(next.id) }));
    await world.drain();
    await minutes(3);
    expect(outcomes(ws, early)).toEqual({ cool_down: 2 });
    world.advance('P31D');
    const later = await runOf(place(ws), await campaignIn(place(ws), 'later', { content: asking(next.id) }));
    await world.drain();
    await minutes(3);
    expect(outcomes(ws, later)).toEqual({ delivered: 2 });
    await world.api(ws.keys.admin, 'POST', `/v1/surveys/${next.id}/close`);
    world.advance('P31D');
    const closed = await runOf(place(ws), await campaignIn(place(ws), 'closed', { content: asking(next.id) }));
    await world.drain();
    await minutes(3);
    expect(outcomes(ws, closed)).toEqual({ survey_closed: 2 });
  });

  it('must be named where its link stands in the text, and linked where it is named', async () => {
    const ws = await world.workspace();
    const survey = await surveyIn(place(ws));
    const made = async (content: object) => {
      const { body } = await world.api(ws.keys.admin, 'POST', '/v1/campaigns', {
        name: 'Asks',
        content: { ...asking(survey.id), ...content },
      });
      return body.errors?.map(({ code }: { code: string }) => code);
    };
    expect(await made({})).toBeUndefined();
    expect(await made({ surveyId: null })).toEqual(['survey_link']);
    const silent = [{ key: 'A', texts: { en: { subject: 'A question', body: 'No link.' } } }];
    expect(await made({ variants: silent })).toEqual(['survey_link']);
    expect(await made({ surveyId: 'svy_01J9Z3T8Q4V6N2K7M5R0B1C2D3' })).toEqual(['not_there']);
  });
});
