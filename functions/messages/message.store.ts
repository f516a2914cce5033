import { variablesOf } from '../campaigns/variables.ts';
import { caseOf } from '../cases/said.ts';
import type { Ctx } from '../context.ts';
import { consentEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { keepAttachments } from '../interactions/attachments.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { replacing } from '../runs/run-rows.ts';
import { sendEntity } from '../runs/send.entity.ts';
import { resent, type Send } from '../runs/send.ts';
import { findSender } from '../senders/find-sender.ts';
import { checkVerified, workspaceSenderId } from '../senders/sender.ts';
import { addressHash, suppressionEntity, suppressionKey } from '../suppressions/suppression.entity.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { barredBecause } from './barred.ts';
import { messageEntity, messagePartition, messageRange, sendPlace } from './message.entity.ts';
import { canceled, type Message, type MessageInput, type MessageView, messageErrors, shownMessage } from './message.ts';
import { addressOf, messageActions } from './plan.ts';
import { renderMessage } from './render.ts';
import { textErrors } from './template.ts';

/** No page of hers is behind a direct message: it is no campaign's. */
const noLinks = { unsubscribe: '', preferences: '' };

type Found = { item: Item; message: Message; sendItem: Item | undefined; send: Send | undefined };

/** What is written to customers, as one member may write it. */
export const messageStore = (ctx: Ctx) => {
  const { table, tenant, workspace } = ctx;

  const rendered = (customer: Customer, said: { subject: string | null; body: string; language: string | null }) => {
    const errors = [...textErrors(said.subject ?? '', workspace.fields, '/subject'), ...textErrors(said.body, workspace.fields, '/body')];
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
    const language = said.language ?? customer.preferences.language ?? workspace.language;
    return { language, made: renderMessage({ ...said, language }, { customer, workspace, links: noLinks, now: ctx.now }) };
  };

  const checkSender = async (id: string | null) => {
    const sender = await findSender({ ...ctx, workspace }, id ?? workspaceSenderId(tenant));
    if (!sender) throw invalid('/senderId', 'no_such_sender', 'no such sender');
    checkVerified(sender);
  };

  /** An answer on a case goes to somebody who waits for it: what cannot reach her is refused at once, with the reason. 3 to 4 R. */
  const checkCase = async (customer: Customer, { caseId, channel, to }: { caseId: string; channel: Message['channel']; to: string }) => {
    if (!(await ctx.reaches('cases', 'write', customer.ownerId))) throw new CrmError('forbidden', { needs: 'cases:write' });
    const theCase = (await caseOf(ctx, caseId))?.theCase;
    if (theCase?.customerId !== customer.id) throw invalid('/caseId', 'no_such_case', 'this customer has no such case');
    const keys = [
      suppressionKey(tenant, channel, addressHash(channel, to)),
      consentEntity.key(tenant, { customerId: customer.id, channel, topic: 'transactional' }),
    ];
    const [barring, word] = await table.getMany(keys, { strong: true });
    const suppression = barring && suppressionEntity.decode(barring);
    const reason = barredBecause({ channel, to }, { customer, suppression, consent: word && consentEntity.decode(word) });
    if (reason) throw invalid('/to', reason, `she cannot be written to there: ${suppression?.reason ?? reason}`);
  };

  const find = async (customerId: string, id: string): Promise<Found> => {
    const item = (await table.get(messageEntity.key(tenant, { customerId, id }))) ?? missing();
    const message = messageEntity.decode(item);
    const sendItem = await table.get(sendEntity.key(tenant, sendPlace(message)));
    return { item, message, sendItem, send: sendItem && sendEntity.decode(sendItem) };
  };

  /** Changes a message and its send together, unless somebody came between. */
  const change = async (customerId: string, id: string, rule: (message: Message, send: Send) => { message: Message; send: Send }) => {
    await ctx.interactions.writable(customerId, 'write');
    const { item, message, sendItem, send } = await find(customerId, id);
    if (!sendItem || !send) return missing();
    const to = rule(message, send);
    const place = sendPlace(message);
    const actions = [
      ...messageEntity.update(tenant, message, { from: item, to: to.message }, ctx.stamp),
      to.send === send
        ? { check: sendEntity.key(tenant, place), guard: { version: send.version } }
        : replacing(ctx, sendEntity, { id: place, from: sendItem, to: to.send }).action,
    ];
    try {
      await table.commit(actions);
    } catch (error) {
      throw error instanceof GuardError ? new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error) : error;
    }
    return shownMessage({ ...to.message, version: message.version + 1 }, to.send);
  };

  return {
    preview: async (customerId: string, said: { subject: string | null; body: string; language: string | null }) => {
      const customer = await ctx.customers.forResource(customerId, 'read');
      const { made } = rendered(customer, said);
      return 'problem' in made ? { subject: null, body: null, problem: made.problem } : { ...made, problem: null };
    },

    create: async (customerId: string, input: MessageInput): Promise<MessageView> => {
      const customer = await ctx.interactions.writable(customerId, 'write');
      const errors = messageErrors(input, ctx.now);
      if (errors.length > 0) throw new CrmError('invalid_input', { errors });
      const to = addressOf(input.channel, customer, input.to);
      if (to === undefined) throw invalid('/to', 'no_address', 'none of the customer’s addresses on this channel');
      if (input.caseId) await checkCase(customer, { caseId: input.caseId, channel: input.channel, to });
      if (input.channel === 'email') await checkSender(input.senderId);
      const { made, language } = rendered(customer, input);
      if ('problem' in made) throw invalid('/body', made.problem.code, `${made.problem.variable} is ${made.problem.code}`);
      await keepAttachments(ctx, customerId, input.attachments);
      const { message, actions } = messageActions(ctx, { ...input, ...made, to, language, customerId, memberId: ctx.actor.memberId });
      await table.commit(actions);
      return shownMessage(message, undefined);
    },

    get: async (customerId: string, id: string): Promise<MessageView> => {
      await ctx.customers.forResource(customerId, 'read');
      const { message, send } = await find(customerId, id);
      return shownMessage(message, send);
    },

    cancel: (customerId: string, id: string) =>
      change(customerId, id, (message, send) => ({ message: canceled(message, send, ctx.iso), send })),

    resend: (customerId: string, id: string) =>
      change(customerId, id, (message, send) => ({ message: { ...message, lookAt: ctx.iso }, send: resent(send) })),

    page: async (customerId: string, asked: { limit: number; cursor?: string | undefined; open: boolean }) => {
      await ctx.customers.forResource(customerId, 'read');
      const expected = { tenant, list: listHash('messages', customerId, asked.open), at: ctx.now };
      const { items, lastKey, examined } = await table.query({
        pk: messagePartition(tenant, customerId),
        range: messageRange,
        newestFirst: true,
        limit: asked.limit,
        after: await openCursor(asked.cursor, expected),
        strong: true,
      });
      const messages = items.map((item) => messageEntity.decode(item));
      const sends = await table.getMany(
        messages.map((message) => sendEntity.key(tenant, sendPlace(message))),
        { strong: true },
      );
      const data = messages.map((message, at) => shownMessage(message, sends[at] && sendEntity.decode(sends[at])));
      const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
      // What is on the timeline is seen there; the rest is what somebody may still have to do something about.
      const shown = asked.open ? data.filter(({ interactionId, canceledAt }) => interactionId === null && canceledAt === null) : data;
      return { data: shown, page: { nextCursor, hasMore: lastKey !== undefined, examined } };
    },

    variables: () => variablesOf(workspace.fields).filter(({ kind }) => kind !== 'link'),
  };
};
