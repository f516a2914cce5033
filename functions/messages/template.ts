import * as z from 'zod';
import type { CustomField } from '../admin/workspace.ts';
import { placeIn, variableFaults } from '../campaigns/template.ts';
import { longestSms } from '../channels/text-parts.ts';
import type { FieldError } from '../kernel/errors.ts';
import { idOf, Language, StoredInstant, text } from '../kernel/values.ts';

/** A text that members use again: in each language, with variables. Schema and rules; pure. */
export const TemplateId = idOf('tpl');
export const mostTemplates = 200;

export const TemplateText = z.strictObject({ subject: text(200).nullable().default(null), body: text(10_000) });

const fields = {
  name: text(100),
  channel: z.enum(['email', 'sms']).default('email'),
  texts: z.record(Language, TemplateText).refine((texts) => Object.keys(texts).length > 0 && Object.keys(texts).length <= 12, {
    error: 'in one language at least, in twelve at most',
  }),
};

export const Template = z
  .strictObject({
    id: TemplateId,
    ...fields,
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'MessageTemplate' });
export type Template = z.output<typeof Template>;

export const TemplateInput = z.strictObject(fields).meta({ id: 'MessageTemplateInput' });
export type TemplateInput = z.output<typeof TemplateInput>;
export const TemplatePatch = z.strictObject({ name: fields.name, texts: fields.texts }).partial().meta({ id: 'MessageTemplatePatch' });

/** What is wrong with the texts of a template, with line and column. */
export function templateErrors({ channel, texts }: Pick<Template, 'channel' | 'texts'>, custom: readonly CustomField[]): FieldError[] {
  return Object.entries(texts).flatMap(([language, { subject, body }]) => [
    ...(channel === 'email' && subject === null
      ? [{ pointer: `/texts/${language}/subject`, code: 'required', detail: 'a mail has a subject' }]
      : []),
    ...(channel === 'sms' && body.length > longestSms
      ? [{ pointer: `/texts/${language}/body`, code: 'too_long', detail: `${longestSms} characters at most` }]
      : []),
    ...textErrors(subject ?? '', custom, `/texts/${language}/subject`),
    ...textErrors(body, custom, `/texts/${language}/body`),
  ]);
}

/** What is wrong with the variables of a text. */
export const textErrors = (source: string, custom: readonly CustomField[], pointer: string): FieldError[] =>
  variableFaults(source, custom).map(({ at, code, detail }) => ({ pointer, code, detail: `${placeIn(source, at)}: ${detail}` }));
