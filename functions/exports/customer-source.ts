import type { Ctx } from '../context.ts';
import { collection, customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { customerFields } from '../customers/customer-fields.ts';
import { walkFor } from '../customers/list.ts';
import { interactionEntity, isInteraction, timelineRange } from '../interactions/interaction.entity.ts';
import { matcher } from '../kernel/filter-match.ts';
import { audiencePages } from '../segments/audience.ts';
import { csvRow } from './cell.ts';
import { type CustomerColumn, customerColumns, type InteractionColumn, interactionColumns } from './columns.ts';
import type { NewExport } from './export.ts';
import { mayHold } from './rights.ts';
import { customerCells, headerOf, interactionCells, type Names } from './rows.ts';
import type { Place, Source } from './source.ts';

/** Customers, or what happened with them: of a filtered list in its order, or of a segment or list by creation. */
const pageRows = 200;
const timelinesAbreast = 8;

type Walk = (after: Place) => Promise<{ customers: Customer[]; next: Place }>;

export async function customerSource(ctx: Ctx, asked: NewExport): Promise<Source> {
  const roster = new Map((await ctx.roster()).map(({ id, email }) => [id, email]));
  const member = (id: string | null) => (id ? (roster.get(id) ?? '') : '');
  const write = asked.target === 'customers' ? customersOf(ctx, asked, member) : interactionsOf(ctx, asked, member);
  const walk = await walkOf(ctx, asked);
  return {
    headers: write.headers,
    page: async (after) => {
      const { customers, next } = await walk(after);
      const mine = await Promise.all(customers.map(({ ownerId }) => mayHold(ctx, asked, ownerId)));
      const cells = await write.cells(customers.filter((_, at) => mine[at]));
      return { lines: cells.map((row) => csvRow(row, asked.delimiter)).join(''), rows: cells.length, next };
    },
  };
}

async function walkOf(ctx: Ctx, asked: NewExport): Promise<Walk> {
  if (asked.segmentId !== undefined) return groupWalk(ctx, { segmentId: asked.segmentId });
  return asked.listId !== undefined ? groupWalk(ctx, { listId: asked.listId }) : listWalk(ctx, asked);
}

/** Who is in a segment or on a list now. 0.5 R each, and what the segment asks beside. */
function groupWalk(ctx: Ctx, part: { segmentId: string } | { listId: string }): Walk {
  return async (after) => {
    const pages = audiencePages(
      ctx,
      { include: [part], exclude: [] },
      { cursor: (after?.cursor as string | undefined) ?? null, pageSize: pageRows },
    );
    const { value } = await pages.next();
    const customers = (value?.customers ?? []).map(({ row }: { row: Parameters<typeof customerEntity.decode>[0] }) =>
      customerEntity.decode(row),
    );
    return { customers, next: value?.cursor ? { cursor: value.cursor } : undefined };
  };
}

async function listWalk(ctx: Ctx, asked: NewExport): Promise<Walk> {
  const { walk, isHis } = await walkFor(ctx, asked);
  const passes = asked.where && matcher(asked.where, { fields: customerFields, now: ctx.now, zone: ctx.workspace.timeZone });
  return async (after) => {
    const { rows, next } = await walk(after, pageRows);
    const ids = rows.filter(({ row }) => (!passes || passes(row)) && (!isHis || isHis(row))).map(({ row }) => row.id);
    const items = await ctx.table.getMany(ids.map((id) => customerEntity.key(ctx.tenant, id)));
    return { customers: items.flatMap((item) => (item ? [customerEntity.decode(item)] : [])), next };
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
