import type { PublicForm } from '../../../functions/forms/shown.ts';
import { searched } from '../../../functions/forms/work.ts';

/** A pass with the work that it asks for, which is done in small pieces while somebody writes. */
export type Labour = { pass: string; done: Promise<string> };

const atOnce = 300;
const longestMs = 12;
/** Who is quicker than this is no person; a person whose browser fills in all of it waits so long. */
const leastMs = 3_500;

const rest = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

async function laboured({ pass, bits }: Pick<PublicForm, 'pass' | 'bits'>): Promise<string> {
  const begun = performance.now();
  for (let from = 0; ; ) {
    const until = performance.now() + longestMs;
    while (performance.now() < until) {
      const work = searched(pass, { bits, from, count: atOnce });
      from += atOnce;
      if (work === undefined) continue;
      await rest(Math.max(0, begun + leastMs - performance.now()));
      return work;
    }
    await rest();
  }
}

export const labour = (given: Pick<PublicForm, 'pass' | 'bits'>): Labour => ({ pass: given.pass, done: laboured(given) });
