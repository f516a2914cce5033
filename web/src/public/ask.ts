import { Closed, NothingHere } from './dead-end.ts';

/** What the product says of a request that it did not do. */
export type Problem = { status: number; code?: string; errors?: { pointer: string; code: string }[] };

const problemOf = async (answer: Response): Promise<Problem> => ({
  ...((await answer.json().catch(() => ({}))) as Omit<Problem, 'status'>),
  status: answer.status,
});

/** What stands behind a problem where the page has no name of its own for it. */
function failureOf({ status, code }: Problem): Error {
  if (code === 'survey_closed' || code === 'form_closed') return new Closed();
  return status === 404 ? new NothingHere() : new Error(String(status));
}

/** Asks for what stands at an address below `/p/api/`: without cookies, past every cache. `named` are the failures that the page tells apart. */
export async function ask<T>(path: string, init: RequestInit = {}, named: (problem: Problem) => Error | undefined = () => undefined) {
  const answer = await fetch(`/p/api/${path}`, {
    credentials: 'omit',
    cache: 'no-store',
    ...init,
    ...(init.body !== undefined && { headers: { 'content-type': 'application/json' } }),
  });
  if (answer.ok) return (await answer.json()) as T;
  const problem = await problemOf(answer);
  throw named(problem) ?? failureOf(problem);
}
