import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

/** A campaign over HTTP: written, refused where it cannot be, shown as a customer would get it. */
const text = (subject: string, body: string) => ({ subject, body });
const content = (texts: Record<string, { subject: string | null; body: string }>) => ({
  topic: 'news',
  fallbackLanguage: 'en',
  variants: [{ key: 'A', texts }],
});

describeWorld('a campaign', () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world.stop());

  const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(ws.members.marketing.key, method, path, body, headers);
  const make = async (body: object) => (await api('POST', '/v1/campaigns', { name: 'Spring', ...body })).body;
  const refusal = async (body: object) => {
    const { status, body: problem } = await api('POST', '/v1/campaigns', { name: 'Spring', ...body });
    return { status, errors: (problem.errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`) };
  };

  it('comes back as it was said, and is in the list of its state', async () => {
    const campaign = await make({
      goal: { metric: { kind: 'lifecycle', reached: 'active' }, target: 10, deadline: '2027-06-01T00:00:00Z' },
      audience: { include: [{ where: { field: 'tags', op: 'exists', value: false } }], holdoutPercent: 20 },
      content: content({ en: text('Hello', 'Hello {{customer.name}}'), 'pt-BR': text('Olá', 'Olá') }),
    });
    const again = (await api('GET', `/v1/campaigns/${campaign.id}`)).body;
    expect(again).toEqual(campaign);
    expect(again.audience.include[0].where.value).toBe(false);
    const ids = async (state: string) => (await api('GET', `/v1/campaigns?state=${state}`)).body.data.map(({ id }: { id: string }) => id);
    expect(await ids('draft')).toContain(campaign.id);
    expect(await ids('active')).not.toContain(campaign.id);
  });

  it('is refused with the reason and the place where it could never be sent', async () => {
    const recurring = (cron: string, zone = 'Asia/Manila') => ({ schedule: { kind: 'recurring', cron, zone } });
    const { body } = await api('POST', '/v1/campaigns', {
      name: 'Spring',
      content: content({ en: text('Hi', 'Dear {{customer.givenName}},\n\nyour {{customer.custom.nothing}} is due') }),
    });
    expect(body.errors).toEqual([
      {
        pointer: '/content/variants/0/texts/en/body',
        code: 'unknown_variable',
        detail: 'line 3, column 6: there is no such variable',
      },
    ]);
    for (const name of ['customer.__proto__', 'customer.constructor', 'customer.custom.constructor', 'workspace.fields'])
      expect(await refusal({ content: content({ en: text('Hi', `{{${name}}}`) }) })).toMatchObject({ status: 422 });
    expect(await refusal(recurring('0 9 31 2 *'))).toEqual({ status: 422, errors: ['/schedule/cron never_fires'] });
    expect(await refusal(recurring('*/5 * * * *'))).toEqual({ status: 422, errors: ['/schedule/cron too_often'] });
    expect(await refusal(recurring('nine o’clock'))).toEqual({ status: 422, errors: ['/schedule/cron invalid_cron'] });
    expect((await refusal(recurring('0 9 * * *', 'Mars/Olympus'))).errors[0]).toContain('/schedule/zone');
    expect((await refusal({ budget: { planned: { amount: '0', currency: 'PHP' } } })).errors[0]).toContain('/budget/planned');
    expect(await refusal({ budget: { planned: { amount: '10', currency: 'USD' } } })).toEqual({
      status: 422,
      errors: ['/budget/planned/currency other_currency'],
    });
    expect((await refusal({ goal: { metric: 'more fame', target: 1, deadline: '2027-06-01T00:00:00Z' } })).status).toBe(422);
  });

  it('says what still stands in the way of a start', async () => {
    const { lacks } = await make({});
    expect(lacks.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/goal',
      '/budget',
      '/audience/include',
      '/content',
      '/schedule',
    ]);
  });

  it('is shown as a customer gets it: her language, her name harmless, her absence of a name a reason to leave her out', async () => {
    const campaign = await make({
      content: content({
        en: text('For {{customer.name}}', 'Dear {{customer.givenName}}'),
        fr: text('Pour {{customer.name}}', '[Voir](https://shop.example/?qui={{customer.name}})'),
      }),
    });
    const customer = (
      await world.api(ws.members.admin.key, 'POST', '/v1/customers', {
        kind: 'person',
        name: '<b>Anne & "Cie"</b>',
        preferences: { language: 'fr-CA' },
      })
    ).body;
    const preview = async (body: object) => (await api('POST', `/v1/campaigns/${campaign.id}/preview`, body)).body;
    const hers = await preview({ customerId: customer.id });
    expect(hers).toMatchObject({ language: 'fr', variant: 'A', subject: 'Pour <b>Anne & "Cie"</b>', problem: null });
    expect(hers.html).toContain('href="https://shop.example/?qui=%3Cb%3EAnne%20%26%20%22Cie%22%3C%2Fb%3E"');
    expect(hers.html).not.toContain('<b>Anne');
    expect(hers.text).toContain('Voir: https://shop.example/?qui=%3Cb%3E');
    const inEnglish = await preview({ customerId: customer.id, language: 'en' });
    expect(inEnglish.problem).toEqual({ code: 'absent', variable: 'customer.givenName' });
  });
});
