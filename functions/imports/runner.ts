import { sendFile } from '../jobs/queue.ts';
import type { Runner } from '../jobs/work.ts';
import { checkImport } from './check.ts';
import { runImport } from './run.ts';
import { settingsOf } from './state.ts';
import { undoImport } from './undo.ts';

/** Works on an import, whatever step it is at. A file that is still to be read is the other function's; the sweep may wake this one for it. */
export const importRunner: Runner = async (work) => {
  const { job } = work.held;
  if (job.state === 'running') return runImport(work);
  if (job.state === 'undoing') return undoImport(work);
  if (settingsOf(job).phase === 'check') return checkImport(work);
  const { tenant } = work.context();
  await work.jobs.putDown(work.held);
  await sendFile({ tenant, kind: 'import', jobId: job.id });
  return 'ended';
};
