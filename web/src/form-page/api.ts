import type { FormThanks, PublicForm } from '../../../functions/forms/shown.ts';
import type { SubmissionInput } from '../../../functions/forms/submission.ts';
import { ask, type Problem } from '../public/ask.ts';

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

const named = ({ status, code, errors = [] }: Problem): Error | undefined =>
  code === 'invalid_input' ? new Faults(errors) : status === 429 ? new Busy() : undefined;

const path = (query = '') => `f/${location.pathname.slice('/p/f/'.length)}${query}`;

export const readForm = (language: string): Promise<PublicForm> => ask(path(`?language=${encodeURIComponent(language)}`), {}, named);

/** Sends what was written. The same sent again, after an answer that was lost, is taken once. */
export const sendForm = (said: SubmissionInput): Promise<FormThanks> => ask(path(), { method: 'POST', body: JSON.stringify(said) }, named);
