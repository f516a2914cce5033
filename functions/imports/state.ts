import * as z from 'zod';
import { type Job, shownJob } from '../jobs/job.ts';
import { text } from '../kernel/values.ts';
import { importTargets } from './fields.ts';
import { Choices, FileSettings, type Import, type NewImport } from './import.ts';

/** What an import keeps in its job: in `settings` what people said, in `result` what came of it. */
export const Settings = z.strictObject({
  target: z.enum(importTargets),
  name: text(200),
  /** What `validating` is about. */
  phase: z.enum(['read', 'check']).default('read'),
  /** Said by the caller, so not to be detected. */
  asked: FileSettings.partial().default({}),
  file: FileSettings.nullable().default(null),
  choices: Choices.nullable().default(null),
});
export type Settings = z.output<typeof Settings>;

export const Result = z.object({
  /** Bytes and rows of the object `rows`. */
  bytes: z.int().default(0),
  rows: z.int().default(0),
  headers: z.array(z.string()).default([]),
  /** The delimiter that joins what a repair puts together. */
  xlsx: z.boolean().default(false),
  checked: z.boolean().default(false),
  hasErrors: z.boolean().default(false),
});
export type Result = z.output<typeof Result>;

export const settingsOf = (job: Job): Settings => Settings.parse(job.settings);
export const resultOf = (job: Job): Result => Result.parse(job.result);
export const newSettings = ({ target, name }: z.output<typeof NewImport>): Settings => Settings.parse({ target, name });

/** Which step of the wizard an import is at. */
function stepOf(job: Job, { phase, file }: Settings): Import['step'] {
  if (['running', 'done', 'undoing', 'undone'].includes(job.state)) return 'run';
  const at = job.state === 'failed' ? job.failedIn : job.state;
  if (at === 'running' || at === 'undoing') return 'run';
  if (at === 'validated') return 'check';
  if (at === 'validating') return phase;
  return file ? 'map' : 'upload';
}

/** An import as a client sees it. */
export function shownImport(job: Job, now: number): Import {
  const { kind: _kind, ...shown } = shownJob(job, now);
  const settings = settingsOf(job);
  const { choices } = settings;
  return {
    ...shown,
    target: settings.target,
    name: settings.name,
    step: stepOf(job, settings),
    file: settings.file,
    mapping: choices?.mapping ?? null,
    match: choices?.match ?? null,
    onMatch: choices?.onMatch ?? null,
    repairCommas: choices?.repairCommas ?? false,
    createCases: choices?.createCases ?? false,
    hasErrors: resultOf(job).hasErrors,
  };
}
