import type { Answers, Definition } from '../../../functions/surveys/logic.ts';

/** What the link opens. */
export type PublicSurvey = {
  workspace: string;
  survey: { name: string; definition: Definition; languages: string[]; fallbackLanguage: string };
  language: string | null;
  answers: Answers;
  rev: number;
  state: 'new' | 'started' | 'completed' | 'open';
};

/** The link is none of ours, is used up or too old; which of these nobody says. */
export class WrongLink extends Error {}
/** Somebody, perhaps the same person in another window, has saved something newer. */
export class StaleAnswers extends Error {}

const prefix = '/p/s/';
const token = () => location.pathname.slice(prefix.length);

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(`/p/api/s/${token()}${path}`, {
    credentials: 'omit',
    cache: 'no-store',
    ...init,
    ...(init.body !== undefined && { headers: { 'content-type': 'application/json' } }),
  });
  if (answer.status === 404) throw new WrongLink();
  if (answer.status === 409) throw new StaleAnswers();
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

export const readSurvey = async (): Promise<PublicSurvey> => (await ask('')).json();

/** A browser lets so much out while a page is being closed. */
const mostKeptAlive = 60_000;

/** Saves what is there so far; gives the revision that it has become. The request outlives the page. */
export async function saveAnswers(said: { rev: number; language: string; answers: Answers }): Promise<number> {
  const body = JSON.stringify(said);
  const answer = await ask('/answers', { method: 'PUT', body, keepalive: new Blob([body]).size < mostKeptAlive });
  return ((await answer.json()) as { rev: number }).rev;
}

export const completeSurvey = async (said: { language: string; answers: Answers }): Promise<void> => {
  await ask('/complete', { method: 'POST', body: JSON.stringify(said) });
};

/** The address of an answer of its own under an open link: 132 bits of chance, which nobody guesses. */
export function ownTokenOf(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  const key = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  return `${prefix}${token()}.${key.slice(0, 22)}`;
}
