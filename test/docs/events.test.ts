import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventFiles, eventSchema, eventsFolder, eventTypes } from '../../bin/events.ts';
import { isSource } from '../../functions/workflows/change.ts';
import type { CrmEvent } from '../../functions/workflows/event.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

const nounOf = (type: string) => type.split('.')[0] ?? '';
const described = readFileSync(join(eventsFolder, '../events.md'), 'utf8');

describe('the schemas of the events', () => {
  it('are those that the code makes (run `npm run events` after a change)', () => {
    const files = eventFiles();
    expect(readdirSync(eventsFolder).sort()).toEqual(Object.keys(files).sort());
    for (const [name, text] of Object.entries(files)) expect(readFileSync(join(eventsFolder, name), 'utf8') === text, name).toBe(true);
  });

  it('are each named in the page on events, with every type', () => {
    for (const file of Object.keys(eventFiles())) expect(described).toContain(`(events/${file})`);
    const nouns = Object.keys(eventFiles()).map((file) => file.split('.')[0] ?? '');
    for (const type of nouns.filter(isSource).flatMap(eventTypes)) expect(described, type).toContain(`\`${type}\``);
  });
});

describeWorld('the events on the bus', () => {
  let world: World;
  let ws: SeededWorkspace;
  let events: CrmEvent[];

  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    const admin = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
      world.api(ws.keys.admin, method, path, body, headers);
    const { body: ana } = await admin('POST', '/v1/customers', { kind: 'person', name: 'Ana Trujillo' });
    await admin('PATCH', `/v1/customers/${ana.id}`, { tags: ['vip'] }, { 'if-match': '"1"' });
    const call = { channel: 'call', direction: 'in', reason: 'complaint', subject: 'Leaking cartridge' };
    await admin('POST', `/v1/customers/${ana.id}/interactions`, call);
    await admin('PUT', `/v1/customers/${ana.id}/consents/email/news`, { status: 'granted', source: 'by phone' });
    await admin('DELETE', `/v1/customers/${ana.id}`);
    await world.drain();
    events = world.loopback.bus.journal(1_000).map(({ detail }) => detail as CrmEvent);
  });
  afterAll(() => world?.stop());

  it('have the form that their schema says, field by field', () => {
    for (const event of events) {
      const noun = nounOf(event.type);
      if (!isSource(noun)) throw new Error(`there is no schema for ${event.type}`);
      expect(eventSchema(noun).strict().safeParse(event).error, event.type).toBeUndefined();
    }
  });

  it('tell of each change who made it and which fields, in the order of the rows’ versions', () => {
    const hers = events.filter(({ type, tenant }) => type.startsWith('customer.') && tenant === ws.tenant).toReversed();
    expect(hers.map(({ type, version, fields }) => ({ type, version, fields }))).toEqual([
      { type: 'customer.created', version: 1, fields: [] },
      { type: 'customer.changed', version: 2, fields: ['tags'] },
      { type: 'customer.archived', version: 3, fields: ['archivedAt'] },
    ]);
    expect(new Set(hers.map(({ actorId, via }) => `${actorId} ${via}`))).toEqual(new Set([`${ws.members.admin.id} key`]));
  });

  it('name no person: no value of any row is in them', () => {
    for (const word of ['Trujillo', 'Leaking', 'vip', 'by phone']) expect(JSON.stringify(events)).not.toContain(word);
  });
});
