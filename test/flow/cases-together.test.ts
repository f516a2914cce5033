import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerTo, takeMail } from '../../local/mail-in.ts';
import type { SentMail } from '../../local/mailbox.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { type Body, caseDesk, iso } from './case-desk.ts';

describeWorld('cases, with all that is around them,', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());
  const { ws, call, good, fresh, customer, complaint, open, list, move, clocks } = caseDesk(() => world);

  it('are one where they were two: the other goes on', async () => {
    await fresh();
    const customerId = await customer();
    const [one, other, strange] = [await open({ customerId }), await open({ customerId }), await open()];
    expect((await call('POST', `/v1/cases/${one.id}/merge`, { into: strange.id })).body.errors).toMatchObject([{ code: 'other_customer' }]);
    expect(await good('POST', `/v1/cases/${one.id}/merge`, { into: other.id })).toMatchObject({ state: 'closed', mergedIntoId: other.id });
    expect(await good('GET', `/v1/cases/${other.id}`)).toMatchObject({ mergedIds: [one.id], state: 'new' });
    expect((await call('POST', `/v1/cases/${one.id}/state`, { state: 'open' })).body.code).toBe('wrong_state');
  });

  const her = () => `anita${++people}@trujillo.example`;
  let people = 0;
  const answer = (customerId: unknown, caseId: unknown, more: Body = {}) =>
    call('POST', `/v1/customers/${customerId}/messages`, { subject: 'Re: It leaks', body: 'We send a new one.', caseId, ...more });
  const later = async (duration = 'PT1M') => {
    world.advance(duration);
    await world.drain();
  };
  const reply = async (mail: SentMail | undefined, from: string, text: string) => {
    if (!mail) throw new Error('no mail was sent');
    await takeMail(world.loopback, { from, to: [mail.replyTo[0] ?? mail.from], raw: await answerTo(mail, { from, text }) });
  };
  const entries = async (id: unknown) =>
    ((await good('GET', `/v1/cases/${id}/interactions`)).data as Body[]).map(({ channel, direction, subject }) => [
      channel,
      direction,
      subject,
    ]);

  it('are answered by mail, which is the first answer once it is sent, and the answer to it lands on the case', async () => {
    await fresh();
    const address = her();
    const customerId = await customer({ emails: [{ address }] });
    const { id } = await open({ customerId, priority: 'urgent', ownerId: ws().members.service.id });
    expect((await answer(customerId, id)).status).toBe(201);
    expect((await good('GET', `/v1/cases/${id}`)).state).toBe('new');
    await later();
    const [mail] = world.loopback.mailbox.list(500).filter(({ to }) => to.includes(address));
    expect((await good('GET', `/v1/cases/${id}`)).state).toBe('open');
    expect((await clocks(id)).firstResponse).toMatchObject({ metAt: expect.any(String), breachedAt: null });
    await move(id, 'waiting');
    await reply(mail, address, 'It still leaks.');
    await later();
    expect(await entries(id)).toEqual([
      ['email', 'in', expect.stringContaining('It leaks')],
      ['email', 'out', 'Re: It leaks'],
      ['call', 'in', 'It leaks'],
    ]);
    const back = await good('GET', `/v1/cases/${id}`);
    expect(back.state).toBe('open');
    expect((back.clocks as Record<string, Body>).resolution).toMatchObject({ pausedAt: null, runningSince: expect.any(String) });
    const told = (await world.api(ws().keys.service, 'GET', '/v1/notifications')).body.data as Body[];
    expect(told.map(({ kind }) => kind)).toContain('case.answered');
  });

  it('refuse an answer to an address that is never written to, with the reason', async () => {
    await fresh();
    const address = her();
    const customerId = await customer({ emails: [{ address }] });
    const { id } = await open({ customerId });
    await good('POST', '/v1/suppressions', { address, reason: 'by_hand' });
    const refused = await answer(customerId, id);
    expect([refused.status, refused.body.errors[0].pointer, refused.body.errors[0].code]).toEqual([422, '/to', 'suppressed']);
    expect(refused.body.errors[0].detail).toContain('by_hand');
    await later();
    expect(world.loopback.mailbox.list(500).filter(({ to }) => to.includes(address))).toEqual([]);
    expect((await clocks(id)).firstResponse?.metAt).toBeNull();
  });

  it('take notes that answer nobody, and calls that do', async () => {
    await fresh();
    const { id } = await open();
    await good('POST', `/v1/cases/${id}/interactions`, { channel: 'note', body: 'A worn seal, I think.' });
    expect((await clocks(id)).firstResponse?.metAt).toBeNull();
    await good('POST', `/v1/cases/${id}/interactions`, { channel: 'call', direction: 'out', subject: 'Called her' });
    expect((await clocks(id)).firstResponse?.metAt).not.toBeNull();
    expect((await good('GET', `/v1/cases/${id}`)).state).toBe('open');
    expect((await entries(id)).map(([channel]) => channel)).toEqual(['call', 'note', 'call']);
    await move(id, 'resolved', { resolution: 'Done.' });
    await good('POST', `/v1/cases/${id}/interactions`, { channel: 'call', direction: 'in', subject: 'It leaks again' });
    expect(await good('GET', `/v1/cases/${id}`)).toMatchObject({ state: 'open', reopened: 1 });
  });

  it('that are merged keep what was said on both, and an answer to the one lands on the other', async () => {
    await fresh();
    const address = her();
    const customerId = await customer({ emails: [{ address }] });
    const [one, other] = [await open({ customerId, subject: 'One' }), await open({ customerId, subject: 'Other' })];
    await answer(customerId, one.id);
    await later();
    await good('POST', `/v1/cases/${one.id}/merge`, { into: other.id });
    const [mail] = world.loopback.mailbox.list(500).filter(({ to }) => to.includes(address));
    await reply(mail, address, 'Thank you.');
    await later();
    expect((await entries(other.id)).map(([channel, direction]) => `${channel} ${direction}`)).toEqual([
      'email in',
      'email out',
      'call in',
      'call in',
    ]);
  });

  const rule = async (more: Body) => {
    const { id } = await good('POST', '/v1/rules', { name: 'Rule', ...more });
    return good('POST', `/v1/rules/${id}/on`, {});
  };
  const ready = async (name: string) => {
    const { data } = (await good('GET', '/v1/rules/ready')) as { data: Body[] };
    return rule(data.find((one) => one.ready === name) ?? {});
  };

  it('are opened by a rule from a complaint, once, for the owner of the customer', async () => {
    await fresh();
    await ready('case');
    const customerId = await customer({ ownerId: ws().members.service.id });
    const interactionId = await complaint(customerId);
    await world.drain();
    await world.drain();
    expect(await list()).toMatchObject([
      { type: 'complaint', priority: 'high', subject: 'It leaks', ownerId: ws().members.service.id, number: 1 },
    ]);
    expect((await good('GET', `/v1/customers/${customerId}/interactions/${interactionId}`)).caseId).toBe((await list())[0]?.id);
    // What was opened by hand is not opened again.
    await open({ customerId });
    await world.drain();
    expect(await list()).toHaveLength(2);
  });

  it('set rules off when they are opened, taken a step on, and too late, each once', async () => {
    await fresh();
    const notify = (text: string) => [{ kind: 'notify', text, for: { to: 'member', memberId: ws().members.manager.id } }];
    await rule({ when: { kind: 'case.created', type: 'complaint' }, does: notify('opened') });
    await rule({ when: { kind: 'case.changed', to: 'resolved' }, does: notify('resolved') });
    await rule({ when: { kind: 'case.breach', step: 'warn', clock: 'firstResponse' }, does: notify('warned') });
    await rule({ when: { kind: 'case.breach', step: 'breach', clock: 'resolution' }, does: notify('broken') });
    const told = async () =>
      ((await world.api(ws().keys.manager, 'GET', '/v1/notifications?limit=200')).body.data as { kind: string; data: { text: string } }[])
        .filter(({ kind }) => kind === 'rule')
        .map(({ data }) => data.text)
        .toReversed();
    const { id } = await open({ priority: 'urgent' });
    const { id: question } = await open({ type: 'question' });
    await good('DELETE', `/v1/cases/${question}`);
    await later();
    expect(await told()).toEqual(['opened']);
    await later('PT50M');
    await later('PT20M');
    expect(await told()).toEqual(['opened', 'warned']);
    await later('PT8H');
    expect(await told()).toEqual(['opened', 'warned', 'broken']);
    await move(id, 'resolved', { resolution: 'Done.' });
    await later();
    expect(await told()).toEqual(['opened', 'warned', 'broken', 'resolved']);
  });

  it('stand in the queue of the day where they are due today or late, with the reason', async () => {
    await fresh();
    const mine = await open({ priority: 'urgent', ownerId: ws().members.admin.id });
    const others = await open({ priority: 'urgent', ownerId: ws().members.service.id });
    const nobodys = await open({ priority: 'urgent' });
    world.advance('PT65M');
    await world.drain();
    const { data } = (await good('GET', '/v1/today')) as { data: { kind: string; late: boolean; case: Body | null; reasons: Body[] }[] };
    const cases = data.filter(({ kind }) => kind === 'case');
    expect(new Set(cases.map((item) => item.case?.id))).toEqual(new Set([mine.id, nobodys.id]));
    expect(cases.map(({ late, reasons }) => [late, reasons[0]?.code])).toEqual([
      [true, 'caseLate'],
      [true, 'caseLate'],
    ]);
    expect(cases.map((item) => item.case?.id)).not.toContain(others.id);
    await move(mine.id, 'waiting');
    const after = (await good('GET', '/v1/today')) as { data: { case: Body | null }[] };
    expect(after.data.map((item) => item.case?.id)).not.toContain(mine.id);
  });

  it('come to what was kept and broken of our own promises, by priority and owner', async () => {
    await fresh();
    const from = iso(world.now() - 60_000);
    const made = [];
    for (const priority of ['urgent', 'urgent', 'low', 'normal']) made.push(await open({ priority, ownerId: ws().members.service.id }));
    const [kept, late, quick, merged] = made;
    const called = { channel: 'call', direction: 'out', subject: 'Called' };
    await good('POST', `/v1/cases/${kept?.id}/interactions`, called);
    await move(quick?.id, 'resolved', { resolution: 'Done.' });
    await good('POST', `/v1/cases/${merged?.id}/merge`, { into: (await open({ customerId: merged?.customerId })).id });
    world.advance('PT90M');
    await good('POST', `/v1/cases/${late?.id}/interactions`, called);
    await world.drain();
    const report = await good('GET', `/v1/case-report?from=${from}&to=${iso(world.now())}`);
    expect(report).toMatchObject({
      cases: 4,
      firstResponse: { kept: 2, broken: 1, open: 1 },
      resolution: { kept: 1, broken: 0, open: 3 },
      reportedBySource: { yes: 0, no: 0, unknown: 0 },
      complete: true,
    });
    expect((report.byPriority as Body[]).find(({ priority }) => priority === 'urgent')).toMatchObject({
      cases: 2,
      firstResponse: { kept: 1, broken: 1, open: 0 },
    });
    expect((report.byOwner as Body[]).map(({ ownerId, cases }) => [ownerId, cases])).toEqual([
      [ws().members.service.id, 3],
      [null, 1],
    ]);
    expect((await list('state=any&breached=true')).map(({ id }) => id)).toEqual([late?.id]);
    // Each number opens its rows.
    const rows = async (only: string) => (await list(`state=any&counted=true&from=${report.from}&to=${report.to}${only}`)).length;
    const parts: [string, Body][] = [
      ['', report],
      ...(report.byPriority as Body[]).map((part): [string, Body] => [`&priority=${part.priority}`, part]),
      ...(report.byOwner as Body[]).map((part): [string, Body] => [`&owner=${part.ownerId ?? 'none'}`, part]),
    ];
    for (const [only, part] of parts) {
      expect([only, await rows(only)]).toEqual([only, part.cases]);
      for (const promise of ['firstResponse', 'resolution'])
        for (const outcome of ['kept', 'broken', 'open']) {
          const asked = `${only}&${promise}=${outcome}`;
          expect([asked, await rows(asked)]).toEqual([asked, (part[promise] as Body)[outcome]]);
        }
    }
    expect(await list(`state=any&from=${iso(world.now() + 1_000)}&to=${iso(world.now() + 2_000)}`)).toEqual([]);
    expect((await good('GET', '/v1/case-report?days=1')).cases).toBe(4);
  });

  it('are gathered under a theme, and closing it drafts a message to exactly those who raised it', async () => {
    await fresh();
    const theme = await good('POST', '/v1/themes', { name: 'Cartridges leak' });
    const raisers = [await open(), await open()];
    const twice = await open({ customerId: raisers[0]?.customerId, themeId: theme.id });
    for (const { id } of raisers) await good('PATCH', `/v1/cases/${id}`, { themeId: theme.id }, { 'if-match': '"1"' });
    const taken = await open({ themeId: theme.id });
    await good('PATCH', `/v1/cases/${taken.id}`, { themeId: null }, { 'if-match': '"1"' });
    await open();
    expect(await good('GET', `/v1/themes/${theme.id}`)).toMatchObject({ cases: 3, responses: 0, customers: 2, state: 'open' });
    expect((await list(`themeId=${theme.id}`)).map(({ id }) => id).sort()).toEqual([...raisers.map(({ id }) => id), twice.id].sort());
    expect((await call('POST', `/v1/themes/${theme.id}/state`, { state: 'planned', draft: true })).body.code).toBe('wrong_state');
    const done = await good('POST', `/v1/themes/${theme.id}/state`, { state: 'done', draft: true });
    expect(done).toMatchObject({ state: 'done', campaignId: expect.stringMatching(/^cmp_/) });
    const campaign = (await good('GET', `/v1/campaigns/${done.campaignId}`)) as {
      state: string;
      audience: { include: { listId: string }[] };
    };
    expect(campaign.state).toBe('draft');
    const members = (await good('GET', `/v1/lists/${campaign.audience.include[0]?.listId}/members`)).data as Body[];
    expect(members.map(({ id }) => id).sort()).toEqual(raisers.map(({ customerId }) => customerId).sort());
    const again = await good('POST', `/v1/themes/${theme.id}/state`, { state: 'done', draft: true });
    expect(again.campaignId).toBe(done.campaignId);
  });
});
