import type { FormThanks, PublicForm } from '../../../functions/forms/shown.ts';
import type { SubmissionInput } from '../../../functions/forms/submission.ts';

/** There is no such form. */
export class WrongAddress extends Error {}
/** The form takes nothing any more. */
export class ClosedForm extends Error {}
/** So many write that this one is asked to come back in a minute. */
export class Busy extends Error {}
/** What is wrong, by the field: a code each. */
export class Faults extends Error {
  readonly byField: ReadonlyMap<string, string>;

  constructor(errors: readonly { pointer: string; code: string }[]) {
    super('some fields are not valid');
    this.byField = new Map(errors.map(({ pointer, code }) => [pointer.slice(1), code]));
  }

  /** Whether only another pass is needed. */
  get needsPass(): boolean {
    return [...this.byField.keys()].every((field) => field === 'pass' || field === 'proof');
  }
}

type Problem = { code?: string; errors?: { pointer: string; code: string }[] };

async function failureOf(answer: Response): Promise<Error> {
  const { code, errors = [] } = (await answer.json().catch(() => ({}))) as Problem;
  if (code === 'form_closed') return new ClosedForm();
  if (code === 'invalid_input') return new Faults(errors);
  if (answer.status === 429) return new Busy();
  return answer.status === 404 ? new WrongAddress() : new Error(String(answer.status));
}

async function ask<T>(query: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(`/p/api/f/${location.pathname.slice('/p/f/'.length)}${query}`, {
    credentials: 'omit',
    cache: 'no-store',
    ...init,
    ...(init.body !== undefined && { headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw await failureOf(answer);
  return (await answer.json()) as T;
}

export const readForm = (language: string): Promise<PublicForm> => ask(`?language=${encodeURIComponent(language)}`);

/** Sends what was written. The same sent again, after an answer that was lost, is taken once. */
export const sendForm = (said: SubmissionInput): Promise<FormThanks> => ask('', { method: 'POST', body: JSON.stringify(said) });
