import * as z from 'zod';
import { CaseType } from '../cases/case.ts';
import { Language } from '../kernel/values.ts';
import { Form } from './form.ts';
import { leastBits, mostBits } from './work.ts';

/** What the page of a form is told. Schemas; pure. */
export const PublicForm = z
  .strictObject({
    workspace: z.string(),
    language: Language,
    languages: z.array(Language),
    title: z.string(),
    lead: z.string().nullable(),
    fields: Form.shape.fields,
    types: z.array(CaseType),
    /** Goes with what is handed in, and brings one submission. */
    pass: z.string(),
    /** With so many zero bits the hash of pass and work begins. */
    bits: z.int().min(leastBits).max(mostBits),
  })
  .meta({ id: 'PublicForm' });
export type PublicForm = z.output<typeof PublicForm>;

/** The same for everybody, whatever became of it. */
export const FormThanks = z.strictObject({ thanks: z.string().nullable() }).meta({ id: 'FormThanks' });
export type FormThanks = z.output<typeof FormThanks>;
