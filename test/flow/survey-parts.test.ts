import { afterAll, beforeAll, expect, it } from 'vitest';
import { SurveyDefinition } from '../../functions/surveys/definition.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { surveyIn } from '../_util/survey.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const api = (method: string, path: string, body?: unknown, key = ws.keys.admin) => world.api(key, method, path, body);
const good = async (method: string, path: string, body?: unknown) => {
  const answer = await api(method, path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
const fresh = async () => {
  ws = await world.workspace();
  return { tenant: ws.tenant, now: world.now() };
};
const person = async (more: object = {}) => good('POST', '/v1/customers', { kind: 'person', name: `Ana ${++count}`, ...more });
const tokenIn = (text: string) => /\/p\/s\/([\w.-]+)/.exec(text)?.[1];
const handIn = async (token: string | undefined, answers: object, language = 'en') => {
  const { status } = await world.api(undefined, 'POST', `/p/api/s/${token}/complete`, { rev: 0, language, answers });
  expect(status).toBe(200);
};
/** A customer who has answered by a link that a member made. */
const answered = async (surveyId: string, answers: object, more: object = {}) => {
  const her = await person(more);
  const { url } = await good('POST', `/v1/customers/${her.id}/survey-links`, { surveyId });
  await handIn(tokenIn(url), answers);
  return her;
};

describeWorld('the parts of what a survey came to', () => {
  it('are those of segments too: small ones hidden, whoever is in two in both, and each number opens its rows', async () => {
    const survey = await surveyIn(await fresh());
    const segment = (tag: string) => good('POST', '/v1/segments', { name: tag, where: { field: 'tags', op: 'eq', value: tag } });
    const [gold, silver] = [await segment('gold'), await segment('silver')];
    for (let n = 0; n < 8; n++)
      await answered(survey.id, { recommend: n < 5 ? 10 : 2 }, { tags: [...(n < 6 ? ['gold'] : []), ...(n > 4 ? ['silver'] : [])] });
    await world.drain();
    const path = `/v1/surveys/${survey.id}/results?by=segment&segments=`;
    const { groups, groupsComplete } = await good('GET', `${path}${gold.id},${silver.id}`);
    expect(groupsComplete).toBe(true);
    expect(groups).toMatchObject([
      { key: gold.id, name: 'gold', completed: 6, score: { n: 6, hidden: false, few: true } },
      { key: silver.id, name: 'silver', completed: 3, score: { n: 3, hidden: true, value: null, counts: null } },
    ]);
    expect(groups[0].score.value).toBeCloseTo((100 * (5 - 1)) / 6, 9);
    for (const { key, completed } of groups) {
      const rows = await good('GET', `/v1/surveys/${survey.id}/responses?segmentId=${key}&limit=200`);
      expect(rows.data).toHaveLength(completed);
    }
    const own = await good('POST', '/v1/segments', { name: 'Own', where: { field: 'tags', op: 'eq', value: 'gold' }, shared: false });
    expect((await api('GET', `${path}${own.id}`, undefined, ws.keys.analyst)).status).toBe(422);
    const hers = `/v1/surveys/${survey.id}/responses?segmentId=${own.id}`;
    expect((await api('GET', hers, undefined, ws.keys.analyst)).status).toBe(422);
  });

  it('go into a file with a column a question, in the reader’s language, and nothing that a spreadsheet would calculate', async () => {
    const place = await fresh();
    const title = (en: string, th: string) => ({ en: { title: en }, th: { title: th } });
    const definition = SurveyDefinition.parse({
      sections: [
        {
          key: 'main',
          questions: [
            { key: 'recommend', kind: 'nps', texts: title('=1+1 of ten?', 'แนะนำเราไหม') },
            {
              ...{ key: 'what', kind: 'multiple', texts: title('What, and why?', 'อะไร') },
              options: [
                { key: 'price', texts: title('Price', 'ราคา') },
                { key: 'staff', texts: title('Staff', 'พนักงาน') },
              ],
            },
            { key: 'why', kind: 'text', texts: title('Why?', 'ทำไม') },
            { key: 'less', kind: 'number', texts: title('Less?', 'น้อยลง') },
          ],
        },
      ],
    });
    const survey = await surveyIn(place, { definition, languages: ['en', 'th'] });
    await answered(survey.id, { recommend: 2, what: ['price', 'staff'], why: '=HYPERLINK("http://evil")', less: -5 }, { name: 'محمد علی' });
    await answered(survey.id, { recommend: 10, why: 'Très bien,\nvraiment' }, { name: 'Frédérique' });
    await world.drain();
    const file = async (survey_: object, columns?: string[]) => {
      const made = await good('POST', '/v1/exports', { target: 'responses', survey: { id: survey.id, ...survey_ }, columns });
      await world.drain();
      const done = await good('GET', `/v1/exports/${made.id}`);
      return (await fetch(done.file.url)).arrayBuffer().then((bytes) => Buffer.from(bytes).toString('utf8'));
    };
    const columns = ['customer', 'channel', 'surveyVersion', 'score', 'band'];
    expect((await file({}, columns)).split('\r\n').sort()).toEqual(
      [
        '\uFEFFcustomer,channel,surveyVersion,score,band,\'=1+1 of ten?,"What, and why?",Why?,Less?',
        'محمد علی,phone,1,2,detractor,2,"Price, Staff","\'=HYPERLINK(""http://evil"")",-5',
        'Frédérique,phone,1,10,promoter,10,,"Très bien,\nvraiment",',
        '',
      ].sort(),
    );
    const thai = await file({ band: 'detractor', reader: 'th' });
    expect(thai.split('\r\n')).toHaveLength(3);
    expect(thai).toContain('แนะนำเราไหม,อะไร,ทำไม,น้อยลง');
    expect(thai).toContain('"ราคา, พนักงาน"');
    const asked = { target: 'responses', survey: { id: survey.id } };
    for (const role of ['sales', 'service', 'marketing', 'partner'] as const)
      expect((await api('POST', '/v1/exports', asked, ws.keys[role])).status).toBe(403);
    expect((await api('POST', '/v1/exports', { target: 'responses' })).status).toBe(422);
    expect((await api('POST', '/v1/exports', { ...asked, target: 'customers' })).status).toBe(422);
  });

  it('lead to a case that begins with her words, once, and each tells of the other', async () => {
    const survey = await surveyIn(await fresh());
    const her = await answered(survey.id, { recommend: 3, why: 'The queue' });
    await world.drain();
    const path = `/v1/surveys/${survey.id}/responses`;
    const [response] = (await good('GET', path)).data;
    expect(response.entry).toEqual({ interactionId: expect.stringMatching(/^int_/), caseId: null });
    const asked = { customerId: her.id, type: 'complaint', subject: 'The queue', interactionId: response.entry.interactionId };
    const made = await good('POST', '/v1/cases', asked);
    expect(made.source).toEqual({ kind: 'survey', id: response.id });
    expect((await good('GET', `${path}/${response.id}`)).entry.caseId).toBe(made.id);
    expect((await good('GET', `/v1/cases/${made.id}/interactions`)).data).toMatchObject([{ body: 'Why?\nThe queue' }]);
    expect((await api('POST', '/v1/cases', asked)).status).toBe(409);
  });

  it('lead to a case by a rule with her words on it, logged once', async () => {
    const survey = await surveyIn(await fresh());
    const does = [{ kind: 'case', type: 'complaint', priority: 'high', for: { to: 'owner' } }];
    const rule = await good('POST', '/v1/rules', { name: 'Unhappy', when: { kind: 'response.completed', band: 'detractor' }, does });
    await good('POST', `/v1/rules/${rule.id}/on`, {});
    const her = await answered(survey.id, { recommend: 1, why: 'It leaks' });
    await world.drain();
    const [response] = (await good('GET', `/v1/surveys/${survey.id}/responses`)).data;
    const [theCase] = (await good('GET', '/v1/cases')).data;
    expect(response.entry.caseId).toBe(theCase.id);
    expect((await good('GET', `/v1/cases/${theCase.id}/interactions`)).data).toMatchObject([
      { body: 'Why?\nIt leaks', responseId: response.id },
    ]);
    expect((await good('GET', `/v1/customers/${her.id}/interactions`)).data).toHaveLength(1);
  });

  it('are asked by text message as by mail: her own link in each, and the answer counted by its channel', async () => {
    const place = await fresh();
    await peopleIn(place, 2, { phoneOf: (n) => `+6391755502${String(10 + n)}` });
    const survey = await surveyIn(place);
    const variants = [{ key: 'A', weight: 1, texts: { en: { subject: null, body: 'How are we doing? {{links.survey}}' } } }];
    const content = { senderId: null, topic: 'transactional', fallbackLanguage: 'en', surveyId: survey.id, variants };
    const campaign = await campaignIn(place, 'By SMS', { channel: 'sms', content });
    const seen = await good('POST', `/v1/campaigns/${campaign.id}/preview`, {});
    await runOf({ ...place, now: world.now() }, campaign);
    await world.drain();
    world.advance('PT2M');
    await world.drain();
    const texts = world.loopback.phones.list(50).filter(({ to }) => to.startsWith('+6391755502'));
    expect(texts).toHaveLength(2);
    const [first, second] = texts.map(({ text }) => tokenIn(text));
    expect(first).not.toBe(second);
    // The preview counts with a link as long as hers.
    expect(seen.text).toHaveLength(texts[0]?.text.length ?? 0);
    expect(seen.parts).toBe(1);
    await handIn(first, { recommend: 9 });
    await world.drain();
    const { groups, responseRate } = await good('GET', `/v1/surveys/${survey.id}/results?by=channel`);
    expect(groups).toMatchObject([{ key: 'sms', completed: 1 }]);
    expect(responseRate).toEqual({ count: 1, of: 2 });
  });

  it('are asked by a rule’s text message', async () => {
    const survey = await surveyIn(await fresh());
    const texts = { en: { subject: null, body: 'How was it? {{links.survey}}' } };
    const template = await good('POST', '/v1/message-templates', { name: 'Ask', channel: 'sms', texts });
    const rule = await good('POST', '/v1/rules', {
      name: 'After a visit',
      when: { kind: 'interaction.created', reason: 'service' },
      does: [{ kind: 'message', templateId: template.id, surveyId: survey.id, inDays: 0 }],
    });
    await good('POST', `/v1/rules/${rule.id}/on`, {});
    const her = await person({ phones: [{ number: '+63 917 555 0399', type: 'mobile' }] });
    await good('POST', `/v1/customers/${her.id}/interactions`, { channel: 'visit', direction: 'none', reason: 'service' });
    await world.drain();
    world.advance('PT1M');
    await world.drain();
    const [text] = world.loopback.phones.list(50).filter(({ to }) => to === '+639175550399');
    await handIn(tokenIn(text?.text ?? ''), { recommend: 8 });
    await world.drain();
    expect((await good('GET', `/v1/customers/${her.id}/responses`)).data).toMatchObject([{ channel: 'sms', score: { value: 8 } }]);
  });

  it('name the campaigns that ask, drafts too, and not those that no longer do', async () => {
    const place = await fresh();
    const [survey, other] = [await surveyIn(place), await surveyIn({ ...place, now: place.now + 1 })];
    const variants = [{ key: 'A', weight: 1, texts: { en: { subject: 'A question', body: '[Answer]({{links.survey}})' } } }];
    const content = { senderId: null, topic: 'news', fallbackLanguage: 'en', surveyId: survey.id, variants };
    const make = (name: string) => good('POST', '/v1/campaigns', { name, content });
    const [first, second] = [await make('First'), await make('Second')];
    const patch = { content: { ...content, surveyId: other.id } };
    await world.api(ws.keys.admin, 'PATCH', `/v1/campaigns/${second.id}`, patch, { 'if-match': `"${second.version}"` });
    const asking = async (id: string) => (await good('GET', `/v1/surveys/${id}/campaigns`)).data;
    expect(await asking(survey.id)).toMatchObject([{ id: first.id, name: 'First', state: 'draft' }]);
    expect(await asking(other.id)).toMatchObject([{ id: second.id, channel: 'email' }]);
  });
});
