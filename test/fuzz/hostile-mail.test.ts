import { afterAll, beforeAll, expect, it } from 'vitest';
import { mailIdOf } from '../../functions/mail-in/mail.entity.ts';
import { takeMail } from '../../local/mail-in.ts';
import { bucketName } from '../../local/settings.ts';
import { chanceOf, full, seed, told } from '../_util/battery.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { type HostileMail, hostileMails } from './hostile-mails.ts';

/** The envelope and the checks are fine: what is hostile is the mail. */
const sender = 'ana@hostile.example';
const battery: HostileMail[] = hostileMails(chanceOf(seed).next, full ? 2_000 : 60);

let world: World;
let ws: SeededWorkspace;
let customerId: string;
const rows = new Map<string, Record<string, unknown>>();

const objects = (prefix: string) => world.loopback.buckets.list(bucketName, { prefix, after: '', atMost: 10_000 });
const timeline = async () => {
  const entries: { subject: string | null; body: string | null; direction: string; mailId: string }[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `/v1/customers/${customerId}/interactions?limit=200${cursor && `&cursor=${cursor}`}`;
    const { body } = await world.api(ws.keys.admin, 'GET', path);
    entries.push(...body.data);
    cursor = body.page.nextCursor;
  }
  return entries;
};

describeWorld('a hostile mail', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    const emails = [{ address: sender }];
    customerId = (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Ana', emails })).body.id;
    const ids = new Map<string, string>();
    for (const { name, raw } of battery)
      ids.set(await takeMail(world.loopback, { from: sender, to: [`${ws.tenant}@mail.suki.example`], raw }), name);
    await world.drain();
    for (const row of world.rows(`T#${ws.tenant}#MAIL#`).filter(({ e }) => e === 'mail')) {
      const object = [...ids].find(([id]) => String(row.pk).endsWith(mailIdOf(ws.tenant, { messageId: id, at: timeOf(row) })));
      if (object) rows.set(object[1], row);
    }
    told('hostile mails', { tried: battery.length, read: rows.size });
  }, 300_000);
  afterAll(() => world?.stop());

  /** The moment in a row's id, which is that of the mail. */
  const timeOf = ({ pk }: Record<string, unknown>) => {
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const ulid = String(pk).split('mai_')[1]!.slice(0, 10);
    return new Date([...ulid].reduce((sum, letter) => sum * 32 + letters.indexOf(letter), 0)).toISOString();
  };

  it('comes to rest: no error, nothing on its way, nothing half read', () => {
    for (const name of world.loopback.queues.names)
      expect(
        Object.values(world.loopback.queues.depth(name)).reduce((sum, value) => sum + value, 0),
        name,
      ).toBe(0);
    expect(battery.map(({ name }) => name).filter((name) => !rows.has(name))).toEqual([]);
    expect([...rows].filter(([, { st }]) => st === 'reading').map(([name]) => name)).toEqual([]);
  });

  it('is an entry of the timeline, its text as text, where it is from somebody known', async () => {
    const entries = await timeline();
    const known = battery.filter(({ raw, name }) => raw.includes(sender) && !name.startsWith('broken'));
    expect(known.filter(({ name }) => rows.get(name)?.st !== 'attached').map(({ name }) => name)).toEqual([]);
    expect(entries.length).toBeGreaterThanOrEqual(known.length);
    for (const { subject, body } of entries) {
      expect(subject ?? '').not.toMatch(/\p{Cc}|\u202e/u);
      expect(body ?? '').not.toMatch(/alert\(|onerror/);
      expect((body ?? '').length).toBeLessThanOrEqual(20_000);
    }
  });

  it('has its file held back with the reason, and no byte of it among the files that are shown', () => {
    for (const { name, held } of battery.filter((one) => one.held))
      expect(
        (rows.get(name)?.fi as { h?: string }[] | undefined)?.map(({ h }) => h),
        name,
      ).toEqual([held]);
    // The largest file that may be shown is the few letters of a picture.
    expect(objects(`t/${ws.tenant}/attachments/`).filter(({ size }) => size > 100)).toEqual([]);
  });

  it('is marked where it cannot be read, and its original is there to be downloaded', async () => {
    for (const { name, raw } of battery.filter((one) => one.unreadable)) {
      const row = rows.get(name);
      expect(row?.un, name).toBe(true);
      expect(
        objects(String(row?.ob)).map(({ size }) => size >= raw.length),
        name,
      ).toEqual([true]);
    }
  });
});
