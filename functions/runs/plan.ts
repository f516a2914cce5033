import * as z from 'zod';
import { idOf } from '../kernel/values.ts';
import { SendRules } from './decide.ts';

/** The survey that a run asks: which version, and by the invitations of which run, since a reminder asks by those of the first. */
export const PlannedSurvey = z.strictObject({
  id: idOf('svy'),
  /** Null where none was out. */
  version: z.int().positive().nullable(),
  occurrence: z.string().max(20),
  linkDays: z.int().positive(),
  coolDownDays: z.int().nonnegative(),
});
export type PlannedSurvey = z.output<typeof PlannedSurvey>;

/** What a campaign said when its run began, kept with the run: who changes the campaign meanwhile changes its next run. Pure. */
export const Plan = z
  .strictObject({
    rules: SendRules,
    /** The campaign's own row, as its service wrote it; whoever renders or reads the audience takes what he needs of it. */
    campaign: z.record(z.string(), z.unknown()),
    /** The run before this one, of whose recipients it must be known who has left the audience since. */
    previous: z
      .strictObject({ occurrence: z.string().max(20), shards: z.int().min(1).max(64) })
      .nullable()
      .default(null),
    survey: PlannedSurvey.nullable().default(null),
    /** What the campaign's earlier runs have cost: messages, of text messages their parts. */
    spentBefore: z.int().nonnegative().default(0),
    /** Of that, the run's before this one, as far as it was counted. */
    lastSpent: z.int().nonnegative().nullable().default(null),
    version: z.int().positive(),
  })
  .meta({ id: 'RunPlanRow' });
export type Plan = z.output<typeof Plan>;
