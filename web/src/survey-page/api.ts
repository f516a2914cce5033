import type { AnswersInput } from '../../../functions/responses/response.ts';
import type { Progress, PublicSurvey, Thanks } from '../../../functions/responses/shown.ts';
import { ask, type Problem } from '../public/ask.ts';

/** Somebody, perhaps the same person in another window, has saved something newer. */
export class StaleAnswers extends Error {}

const prefix = '/p/s/';
const token = () => location.pathname.slice(prefix.length);

const named = ({ code }: Problem): Error | undefined => (code === 'conflict' ? new StaleAnswers() : undefined);

const askHere = <T>(path: string, init?: RequestInit): Promise<T> => ask<T>(`s/${token()}${path}`, init, named);

/**
 * The survey, in her language or the one that is asked for. An open link is everybody's: from the first answer on the address is that of an
 * answer of its own, so that the same address comes back to it.
 */
export async function readSurvey(language?: string): Promise<PublicSurvey> {
  const read = await askHere<PublicSurvey>(language ? `?language=${encodeURIComponent(language)}` : '');
  if (read.token !== token()) history.replaceState(null, '', prefix + read.token);
  return read;
}

/** A browser lets so much out while a page is being closed. */
const mostKeptAlive = 60_000;

/** Saves what is there so far. The request outlives the page. */
export function saveAnswers(said: AnswersInput): Promise<Progress> {
  const body = JSON.stringify(said);
  return askHere('/answers', { method: 'PUT', body, keepalive: new Blob([body]).size < mostKeptAlive });
}

export const completeSurvey = (said: AnswersInput): Promise<Thanks> => askHere('/complete', { method: 'POST', body: JSON.stringify(said) });
