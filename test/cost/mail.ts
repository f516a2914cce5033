import { expect } from 'vitest';
import { unsubscribeUrl } from '../../functions/preferences/links.ts';
import type { Item } from '../../functions/table/entity.ts';
import { takeMail } from '../../local/mail-in.ts';
import { create, type Given, good, type Operation, say } from './operations.ts';

/** What it costs to write to a customer, to hear from her, and to leave her alone; and by what must be touched the least it can be. */
let count = 0;

const her = async (given: Given): Promise<{ id: string; address: string }> => {
  const { id } = await create(given);
  const profile = (given.world.rows(`T#${given.ws.tenant}#CUS#${id}`) as Item[]).find(({ sk }) => sk === '~');
  return { id, address: (profile!.em as { ea: string }[])[0]!.ea };
};
const write = async ({ world, ws }: Given, id: string) =>
  good(
    await world.api(ws.keys.admin, 'POST', `/v1/customers/${id}/messages`, {
      subject: 'Your order',
      body: 'It is ready, {{customer.name}}.',
    }),
  ).body;

export const mailOperations: Operation[] = [
  say('suppress an address', async ({ world, ws }) => ({
    run: async () => good(await world.api(ws.keys.admin, 'POST', '/v1/suppressions', { address: `barred${++count}@cost.example` })),
    // Whether it is there; the row and its entry in the list.
    optimum: async () => ({ rru: 1, wru: 2 }),
  })),
  say('unsubscribe with one click', async (given) => {
    const { world, ws } = given;
    const { id, address } = await her(given);
    const link = { customerId: id, channel: 'email', address, topic: 'news', send: null } as const;
    const token = (await unsubscribeUrl(ws, link)).split('/p/u/')[1];
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return {
      run: async () => good(await world.api(undefined, 'POST', `/p/api/unsubscribe/${token}`, 'List-Unsubscribe=One-Click', headers)),
      // Workspace, customer, suppression and consent; the consent.
      optimum: async () => ({ rru: 4, wru: 1 }),
    };
  }),
  say('write to a customer', async (given) => {
    const { id } = await her(given);
    return {
      run: () => write(given, id),
      // Customer and sender; message and send hold together, and the message stands in the due index.
      optimum: async () => ({ rru: 2, wru: 2 + 2 + 1 }),
    };
  }),
  say('send a message that is due, with its entry on the timeline', async (given) => {
    const { world, ws } = given;
    const { id } = await her(given);
    const message = await write(given, id);
    const detail = { at: message.sendAt, tenant: ws.tenant, kind: 'message', id: `${id}#${message.id.slice(4)}` };
    return {
      run: async () => {
        world.advance('PT1M');
        await world.invoke('messageWork', { id: '1', source: 'suki.work', 'detail-type': 'due.message', time: message.sendAt, detail });
        expect(world.rows(`T#${ws.tenant}#CUS#${id}`).filter(({ sk }) => String(sk).startsWith('TL#'))).toHaveLength(1);
      },
      // Workspace, message, send, customer, suppression, consent and sender, and for its author's name the staff, eventually. Claimed: both rows, the due entry moves. Sent: both rows,
      // interaction and conversation, and the due entry goes.
      optimum: async () => ({ rru: 7 + 0.5, wru: 2 + 2 + 2 + (2 + 2 + 2 + 2 + 1) }),
    };
  }),
  say('a mail comes in, onto a timeline', async (given) => {
    const { world, ws } = given;
    const { id, address } = await her(given);
    await world.drain();
    const raw = Buffer.from(`From: ${address}\r\nSubject: Hello\r\nMessage-ID: <cost${++count}@cost.example>\r\n\r\nIt drips.`);
    return {
      run: async () => {
        await takeMail(world.loopback, { from: address, to: [`${ws.tenant}@mail.suki.example`], raw });
        const [message] = world.loopback.queues.receive('on-mailIn', { atMost: 1, all: true });
        await world.invoke('mailIn', { Records: [{ Sns: { Message: message?.body } }] });
        world.loopback.queues.remove('on-mailIn', message?.receipt ?? '');
        expect(world.rows(`T#${ws.tenant}#CUS#${id}`).filter(({ sk }) => String(sk).startsWith('TL#'))).toHaveLength(1);
      },
      // Workspace and mail; claims of both kinds and the customer; the sender, which says whether it opens a case. The mail begun; mail, interaction and conversation together.
      optimum: async () => ({ rru: 2 + 2 + 1 + 1, wru: 1 + 2 + 2 + 2 }),
    };
  }),
];
