import * as z from 'zod';
import { CaseType } from '../cases/case.ts';
import { Email } from '../customers/customer.ts';
import type { FieldError } from '../kernel/errors.ts';
import { Language } from '../kernel/values.ts';
import { askedFields, longest } from './asked.ts';
import type { Form } from './form.ts';

/** What somebody writes on the page of a form. Schemas and rules; pure. */

const typed = (most: number) => z.string().trim().normalize('NFC').max(most).optional();

export const Said = z.strictObject({
  language: Language,
  type: CaseType.optional(),
  name: typed(longest.name),
  email: typed(longest.email),
  phone: typed(longest.phone),
  reference: typed(longest.reference),
  subject: typed(longest.subject),
  words: typed(longest.words),
});
export type Said = z.output<typeof Said>;

export const SubmissionInput = Said.extend({
  /** Given with the page, once for each time it is opened; it brings one submission. */
  pass: z.string().max(120),
  /** The number that the pass asks for; see `functions/forms/work.ts`. */
  proof: z.string().regex(/^\d{1,15}$/, 'a whole number'),
  /** Nobody sees this field, so nobody fills it in. */
  website: z.string().max(500).optional(),
}).meta({ id: 'SubmissionInput' });
export type SubmissionInput = z.output<typeof SubmissionInput>;

/** A page's words as a line and not more: what was left empty is not there. */
const given = (value: string | undefined) => (value === undefined || value === '' ? undefined : value);

/** What was handed in, checked: only what the form asks for, and of what kind it is. */
export const Submission = z.strictObject({
  language: Language,
  type: CaseType,
  name: z.string().max(longest.name).nullable().default(null),
  email: z.string().max(longest.email).nullable().default(null),
  phone: z.string().max(longest.phone).nullable().default(null),
  reference: z.string().max(longest.reference).nullable().default(null),
  subject: z.string().max(longest.subject).nullable().default(null),
  words: z.string().max(longest.words),
});
export type Submission = z.output<typeof Submission>;

const digitsOf = (text: string) => text.replace(/\D/g, '').length;
const isPhone = (text: string) => /^\+?[\d\s()./-]+$/.test(text) && digitsOf(text) >= 5 && digitsOf(text) <= 15;

/** What is wrong with it, each field by its name. */
export function submissionErrors(form: Pick<Form, 'fields' | 'types'>, said: Said): FieldError[] {
  const errors: FieldError[] = [];
  const required = (field: string) => errors.push({ pointer: `/${field}`, code: 'required', detail: 'this is needed' });
  for (const field of askedFields) {
    const value = given(said[field]);
    if (form.fields[field] === 'required' && value === undefined) required(field);
    if (form.fields[field] === 'off' && value !== undefined)
      errors.push({ pointer: `/${field}`, code: 'unknown_field', detail: 'this form does not ask for it' });
  }
  if (given(said.words) === undefined) required('words');
  if (said.type === undefined ? form.types.length > 1 : !form.types.includes(said.type))
    errors.push({ pointer: '/type', code: said.type === undefined ? 'required' : 'unknown_option', detail: 'choose what it is about' });
  const { email, phone } = said;
  if (given(email) && !Email.shape.address.safeParse(email).success)
    errors.push({ pointer: '/email', code: 'invalid_format', detail: 'an e-mail address such as ana@shop.example' });
  if (given(phone) && !isPhone(phone ?? '')) errors.push({ pointer: '/phone', code: 'invalid_format', detail: 'a phone number' });
  const neither = given(email) === undefined && given(phone) === undefined;
  const asked = (['email', 'phone'] as const).filter((field) => form.fields[field] !== 'off');
  if (neither && asked.every((field) => form.fields[field] === 'optional'))
    errors.push({ pointer: `/${asked[0] ?? 'email'}`, code: 'no_way_back', detail: 'an e-mail or a phone, so that you can be answered' });
  return errors;
}

/** What was handed in, without what was left empty. It has no errors. */
export const submitted = (form: Pick<Form, 'types'>, said: Said): Submission => ({
  language: said.language,
  type: said.type ?? form.types[0] ?? 'question',
  name: given(said.name) ?? null,
  email: given(said.email) ?? null,
  phone: given(said.phone) ?? null,
  reference: given(said.reference) ?? null,
  subject: given(said.subject) ?? null,
  words: given(said.words) ?? '',
});

/** The subject of its case: what it says, else how the words begin. */
export function subjectOf({ subject, words }: Pick<Submission, 'subject' | 'words'>): string {
  if (subject !== null) return subject;
  const [line = ''] = words.trim().split(/\r?\n/);
  return line.length <= 120
    ? line
    : `${line
        .slice(0, 119)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`;
}
