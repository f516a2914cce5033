import * as z from 'zod';
import { Answers, SurveyDefinition } from '../surveys/definition.ts';

/** What the public page gets. Schemas. */
const progress = {
  answers: Answers,
  /** Of the answers; 0 before the first. */
  rev: z.int().nonnegative(),
  state: z.enum(['new', 'opened', 'started']),
};
export const Progress = z.strictObject(progress).meta({ id: 'SurveyProgress' });
export type Progress = z.output<typeof Progress>;

export const PublicSurvey = z
  .strictObject({
    /** By which she answers: the link's own, or, where an open link was opened, a new one for this visit. */
    token: z.string(),
    survey: z.strictObject({
      name: z.string(),
      workspace: z.string(),
      /** Of the texts below, each of which is there in this language alone. */
      language: z.string(),
      languages: z.array(z.string()),
      definition: SurveyDefinition,
    }),
    ...progress,
  })
  .meta({ id: 'PublicSurvey' });
export type PublicSurvey = z.output<typeof PublicSurvey>;

export const Thanks = z
  .strictObject({ title: z.string().nullable(), body: z.string().nullable(), redirectUrl: z.string().nullable() })
  .meta({ id: 'SurveyThanks' });
export type Thanks = z.output<typeof Thanks>;
