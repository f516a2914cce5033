import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

type Row = { id: string; name: string };

describeWorld('segments', () => {
  let world: World;
  let ws: SeededWorkspace;
  const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(ws.keys.admin, method, path, body, headers);
  const customer = async (name: string, more: object = {}): Promise<string> =>
    (await api('POST', '/v1/customers', { kind: 'person', name, ...more })).body.id;
  const found = async (where: unknown): Promise<string[]> => {
    const { body } = await api('POST', '/v1/segments/estimate', { where });
    expect(body.exact, JSON.stringify(body)).toBe(true);
    return body.sample.map(({ name }: Row) => name).sort();
  };
  const ago = (days: number) => new Date(world.now() - days * 86_400_000).toISOString();

  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());
  beforeEach(async () => {
    ws = await world.workspace({ fields: [{ key: 'tier', label: 'Tier', kind: 'choice', choices: ['gold', 'silver'] }] });
  });

  describe('as stored filters', () => {
    const where = {
      and: [
        { field: 'country', op: 'eq', value: 'DE' },
        { field: 'tags', op: 'exists', value: false },
      ],
    };

    it('are made, changed, put away and brought back, each under its version', async () => {
      const made = await api('POST', '/v1/segments', { name: 'Germany', where, shared: false });
      expect(made).toMatchObject({ status: 201, body: { name: 'Germany', where, shared: false, ownerId: ws.members.admin.id } });
      const path = `/v1/segments/${made.body.id}`;
      expect((await api('GET', path)).body).toEqual(made.body);
      const changed = await api('PATCH', path, { name: 'In Germany' }, { 'if-match': '"1"' });
      expect(changed.body).toMatchObject({ name: 'In Germany', where, version: 2 });
      expect((await api('PATCH', path, { name: 'Again' }, { 'if-match': '"1"' })).status).toBe(412);
      expect((await api('DELETE', path)).body.archivedAt).not.toBeNull();
      expect((await api('PATCH', path, { name: 'Late' }, { 'if-match': '"3"' })).body.code).toBe('already_archived');
      await world.drain();
      expect((await api('GET', '/v1/segments')).body.data).toEqual([]);
      expect((await api('GET', '/v1/segments?archived=true')).body.data).toHaveLength(1);
      expect((await api('POST', `${path}/restore`)).body).toMatchObject({ archivedAt: null, where });
    });

    it('are refused where they ask for what is not there, with the place', async () => {
      const refused = await api('POST', '/v1/segments', { name: 'x', where: { and: [{ field: 'shoeSize', op: 'eq', value: 4 }] } });
      expect(refused.body).toMatchObject({ code: 'filter_not_served', errors: [{ pointer: '/where/and/0/field', code: 'unknown_field' }] });
      const choice = await api('POST', '/v1/segments', { name: 'x', where: { field: 'custom.tier', op: 'eq', value: 'bronze' } });
      expect(choice.body).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/where/value' }] });
    });

    it('that are not shared are seen by their owner and by those who look after all segments', async () => {
      const { body } = await world.api(ws.keys.sales, 'POST', '/v1/segments', { name: 'Mine', where, shared: false });
      expect((await world.api(ws.keys.service, 'GET', `/v1/segments/${body.id}`)).status).toBe(404);
      expect((await world.api(ws.keys.service, 'GET', '/v1/segments')).body.data).toEqual([]);
      expect((await world.api(ws.keys.sales, 'GET', '/v1/segments')).body.data).toHaveLength(1);
      expect((await world.api(ws.keys.manager, 'GET', `/v1/segments/${body.id}`)).status).toBe(200);
    });
  });

  describe('ask', () => {
    it('what the customer herself says, her own fields and every address', async () => {
      await customer('Ana', { custom: { tier: 'gold' }, preferences: { language: 'th' } });
      await customer('Ben', {
        addresses: [
          { country: 'PH', primary: true },
          { country: 'DE', city: 'Köln' },
        ],
      });
      expect(await found({ field: 'custom.tier', op: 'eq', value: 'gold' })).toEqual(['Ana']);
      expect(await found({ field: 'language', op: 'in', value: ['th', 'fr'] })).toEqual(['Ana']);
      expect(await found({ field: 'anyCountry', op: 'eq', value: 'DE' })).toEqual(['Ben']);
      expect(await found({ field: 'anyCity', op: 'startsWith', value: 'koln' })).toEqual(['Ben']);
      expect(await found({ field: 'country', op: 'eq', value: 'DE' })).toEqual([]);
    });

    it('for silence, which also one who was never spoken to can keep', async () => {
      const [spoken, silent, never] = [await customer('Spoken'), await customer('Silent'), await customer('Never')];
      world.advance('P100D');
      await customer('New');
      await api('POST', `/v1/customers/${spoken}/interactions`, { channel: 'call', occurredAt: ago(10) });
      await api('POST', `/v1/customers/${silent}/interactions`, { channel: 'call', occurredAt: ago(95) });
      await world.drain();
      const recently = { field: 'lastInteractionAt', op: 'withinLast', value: 'P90D' };
      expect(await found({ not: recently })).toEqual(['Never', 'Silent']);
      expect(await found(recently)).toEqual(['New', 'Spoken']);
      expect(await found({ field: 'lastInteractionAt', op: 'exists', value: false })).toEqual(['Never', 'New']);
      expect(await found({ field: 'interactions', op: 'lt', value: 1 })).toEqual(['Never', 'New']);
      expect(await found({ field: 'interactions.call', op: 'gte', value: 1 })).toEqual(['Silent', 'Spoken']);
      expect(await found({ field: 'interactions.visit', op: 'eq', value: 0 })).toEqual(['Never', 'New', 'Silent', 'Spoken']);
      expect(never).toBeDefined();
    });

    it('for consent by channel and topic', async () => {
      const [yes, no] = [await customer('Yes'), await customer('No')];
      await customer('Silent');
      for (const [id, status] of [
        [yes, 'granted'],
        [no, 'withdrawn'],
      ])
        await api('PUT', `/v1/customers/${id}/consents/email/news`, { status, source: 'by phone' });
      expect(await found({ field: 'consent.email.news', op: 'eq', value: 'granted' })).toEqual(['Yes']);
      expect(await found({ field: 'consent.email.news', op: 'ne', value: 'withdrawn' })).toEqual(['Silent', 'Yes']);
      expect(await found({ field: 'consent.sms.news', op: 'exists', value: true })).toEqual([]);
    });

    it('for nobody who is archived', async () => {
      const id = await customer('Gone', { tags: ['x'] });
      await customer('There', { tags: ['x'] });
      await api('DELETE', `/v1/customers/${id}`);
      expect(await found({ field: 'tags', op: 'eq', value: 'x' })).toEqual(['There']);
    });
  });
});
