import * as z from 'zod';
import { defineRoutes } from '../kernel/route.ts';
import { Wishes, WishesInput } from './preferences.ts';

/** Whatever is wrong with a link, it is not found: its form says nothing. */
const link = z.strictObject({ token: z.string().max(8_000) });

export const preferenceRoutes = defineRoutes({
  unsubscribe: {
    method: 'POST',
    path: '/p/api/unsubscribe/{token}',
    summary: 'Unsubscribe with one click (RFC 8058)',
    permission: 'public',
    params: link,
    body: z.strictObject({ 'List-Unsubscribe': z.literal('One-Click') }),
    form: true,
    readOnly: true,
    ok: { status: 200, body: z.strictObject({ unsubscribed: z.literal(true) }) },
    problems: ['not_found', 'invalid_input'],
    cost: { rru: 5, wru: 3, note: '1 W where no message is told of it, 1 more where it was about no topic; none where it was done before' },
  },
  openUnsubscribe: {
    method: 'GET',
    path: '/p/api/unsubscribe/{token}',
    summary: 'The page of a link, for a mail program that knows no one-click unsubscribing; changes nothing',
    permission: 'public',
    params: link,
    // A browser goes to the page by the header `Refresh`.
    ok: { status: 200, body: z.strictObject({ page: z.string() }) },
    problems: [],
    cost: { rru: 0, wru: 0 },
  },
  getWishes: {
    method: 'GET',
    path: '/p/api/preferences/{token}',
    summary: 'What a recipient wants to get, by the link of a message',
    permission: 'public',
    params: link,
    ok: { status: 200, body: Wishes },
    problems: ['not_found'],
    cost: { rru: 4, wru: 0 },
  },
  setWishes: {
    method: 'PUT',
    path: '/p/api/preferences/{token}',
    summary: 'Say what to get: topics, nothing at all, the language, a pause',
    permission: 'public',
    params: link,
    body: WishesInput,
    ok: { status: 200, body: Wishes },
    problems: ['not_found', 'invalid_input', 'conflict'],
    cost: {
      rru: 9,
      wru: 1,
      note: 'a write for each topic that changes, one for language or pause, 2 for the message that the link was in',
    },
  },
});
