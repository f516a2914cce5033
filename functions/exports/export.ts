import * as z from 'zod';
import { JobView } from '../jobs/job.ts';
import type { FieldError } from '../kernel/errors.ts';
import { Filter } from '../kernel/filter.ts';
import { Language } from '../kernel/values.ts';
import { ResponsesFilter } from '../responses/filter.ts';
import { RunKey } from '../runs/run.ts';
import { SendState, SkipReason } from '../runs/send.ts';
import { ListId } from '../segments/list.ts';
import { SegmentId } from '../segments/segment.ts';
import { SurveyId } from '../surveys/survey.ts';
import { customerColumns, interactionColumns, letterColumns, recipientColumns, responseColumns } from './columns.ts';

/** An export: a filtered list, a segment, a list, a run or the answers to a survey as a file that a spreadsheet opens. Schemas; pure. */
export const exportTargets = ['customers', 'interactions', 'recipients', 'letters', 'responses'] as const;
export type ExportTarget = (typeof exportTargets)[number];

/** The columns of each target, in the order in which they stand where nobody asks for another. */
export const columnsOf: Record<ExportTarget, readonly string[]> = {
  customers: customerColumns,
  interactions: interactionColumns,
  recipients: recipientColumns,
  letters: letterColumns,
  responses: responseColumns,
};

export const NewExport = z
  .strictObject({
    target: z.enum(exportTargets),
    /** Which customers; their interactions with target interactions. A filter, a segment or a list, one of the three. */
    where: Filter.optional(),
    segmentId: SegmentId.optional(),
    listId: ListId.optional(),
    /** Of which run, with the targets recipients and letters. */
    run: RunKey.optional(),
    /** Only recipients in this state, or skipped for this reason. */
    state: SendState.optional(),
    reason: SkipReason.optional(),
    /** The answers to a survey, with target responses: which of them, and in whose language its questions and options stand. */
    survey: ResponsesFilter.extend({ id: SurveyId, reader: Language.optional() }).optional(),
    scope: z.enum(['all', 'own', 'team']).default('all'),
    /** Those of a filter who are archived, instead of those who are not. */
    archived: z.boolean().default(false),
    sort: z.enum(['name', 'createdAt', '-createdAt']).default('name'),
    /** In this order; all of them when absent. */
    columns: z
      .array(z.enum([...new Set([...customerColumns, ...interactionColumns, ...recipientColumns, ...letterColumns, ...responseColumns])]))
      .min(1)
      .max(60)
      .optional(),
    /** Custom fields, after the other columns. */
    custom: z.boolean().default(true),
    format: z.literal('csv').default('csv'),
    /** Spreadsheets of countries with a decimal comma expect `;`. */
    delimiter: z.enum([',', ';', '\t']).default(','),
  })
  .meta({ id: 'ExportInput' });
export type NewExport = z.output<typeof NewExport>;

/** What is asked for that does not go with the rest, with its place. */
export function exportErrors(asked: NewExport): FieldError[] {
  const { target, columns = [], where, segmentId, listId, run, survey, state, reason, archived } = asked;
  const ofRun = target === 'recipients' || target === 'letters';
  const ofSurvey = target === 'responses';
  const error = (pointer: string, code: string, detail: string): FieldError => ({ pointer, code, detail });
  const whom = [where, segmentId, listId].filter((one) => one !== undefined).length;
  const foreign = columns.findIndex((column) => !columnsOf[target].includes(column));
  return [
    ...(foreign >= 0 ? [error(`/columns/${foreign}`, 'not_for_target', `not a column of ${target}`)] : []),
    ...(whom > 1 ? [error('', 'one_of', 'a filter, a segment or a list')] : []),
    ...(archived && (ofRun || ofSurvey || segmentId || listId)
      ? [error('/archived', 'not_for_target', 'only a filtered list has archived customers')]
      : []),
    ...((ofRun || ofSurvey) && whom > 0 ? [error('', 'not_for_target', `${ofRun ? 'a run' : 'a survey'} has its own`)] : []),
    ...(ofRun === (run === undefined) ? [error('/run', 'not_for_target', ofRun ? 'of which run' : `${target} are of no run`)] : []),
    ...(ofSurvey === (survey === undefined)
      ? [error('/survey', 'not_for_target', ofSurvey ? 'to which survey' : `${target} are of no survey`)]
      : []),
    ...(target !== 'recipients' && (state ?? reason) ? [error('/state', 'not_for_target', 'only recipients have a state')] : []),
  ];
}

export const Export = JobView.omit({ kind: true, canUndo: true })
  .extend({
    target: z.enum(exportTargets),
    /** A link to the file, good for 15 minutes, once it is done. */
    file: z.strictObject({ url: z.string(), name: z.string(), expiresAt: z.string() }).nullable(),
  })
  .meta({ id: 'Export' });
export type Export = z.output<typeof Export>;
