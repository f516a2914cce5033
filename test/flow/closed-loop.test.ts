import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseEntity } from '../../functions/cases/case.entity.ts';
import { instantAt, wallAt } from '../../functions/kernel/wall-time.ts';
import { preferencesUrl } from '../../functions/preferences/links.ts';
import { partialResponseEntity } from '../../functions/responses/response.entity.ts';
import type { Item } from '../../functions/table/entity.ts';
import { answerTo, takeMail } from '../../local/mail-in.ts';
import type { SentMail } from '../../local/mailbox.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let people = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

// biome-ignore lint/suspicious/noExplicitAny: every route answers another shape, and a test knows which
type Body = any;
type Her = { id: string; address: string };
const zone = 'Asia/Karachi';

const send = async (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Body> => {
  const answer = await world.api(ws.keys.admin, method, path, body, headers);
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
};
const get = (path: string) => send('GET', path);
const post = (path: string, body: unknown = {}) => send('POST', path, body);

/** On to a moment, and a minute more of work. */
const until = async (moment: number) => {
  const seconds = Math.ceil((moment - world.now()) / 1_000);
  if (seconds > 0) world.advance(`PT${seconds}S`);
  await world.drain();
  world.advance('PT1M');
  await world.drain();
};
const minute = () => until(world.now());
/** Nine in the morning where she lives, so many days on. */
const morning = (days: number, from = world.now()) => instantAt({ on: wallAt(from + days * 86_400_000, zone).on, at: '09:00' }, zone);

const customer = async (more: object = {}): Promise<Her> => {
  const address = `gul${++people}@people.example`;
  const body = { kind: 'person', name: `Gul ${people}`, ownerId: ws.members.sales.id, timeZone: zone, emails: [{ address }], ...more };
  return { id: (await post('/v1/customers', body)).id, address };
};
const mailsTo = ({ address }: Her): SentMail[] => world.loopback.mailbox.list(5_000).filter(({ to }) => to.includes(address));
/** The links that she was sent, in order. */
const asked = (her: Her) =>
  mailsTo(her)
    .toReversed()
    .flatMap(({ text }) => /\/p\/s\/([\w.-]+)/.exec(text ?? '')?.[1] ?? []);
const page = (method: string, token: string | undefined, suffix = '', body?: unknown) =>
  world.api(undefined, method, `/p/api/s/${token}${suffix}`, body);
const handIn = async (token: string | undefined, answers: object, rev = 0) => {
  const { status, body } = await page('POST', token, '/complete', { rev, language: 'en', answers });
  expect(status, JSON.stringify(body)).toBe(200);
};
const visited = ({ id }: Her) => post(`/v1/customers/${id}/interactions`, { channel: 'visit', direction: 'none', reason: 'service' });
const casesOf = async ({ id }: Her): Promise<Body[]> => (await get(`/v1/cases?customerId=${id}&state=any`)).data;
const noticesOf = async (role: 'sales' | 'manager'): Promise<Body[]> =>
  (await world.api(ws.keys[role], 'GET', '/v1/notifications?limit=200')).body.data;

/** Ready-made rules as they ship, switched on. */
const turnOn = async (...names: string[]): Promise<Record<string, string>> => {
  const { data } = await get('/v1/rules/ready');
  const ids: Record<string, string> = {};
  for (const name of names) {
    const { id } = await post(
      '/v1/rules',
      data.find(({ ready }: { ready: string }) => ready === name),
    );
    await post(`/v1/rules/${id}/on`, {});
    ids[name] = id;
  }
  return ids;
};
const surveyNamed = async (name: string): Promise<string> =>
  (await get('/v1/surveys?limit=100')).data.find((one: { name: string }) => one.name === name).id;

/** Around the clock: high is answered within four hours, and resolved within two days. */
const always = {
  calendars: [
    {
      ...{ key: 'always', name: 'Always', zone: 'UTC' },
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
    },
  ],
  targets: [
    { priority: 'high', calendar: 'always', firstResponseMinutes: 240, resolutionMinutes: 2_880 },
    { priority: 'urgent', calendar: 'always', firstResponseMinutes: 60, resolutionMinutes: 1_440 },
  ],
};
/** Each begins at the next noon where she lives, so that no midnight of hers comes between a visit and the moment that is noted for it. */
const fresh = async () => {
  ws = await world.workspace({ timeZone: 'Asia/Manila' });
  const noon = instantAt({ on: wallAt(world.now() + 86_400_000, zone).on, at: '12:00' }, zone);
  world.advance(`PT${Math.ceil((noon - world.now()) / 1_000)}S`);
  await send('PATCH', '/v1/service-levels', always, { 'if-match': '"1"' });
};

type Row = ReturnType<typeof partialResponseEntity.decode>;
/** The share of 4 and 5 among the rows of a wave, in percent, counted by itself. */
const recount = (surveyId: string, ruleId: string) => {
  const rows = (world.rows(`T#${ws.tenant}#SURVEY#${surveyId}#`) as Item[])
    .filter(({ sk }) => sk.startsWith('I#'))
    .map((row): Row => partialResponseEntity.decode(row))
    .filter(({ source, completedAt }) => completedAt && source.kind === 'rule' && source.ruleId === ruleId);
  const happy = rows.filter(({ answers }) => Number(answers.satisfied) >= 4).length;
  return { n: rows.length, value: (100 * happy) / rows.length };
};

describeWorld('the closed loop', { timeout: 120_000 }, () => {
  it('goes from a visit over an unhappy answer, a case and its closing to a happy second answer, and every figure is a recount', async () => {
    await fresh();
    const rules = await turnOn('visit', 'detractor', 'closed', 'again', 'breach');
    const survey = await surveyNamed('After a visit');
    const [ana, late, gone, silent, ...others] = [await customer(), await customer(), await customer(), await customer()].concat(
      await Promise.all(Array.from({ length: 5 }, () => customer())),
    ) as [Her, Her, Her, Her, ...Her[]];
    const happy = await customer();
    const unhappy = [ana, late, gone, silent, ...others];
    const everybody = [...unhappy, happy];

    // A visit, and the question in her own morning.
    const visitedAt = world.now();
    for (const her of everybody) await visited(her);
    await world.drain();
    const due = morning(1, visitedAt);
    await until(due - 300_000);
    expect(mailsTo(ana)).toEqual([]);
    await until(due);
    const [mail] = mailsTo(ana);
    expect(wallAt(Date.parse(mail?.at ?? ''), zone)).toEqual({ on: wallAt(due, zone).on, at: expect.stringMatching(/^09:0/) });

    // She begins, closes the browser, comes back by the same link, and goes on where she was.
    const [hers] = asked(ana);
    expect((await page('GET', hers)).body).toMatchObject({ rev: 0, state: 'new' });
    expect((await page('PUT', hers, '/answers', { rev: 0, language: 'en', answers: { satisfied: 1 } })).body.rev).toBe(1);
    const resumed = (await page('GET', hers)).body;
    expect(resumed).toMatchObject({ rev: 1, state: 'started', answers: { satisfied: 1 } });
    const answeredAt = world.now();
    await handIn(hers, { ...resumed.answers, better: 'It leaks again.' }, resumed.rev);
    for (const [at, her] of [late, gone, silent, ...others].entries()) await handIn(asked(her)[0], { satisfied: 1 + (at % 2) });
    await handIn(asked(happy)[0], { satisfied: 5 });
    await world.drain();

    // A case for the owner within the hour, a follow-up, a word to her owner.
    const [opened] = await casesOf(ana);
    expect(opened).toMatchObject({ state: 'new', priority: 'high', ownerId: ws.members.sales.id });
    expect(Date.parse(opened.openedAt) - answeredAt).toBeLessThan(3_600_000);
    expect((await get(`/v1/cases/${opened.id}`)).source).toMatchObject({ kind: 'survey' });
    const followUps = (await get(`/v1/follow-ups?scope=all&customerId=${ana.id}`)).data;
    expect(followUps).toMatchObject([{ title: 'Call back: an unhappy answer', ownerId: ws.members.sales.id }]);
    expect(await casesOf(happy)).toEqual([]);

    // Warned of, answered, and her reply lands on the case.
    const { clocks } = await get(`/v1/cases/${opened.id}`);
    await until(Date.parse(clocks.firstResponse.warnAt));
    const warned = (await noticesOf('sales')).filter(({ kind, subject }) => kind === 'case.warned' && subject.id === opened.id);
    expect(warned).toHaveLength(1);
    await post(`/v1/customers/${ana.id}/messages`, { subject: 'Your filter', body: 'We come tomorrow.', caseId: opened.id });
    await minute();
    const answer = mailsTo(ana).find(({ subject }) => subject === 'Your filter') as SentMail;
    const raw = await answerTo(answer, { from: ana.address, text: 'Thank you, tomorrow is fine.' });
    await takeMail(world.loopback, { from: ana.address, to: [answer.replyTo[0] ?? answer.from], raw });
    await minute();
    const entries = (await get(`/v1/cases/${opened.id}/interactions`)).data;
    expect(entries.map(({ channel, direction }: Body) => `${channel} ${direction}`)).toEqual(['email in', 'email out', 'web in']);
    expect((await get(`/v1/cases/${opened.id}`)).clocks.firstResponse).toMatchObject({ breachedAt: null, metAt: expect.any(String) });

    // Where nobody answers, the case becomes urgent and the team's lead steps in.
    const [unanswered] = await casesOf(late);
    await until(Date.parse((await get(`/v1/cases/${unanswered.id}`)).clocks.firstResponse.dueAt));
    await world.drain();
    expect(await get(`/v1/cases/${unanswered.id}`)).toMatchObject({ priority: 'urgent', clocks: { resolution: { targetMinutes: 1_440 } } });
    expect(await get(`/v1/cases/${opened.id}`)).toMatchObject({ priority: 'high' });
    const lead = (await get(`/v1/follow-ups?scope=all&customerId=${late.id}`)).data.filter(
      ({ ownerId }: Body) => ownerId === ws.members.manager.id,
    );
    expect(lead).toMatchObject([{ title: 'Step in: a case is too late', priority: 'high' }]);
    const told = (await noticesOf('manager')).filter(({ kind, subject }) => kind === 'rule' && subject.customerId === late.id);
    expect(told).toHaveLength(1);

    // Closed, and asked about: what she says stands on the case and in the report.
    const closers = [ana, late, ...others];
    const scores = [5, 4, 4, 5, 3, 3, 4];
    for (const her of closers) {
      const [one] = await casesOf(her);
      await post(`/v1/cases/${one.id}/state`, { state: 'resolved', resolution: 'A new seal.' });
      await post(`/v1/cases/${one.id}/state`, { state: 'closed' });
    }
    await world.drain();
    await until(morning(world.now() < morning(0) ? 0 : 1));
    for (const [at, her] of closers.entries()) {
      expect(asked(her)).toHaveLength(2);
      await handIn(asked(her)[1], { satisfied: scores[at], solved: 'yes' });
    }
    await world.drain();
    const closed = await get(`/v1/cases/${opened.id}`);
    expect(closed.satisfaction).toMatchObject({ kind: 'csat', value: 5 });
    const [said] = (await get(`/v1/cases/${opened.id}/interactions`)).data;
    expect(said).toMatchObject({ responseId: closed.satisfaction.responseId, reason: 'feedback' });
    const [from, to] = [new Date(visitedAt).toISOString(), new Date(world.now()).toISOString()];
    const report = await get(`/v1/case-report?from=${from}&to=${to}`);
    const rows = (world.rows(`T#${ws.tenant}#CASE#`) as Item[]).filter(({ sk, e }) => sk === '~' && e === 'case');
    const values = rows.flatMap((row) => caseEntity.decode(row).satisfaction?.value ?? []);
    expect(values.toSorted()).toEqual(scores.toSorted());
    expect(report.satisfaction).toMatchObject({ n: 7, value: (100 * values.filter((value) => value >= 4).length) / 7, hidden: false });
    expect(report.byPriority.find(({ priority }: Body) => priority === 'high').satisfaction).toMatchObject({
      n: 1,
      value: null,
      hidden: true,
    });

    // Thirty days on, in her morning: those who are still there are asked once more.
    await send('DELETE', `/v1/customers/${gone.id}`);
    const link = await preferencesUrl(ws, { customerId: silent.id, channel: 'email', address: silent.address, send: null });
    await world.api(undefined, 'PUT', `/p/api/preferences/${link.split('/p/u/')[1]}`, { nothing: true });
    const again = morning(30, answeredAt);
    await until(again - 300_000);
    expect(asked(ana)).toHaveLength(2);
    await until(again);
    const second = [5, 4, 5, 5, 1, 4, 5];
    for (const [at, her] of closers.entries()) {
      expect(asked(her)).toHaveLength(3);
      await handIn(asked(her)[2], { satisfied: second[at] });
    }
    await world.drain();
    expect([asked(gone).length, asked(silent).length, asked(happy).length]).toEqual([1, 1, 1]);

    // What has moved, of her and of all.
    const answers = (await get(`/v1/customers/${ana.id}/responses`)).data.filter((one: Body) => one.surveyId === survey);
    expect(answers.map(({ score, band }: Body) => [score.value, band])).toEqual([
      [5, 'promoter'],
      [1, 'detractor'],
    ]);
    const { groups, completed } = await get(`/v1/surveys/${survey}/results?by=wave`);
    const counted = [recount(survey, rules.visit ?? ''), recount(survey, rules.again ?? '')];
    expect(groups.map(({ key, completed: n, score }: Body) => [key, n, score.value])).toEqual([
      [rules.visit, counted[0]?.n, counted[0]?.value],
      [rules.again, counted[1]?.n, counted[1]?.value],
    ]);
    expect([counted[0]?.n, counted[1]?.n, completed]).toEqual([10, 7, 17]);
    expect(groups[1].movement.value).toBeCloseTo((counted[1]?.value ?? 0) - (counted[0]?.value ?? 0), 9);
    expect(groups[1].responseRate).toEqual({ count: 7, of: 9 });

    // Whoever is unhappy still has a new case, and is not asked a third time.
    const still = closers[4] as Her;
    expect((await casesOf(still)).map(({ state }) => state)).toEqual(['new', 'closed']);
    await until(morning(32));
    expect(asked(still)).toHaveLength(3);
    const firings: Body[] = (await get(`/v1/rules/${rules.again}/firings`)).data;
    expect(firings.filter(({ customerId }) => customerId === still.id).map(({ reason }) => reason)).toEqual(['asked_again', null]);
  });

  it('asks about a case once, and not about one that ended in another', async () => {
    await fresh();
    const rules = await turnOn('closed');
    const her = await customer();
    const open = () => post('/v1/cases', { customerId: her.id, type: 'complaint', subject: 'It leaks' });
    const [one, other] = [await open(), await open()];
    await post(`/v1/cases/${other.id}/merge`, { into: one.id });
    await world.drain();
    const close = async () => {
      await post(`/v1/cases/${one.id}/state`, { state: 'resolved', resolution: 'Done.' });
      await post(`/v1/cases/${one.id}/state`, { state: 'closed' });
      await world.drain();
    };
    await close();
    await post(`/v1/cases/${one.id}/state`, { state: 'open' });
    await close();
    const firings: Body[] = (await get(`/v1/rules/${rules.closed}/firings`)).data;
    expect(firings.map(({ subjectId, reason }) => [subjectId, reason])).toEqual([
      [one.id, 'asked_before'],
      [one.id, null],
    ]);
    // Taken out of the report, her answer is no longer the case's; brought back, it is.
    await until(morning(1));
    await handIn(asked(her)[0], { satisfied: 4, solved: 'partly', missing: 'The bill.' });
    await world.drain();
    const { satisfaction } = await get(`/v1/cases/${one.id}`);
    expect(satisfaction.value).toBe(4);
    const response = `/v1/surveys/${await surveyNamed('After a case')}/responses/${satisfaction.responseId}`;
    await send('DELETE', response);
    expect((await get(`/v1/cases/${one.id}`)).satisfaction).toBeNull();
    await post(`${response}/restore`);
    expect((await get(`/v1/cases/${one.id}`)).satisfaction).toEqual(satisfaction);
  });

  it('asks again although the survey rests for longer, unless she was asked something since', async () => {
    await fresh();
    await turnOn('visit', 'again');
    const survey = await surveyNamed('After a visit');
    await send('PATCH', `/v1/surveys/${survey}`, { coolDownDays: 90 }, { 'if-match': '"1"' });
    const [her, other] = [await customer(), await customer()];
    for (const one of [her, other]) await visited(one);
    await world.drain();
    await until(morning(1));
    await handIn(asked(her)[0], { satisfied: 1 });
    await world.drain();
    // The other was asked by somebody else between her question and her answer.
    await turnOn('closed');
    const { id } = await post('/v1/cases', { customerId: other.id, type: 'question', subject: 'When?' });
    await post(`/v1/cases/${id}/state`, { state: 'resolved', resolution: 'Said.' });
    await post(`/v1/cases/${id}/state`, { state: 'closed' });
    await world.drain();
    await handIn(asked(other)[0], { satisfied: 1 });
    await world.drain();
    await until(morning(31));
    expect(asked(her)).toHaveLength(2);
    expect(asked(other).length).toBe(2);
  });

  it('refuses rules that ask again without an answer, and make more urgent what is no case', async () => {
    await fresh();
    const { data } = await get('/v1/rules/ready');
    const again = data.find(({ ready }: { ready: string }) => ready === 'again');
    const breach = data.find(({ ready }: { ready: string }) => ready === 'breach');
    const refused = async (rule: object) => (await world.api(ws.keys.admin, 'POST', '/v1/rules', rule)).body.errors;
    expect(await refused({ ...again, when: { kind: 'customer.created' } })).toMatchObject([{ pointer: '/does/0/asksAgain' }]);
    expect(await refused({ ...breach, when: { kind: 'customer.created' } })).toMatchObject([{ pointer: '/does/0/kind', code: 'no_case' }]);
    await turnOn('again', 'visit', 'closed');
    const texts = (await get('/v1/message-templates')).data;
    expect(texts.map(({ texts: said }: Body) => Object.keys(said).length)).toEqual([5, 5, 5]);
  });
});
