import { afterAll, beforeAll, expect, it } from 'vitest';
import { attributesOf } from '../../functions/table/attributes.ts';
import { tableClient } from '../../functions/table/client.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

/** Functions share no memory in the cloud: settings that another function changed are older in this one than in the table. */
describeWorld('settings changed a moment ago', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  async function changedBehind(tenant: string, change: Record<string, unknown>): Promise<void> {
    const { PutItemCommand, GetItemCommand } = await import('@aws-sdk/client-dynamodb');
    const TableName = process.env.TABLE_NAME;
    const { Item } = await tableClient().send(new GetItemCommand({ TableName, Key: attributesOf({ pk: `T#${tenant}#WS`, sk: '~' }) }));
    await tableClient().send(new PutItemCommand({ TableName, Item: { ...Item, ...attributesOf(change) } }));
  }

  it('hold for a custom field, a consent topic and a member before anybody is refused by older ones', async () => {
    const ws = await world.workspace();
    const api = (method: string, path: string, body?: unknown) => world.api(ws.keys.admin, method, path, body);
    const { body: ana } = await api('POST', '/v1/customers', { kind: 'person', name: 'Ana', ownerId: ws.members.sales.id });
    await changedBehind(ws.tenant, { f: [{ ky: 'tier', lb: 'Tier', k: 'text' }], ct: ['spring'] });
    const member = await ws.addMember('sales');
    expect((await api('POST', '/v1/customers', { kind: 'person', name: 'Ben', custom: { tier: 'gold' }, ownerId: member.id })).status).toBe(
      201,
    );
    const consent = await api('PUT', `/v1/customers/${ana.id}/consents/email/spring`, {
      status: 'granted',
      source: 'form',
      evidence: 'ticked',
    });
    expect(consent.status).toBe(200);
    const another = await ws.addMember('sales');
    const logged = await api('POST', `/v1/customers/${ana.id}/interactions`, { channel: 'call', direction: 'in', memberId: another.id });
    expect(logged.status).toBe(201);
  });
});
