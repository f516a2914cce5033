import * as z from 'zod';
import { CaseType } from '../cases/case.ts';
import { CrmError, type FieldError } from '../kernel/errors.ts';
import { idOf, Language, StoredInstant, text } from '../kernel/values.ts';
import { Priority, Queue } from '../service-levels/service-level.ts';

/** The form: a page on which anybody may write to us, and which case comes of it. Schemas and state machine; pure. */
export const FormId = idOf('frm');

export const formStates = ['draft', 'published', 'closed'] as const;
export const FormState = z.enum(formStates);
export type FormState = z.output<typeof FormState>;

/** Whether a form asks for something. For the words themselves it always does. */
const Asking = z.enum(['off', 'optional', 'required']);

export const FormTexts = z.strictObject({
  title: text(120),
  lead: text(1_000).nullable().default(null),
  /** What is said once something was handed in. */
  thanks: text(1_000).nullable().default(null),
});
export type FormTexts = z.output<typeof FormTexts>;

const distinct = (values: readonly string[]) => new Set(values).size === values.length;

const said = {
  name: text(120),
  languages: z.array(Language).min(1).max(10).refine(distinct, { error: 'said twice' }),
  /** Of whoever's language is not among them; its texts stand in for those that lack. */
  fallbackLanguage: Language,
  texts: z.record(Language, FormTexts),
  fields: z.strictObject({ name: Asking, email: Asking, phone: Asking, reference: Asking, subject: Asking }),
  /** What it may be about. One: it is not asked. */
  types: z.array(CaseType).min(1).max(4).refine(distinct, { error: 'said twice' }),
  /** Of the case that comes of it. */
  priority: Priority,
  queue: Queue.nullable(),
};

export const Form = z
  .strictObject({
    id: FormId,
    ...said,
    queue: said.queue.default(null),
    state: FormState,
    publishedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'FormRow' });
export type Form = z.output<typeof Form>;

/** Of a workspace. */
export const mostForms = 50;

export const FormInput = z
  .strictObject({
    ...said,
    fields: said.fields.default({ name: 'required', email: 'required', phone: 'optional', reference: 'optional', subject: 'off' }),
    types: said.types.default(['question', 'complaint', 'request', 'return']),
    priority: said.priority.default('normal'),
    queue: said.queue.default(null),
  })
  .meta({ id: 'FormInput' });
export type FormInput = z.output<typeof FormInput>;
/** A merge patch; lists, texts and fields are replaced whole. */
export const FormPatch = z.strictObject(said).partial().meta({ id: 'FormPatch' });
export type FormPatch = z.output<typeof FormPatch>;

/** With its address, and the same as a QR code (SVG). */
export const FormView = Form.extend({ url: z.string().max(300), qr: z.string().max(20_000) }).meta({ id: 'Form' });
export type FormView = z.output<typeof FormView>;

export const FormListRow = Form.pick({ id: true, name: true, state: true, languages: true, types: true, queue: true, priority: true })
  .extend({ url: z.string().max(300) })
  .meta({ id: 'FormListRow' });
export type FormListRow = z.output<typeof FormListRow>;

/** What does not go together, each with its place. `queues` are those of the workspace. */
export function formErrors(form: FormInput, { queues }: { queues: readonly string[] }): FieldError[] {
  const errors: FieldError[] = [];
  const { languages, fallbackLanguage, texts, fields, queue } = form;
  if (!languages.includes(fallbackLanguage))
    errors.push({ pointer: '/fallbackLanguage', code: 'unknown_language', detail: 'not a language of this form' });
  if (!texts[fallbackLanguage])
    errors.push({ pointer: `/texts/${fallbackLanguage}`, code: 'required', detail: 'the language for everybody else needs its texts' });
  for (const language of Object.keys(texts))
    if (!languages.includes(language))
      errors.push({ pointer: `/texts/${language}`, code: 'unknown_language', detail: 'not a language of this form' });
  if (fields.email === 'off' && fields.phone === 'off')
    errors.push({ pointer: '/fields/email', code: 'no_way_back', detail: 'ask for an e-mail or a phone, or nobody can be answered' });
  if (queue !== null && !queues.includes(queue)) errors.push({ pointer: '/queue', code: 'no_such_queue', detail: 'no such queue' });
  return errors;
}

const wrong = ({ state }: Form, to: FormState): never => {
  throw new CrmError('wrong_state', { from: state, to });
};

/** The form is out: whoever has its address may write. */
export const published = (form: Form, at: string): Form =>
  form.state === 'published' ? form : { ...form, state: 'published', publishedAt: at };

/** Nothing is taken any more. */
export const closed = (form: Form): Form => (form.state === 'published' ? { ...form, state: 'closed' } : wrong(form, 'closed'));

/** The first of the wanted languages that a form has, by itself or by its main part; else the fallback. */
export function languageOf(
  { languages, fallbackLanguage }: Pick<Form, 'languages' | 'fallbackLanguage'>,
  wanted: string | undefined,
): string {
  const found = languages.find((one) => one === wanted) ?? languages.find((one) => one === wanted?.split('-')[0]);
  return found ?? fallbackLanguage;
}

/** Its texts in a language; what lacks is that of the fallback. */
export function textsIn({ texts, fallbackLanguage }: Pick<Form, 'texts' | 'fallbackLanguage'>, language: string): FormTexts {
  const fallback = texts[fallbackLanguage] ?? { title: '', lead: null, thanks: null };
  const own = texts[language];
  return own ? { ...own, lead: own.lead ?? fallback.lead, thanks: own.thanks ?? fallback.thanks } : fallback;
}
