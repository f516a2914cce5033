import * as z from 'zod';
import { Instant } from '../kernel/values.ts';
import { scoredKinds } from '../surveys/logic.ts';

/** What a survey came to, as it is asked and told. Schemas. */
export const cuts = ['language', 'channel', 'owner', 'wave', 'version', 'segment'] as const;

export const ResultsQuery = z.strictObject({
  /** One version; all of them when absent. */
  surveyVersion: z.coerce.number().int().min(1).max(9_999).optional(),
  /** Handed in from … until before …. */
  from: Instant.optional(),
  to: Instant.optional(),
  by: z.enum(cuts).optional(),
  /** With `by=segment`: up to five, with commas between. */
  segments: z
    .string()
    .max(160)
    .regex(/^seg_[0-9A-Z]{26}(,seg_[0-9A-Z]{26}){0,4}$/)
    .optional(),
  interval: z.enum(['day', 'week', 'month']).default('month'),
});
export type ResultsQuery = z.output<typeof ResultsQuery>;

const count = z.int().nonnegative();
/** A share as what it is made of. */
const Rate = z.strictObject({ count, of: count }).meta({ id: 'Rate' });
export const FigureView = z
  .strictObject({
    n: count,
    /** NPS −100 to 100, CSAT in percent, CES and a rating on their own scales; null where it is hidden. */
    value: z.number().nullable(),
    /** Half of the 95 % interval. */
    margin: z.number().nullable(),
    /** How many of each value, from the lowest. */
    counts: z.array(count).nullable(),
    /** Fewer than 5: nothing is told. */
    hidden: z.boolean(),
    /** Fewer than 30. */
    few: z.boolean(),
  })
  .meta({ id: 'SurveyFigure' });
const Moved = z.strictObject({ value: z.number(), margin: z.number().nullable() }).nullable();

export const SurveyResults = z
  .strictObject({
    asOf: z.string(),
    /** Responses that were read; whether that is all of them. */
    examined: count,
    complete: z.boolean(),
    /** Who began, and who handed it in. */
    started: count,
    completed: count,
    /** Answers to invitations of campaigns and rules, of all who were reached by them; null where a time or version is asked for. */
    responseRate: Rate.nullable(),
    completionRate: Rate,
    /** By the first question with a scale; null where there is none. */
    main: z.strictObject({ key: z.string(), kind: z.enum(scoredKinds) }).nullable(),
    score: FigureView.nullable(),
    questions: z.array(
      z.strictObject({
        key: z.string(),
        kind: z.string(),
        texts: z.record(z.string(), z.strictObject({ title: z.string(), help: z.string().nullable() })),
        shown: count,
        answered: count,
        /** Of those who did not finish, the last that they saw. */
        left: count,
        figure: FigureView.nullable(),
        /** Of a choice, in its order; null where it is hidden. */
        options: z.array(z.strictObject({ key: z.string(), count })).nullable(),
      }),
    ),
    /** Of a cut by segment: whether everybody who answered was looked at, and not only those who did so last. */
    groupsComplete: z.boolean(),
    groups: z.array(
      z.strictObject({
        /** The language, channel, version, id of the owner or segment; of a wave `<campaign>#<occurrence>` or the rule. `-` for none. */
        key: z.string(),
        /** Of an owner, segment or wave. */
        name: z.string().nullable(),
        started: count,
        completed: count,
        responseRate: Rate.nullable(),
        score: FigureView.nullable(),
        /** Of waves: since the one before. */
        movement: Moved,
      }),
    ),
    trend: z.array(
      z.strictObject({
        /** The first day, in the workspace's zone. */
        from: z.string(),
        completed: count,
        score: FigureView.nullable(),
        movement: Moved,
      }),
    ),
  })
  .meta({ id: 'SurveyResults' });
export type SurveyResults = z.output<typeof SurveyResults>;
