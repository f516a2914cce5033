import * as z from 'zod';
import { defineRoutes } from '../kernel/route.ts';
import { Language } from '../kernel/values.ts';
import { FormThanks, PublicForm } from './shown.ts';
import { SubmissionInput } from './submission.ts';

/** Whatever is wrong with an address, it is not found: its form says nothing. */
const address = z.strictObject({ form: z.string().max(100) });

export const publicFormRoutes = defineRoutes({
  openForm: {
    method: 'GET',
    path: '/p/api/f/{form}',
    summary: 'A web form in one language, with a pass for what is handed in',
    permission: 'public',
    params: address,
    query: z.strictObject({ language: Language.optional() }),
    ok: { status: 200, body: PublicForm },
    problems: ['not_found', 'form_closed'],
    cost: { rru: 3, wru: 0, note: 'form, workspace, and how many came of late' },
  },
  submitForm: {
    method: 'POST',
    path: '/p/api/f/{form}',
    summary: 'Hand in what was written, once a pass; what may be spam waits for a member and is thanked for all the same',
    permission: 'public',
    params: address,
    body: SubmissionInput,
    // Ten thousand characters of any script, and the rest of the form.
    maxBody: 48 * 1024,
    repeatable: true,
    ok: { status: 200, body: FormThanks },
    problems: ['not_found', 'form_closed', 'invalid_input', 'throttled', 'conflict'],
    cost: {
      rru: 10.5,
      wru: 17,
      note: '23 W with a new customer; 8 R and 7 W where it is held back, the first of a day with a notification for each who looks through it',
    },
  },
});
