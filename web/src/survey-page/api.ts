import type { AnswersInput } from '../../../functions/responses/response.ts';
import type { Progress, PublicSurvey, Thanks } from '../../../functions/responses/shown.ts';

/** The link is none of ours, was answered by, or is too old; which of these nobody says. */
export class WrongLink extends Error {}
/** The survey takes no answers any more. */
export class ClosedSurvey extends Error {}
/** Somebody, perhaps the same person in another window, has saved something newer. */
export class StaleAnswers extends Error {}

const prefix = '/p/s/';
const token = () => location.pathname.slice(prefix.length);

async function failureOf(answer: Response): Promise<Error> {
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
  if (code === 'survey_closed') return new ClosedSurvey();
  if (code === 'conflict') return new StaleAnswers();
  return answer.status === 404 ? new WrongLink() : new Error(String(answer.status));
}

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(`/p/api/s/${token()}${path}`, {
    credentials: 'omit',
    cache: 'no-store',
    ...init,
    ...(init.body !== undefined && { headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw await failureOf(answer);
  return (await answer.json()) as T;
}

/**
 * The survey, in her language or the one that is asked for. An open link is everybody's: from the first answer on the address is that of an
 * answer of its own, so that the same address comes back to it.
 */
export async function readSurvey(language?: string): Promise<PublicSurvey> {
  const read = await ask<PublicSurvey>(language ? `?language=${encodeURIComponent(language)}` : '');
  if (read.token !== token()) history.replaceState(null, '', prefix + read.token);
  return read;
}

/** A browser lets so much out while a page is being closed. */
const mostKeptAlive = 60_000;

/** Saves what is there so far. The request outlives the page. */
export function saveAnswers(said: AnswersInput): Promise<Progress> {
  const body = JSON.stringify(said);
  return ask('/answers', { method: 'PUT', body, keepalive: new Blob([body]).size < mostKeptAlive });
}

export const completeSurvey = (said: AnswersInput): Promise<Thanks> => ask('/complete', { method: 'POST', body: JSON.stringify(said) });
