import type { Wishes, WishesInput } from '../../../functions/preferences/preferences.ts';
import { NothingHere } from '../public/dead-end.ts';

/** The token of the link that opened the page. */
const token = () => location.pathname.slice('/p/u/'.length);

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(`/p/api/${path}/${token()}`, { credentials: 'omit', cache: 'no-store', ...init });
  if (answer.status === 404 || answer.status === 422) throw new NothingHere();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

export const readWishes = async (): Promise<Wishes> => (await ask('preferences')).json();

export const keepWishes = async (said: Partial<WishesInput>): Promise<Wishes> =>
  (await ask('preferences', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(said) })).json();

/** The same request that a mail program makes. */
export async function unsubscribe(): Promise<Wishes> {
  await ask('unsubscribe', { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
  return readWishes();
}
