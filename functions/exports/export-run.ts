import type { Ctx } from '../context.ts';
import { collection, customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { customerFields } from '../customers/customer-fields.ts';
import { walkFor } from '../customers/list.ts';
import { interactionEntity, isInteraction, timelineRange } from '../interactions/interaction.entity.ts';
import type { HeldJob } from '../jobs/job.store.ts';
import { moved } from '../jobs/job.ts';
import type { AtWork, Runner } from '../jobs/work.ts';
import { CrmError } from '../kernel/errors.ts';
import { matcher } from '../kernel/filter-match.ts';
import { byteOrderMark, csvRow } from './cell.ts';
import { type CustomerColumn, customerColumns, type InteractionColumn, interactionColumns } from './columns.ts';
import type { NewExport } from './export.ts';
import { customerCells, headerOf, interactionCells, type Names } from './rows.ts';
import { addPart, beginUpload, endUpload, exportKey, partBytes, type Upload } from './upload.ts';

/** Writes a filtered list as a file: page by page of the directory, as its member may see it now, in parts of 5 MB. */
const pageRows = 200;
const timelinesAbreast = 8;

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

type Page = { lines: string; rows: number; next: Record<string, unknown> | undefined };
type Source = { headers: string[]; page: (after: Record<string, unknown> | undefined) => Promise<Page> };

async function sourceOf(ctx: Ctx, asked: NewExport): Promise<Source> {
  if (ctx.scope('customers', 'export') === 'none' || ctx.scope(asked.target, 'export') === 'none')
    throw new CrmError('forbidden', { detail: `your role does not export ${asked.target}` });
  const walk = await walkFor(ctx, { ...asked, archived: false, limit: pageRows, activity: false });
  const passes = asked.where && matcher(asked.where, { fields: customerFields, now: ctx.now, zone: ctx.workspace.timeZone });
  const roster = new Map((await ctx.roster()).map(({ id, email }) => [id, email]));
  const member = (id: string | null) => (id ? (roster.get(id) ?? '') : '');
  const write = asked.target === 'customers' ? customersOf(ctx, asked, member) : interactionsOf(ctx, asked, member);
  return {
    headers: write.headers,
    page: async (after) => {
      const { rows, next } = await walk(after, pageRows);
      const ids = rows.filter(({ row }) => !passes || passes(row)).map(({ row }) => row.id);
      const items = await ctx.table.getMany(ids.map((id) => customerEntity.key(ctx.tenant, id)));
      const customers = items.flatMap((item) => (item ? [customerEntity.decode(item)] : []));
      const mine = await Promise.all(customers.map((customer) => ctx.reaches('customers', 'export', customer.ownerId)));
      const cells = await write.cells(customers.filter((_, at) => mine[at]));
      return { lines: cells.map((row) => csvRow(row, asked.delimiter)).join(''), rows: cells.length, next };
    },
  };
}

type Writer = { headers: string[]; cells: (customers: Customer[]) => Promise<string[][]> };

function customersOf(ctx: Ctx, asked: NewExport, member: Names['member']): Writer {
  const columns = (asked.columns ?? customerColumns).filter((column): column is CustomerColumn =>
    customerColumns.includes(column as CustomerColumn),
  );
  const custom = asked.custom ? ctx.workspace.fields.filter(({ removedAt }) => removedAt === null).map(({ key }) => key) : [];
  return {
    headers: [...columns.map(headerOf), ...custom],
    cells: async (customers) => {
      const ids = [...new Set(customers.flatMap(({ companyId }) => companyId ?? []))];
      const rows = columns.includes('company') ? await ctx.table.getMany(ids.map((id) => customerEntity.key(ctx.tenant, id))) : [];
      const companies = new Map(rows.flatMap((item) => (item ? [customerEntity.decode(item)] : [])).map(({ id, name }) => [id, name]));
      return customers.map((customer) =>
        customerCells(customer, { columns, custom }, { member, company: (id) => (id ? (companies.get(id) ?? '') : '') }),
      );
    },
  };
}

function interactionsOf(ctx: Ctx, asked: NewExport, member: Names['member']): Writer {
  const columns = (asked.columns ?? interactionColumns).filter((column): column is InteractionColumn =>
    interactionColumns.includes(column as InteractionColumn),
  );
  const names: Names = { member, company: () => '' };
  const timeline = async (customer: Customer): Promise<string[][]> => {
    if (!(await ctx.reaches('interactions', 'export', customer.ownerId))) return [];
    const items = await ctx.table.queryAll({ pk: collection(ctx.tenant, customer.id), range: timelineRange });
    const interactions = items.filter(isInteraction).map((item) => interactionEntity.decode(item));
    return interactions
      .filter(({ archivedAt }) => !archivedAt)
      .map((interaction) => interactionCells(interaction, { columns, customer: customer.name }, names));
  };
  return {
    headers: columns.map(headerOf),
    cells: async (customers) => {
      const rows: string[][][] = [];
      for (let start = 0; start < customers.length; start += timelinesAbreast)
        rows.push(...(await Promise.all(customers.slice(start, start + timelinesAbreast).map(timeline))));
      return rows.flat();
    },
  };
}
