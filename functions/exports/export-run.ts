import type { Ctx } from '../context.ts';
import type { HeldJob } from '../jobs/job.store.ts';
import { moved } from '../jobs/job.ts';
import type { AtWork, Runner } from '../jobs/work.ts';
import { CrmError } from '../kernel/errors.ts';
import { byteOrderMark, csvRow } from './cell.ts';
import { customerSource } from './customer-source.ts';
import type { NewExport } from './export.ts';
import { responseSource } from './response-source.ts';
import { lackingRight } from './rights.ts';
import { runSource } from './run-source.ts';
import type { Source } from './source.ts';
import { addPart, beginUpload, endUpload, exportKey, partBytes, type Upload } from './upload.ts';

/** Writes a list as a file: page by page, as its member may see it now, in parts of 5 MB. */
type Progress = { upload: Upload; after: Record<string, unknown> | null };

export const exportRunner: Runner = async (work) => {
  const ctx = work.context();
  const asked = work.held.job.settings as NewExport;
  const source = await sourceOf(ctx, asked);
  let { held } = work;
  const before = held.job.result as Partial<Progress>;
  let upload = before.upload ?? (await beginUpload(exportKey(ctx.tenant, held.job.id)));
  let text = before.upload ? '' : byteOrderMark + csvRow(source.headers, asked.delimiter);
  let { done } = held.job;
  let after = before.after ?? undefined;
  let noted = work.clock();
  for (;;) {
    const page = await source.page(after);
    text += page.lines;
    done += page.rows;
    after = page.next;
    const large = Buffer.byteLength(text) >= partBytes;
    if (large && after) {
      upload = await addPart(upload, text);
      text = '';
      held = await work.jobs.progress(held, { done, result: { upload, after } });
      if (!work.hasTime()) return { more: held };
    } else if (work.clock() - noted > 1_000) {
      // The lease is renewed; where to go on stays at the last part, because what came after it is in memory only.
      held = await work.jobs.progress(held, {});
      noted = work.clock();
    }
    if (!after) return finish(work, held, { upload: await addPart(upload, text), done });
  }
};

async function finish({ jobs, clock }: AtWork, held: HeldJob, { upload, done }: { upload: Upload; done: number }): Promise<'ended'> {
  await endUpload(upload);
  await jobs.save(held, moved({ ...held.job, done, total: done, result: {} }, 'done', clock()));
  return 'ended';
}

/** What its member may have now: a right that was taken away meanwhile ends the export. */
async function sourceOf(ctx: Ctx, asked: NewExport): Promise<Source> {
  const needs = lackingRight(ctx, asked);
  if (needs) throw new CrmError('forbidden', { detail: `your role does not export ${asked.target}`, needs });
  if (asked.survey) return responseSource(ctx, asked, asked.survey);
  return asked.run ? runSource(ctx, asked, asked.run) : customerSource(ctx, asked);
}
