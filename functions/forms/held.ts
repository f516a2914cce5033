import * as z from 'zod';
import { idOf, StoredInstant } from '../kernel/values.ts';
import { FormId } from './form.ts';
import { signs } from './score.ts';
import { Submission } from './submission.ts';

/** What was handed in and held back because it may be spam. Schema; pure. */
export const SubmissionId = idOf('sub');

/** So long it is kept for somebody to look at. */
export const heldDays = 30;

/** Why it is held back: what of it speaks of spam. */
export const HeldReason = z.enum(signs);
export type HeldReason = z.output<typeof HeldReason>;

export const HeldSubmission = z
  .strictObject({
    id: SubmissionId,
    formId: FormId,
    formName: z.string().max(120),
    said: Submission,
    reasons: z.array(HeldReason).max(signs.length),
    score: z.number().nonnegative(),
    receivedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'HeldSubmissionRow' });
export type HeldSubmission = z.output<typeof HeldSubmission>;

export const HeldView = HeldSubmission.omit({ score: true, version: true })
  .extend({ endsAt: StoredInstant })
  .meta({ id: 'HeldSubmission' });
export type HeldView = z.output<typeof HeldView>;
