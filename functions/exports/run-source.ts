import type { Campaign } from '../campaigns/campaign.ts';
import { renderFor } from '../campaigns/content.ts';
import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { missing } from '../kernel/errors.ts';
import { addressFor } from '../runs/decide.ts';
import { planEntity, runEntity } from '../runs/run.entity.ts';
import type { RunKey } from '../runs/run.ts';
import { sendEntity } from '../runs/send.entity.ts';
import type { Send } from '../runs/send.ts';
import { pageOfShard, type SendPosition } from '../runs/send-pages.ts';
import { addressHash } from '../suppressions/suppression.entity.ts';
import { csvRow } from './cell.ts';
import { type LetterColumn, letterColumns, type RecipientColumn, recipientColumns } from './columns.ts';
import type { NewExport } from './export.ts';
import { headerOf, letterCells, recipientCells } from './rows.ts';
import type { Source } from './source.ts';

/** Who was in a run and what became of it, or the letters that it came to. 0.5 R a ten sends, 0.5 R a customer. */
const pageRows = 200;

/** A send, and the customer it went to where its member sees her. */
type Sent = { send: Send; customer: Customer | undefined };
type Writer = { headers: string[]; takes: (send: Send) => boolean; cells: (sent: Sent[]) => Promise<string[][]> };

export async function runSource(ctx: Ctx, asked: NewExport, key: RunKey): Promise<Source> {
  const [run, plan] = await ctx.table.getMany([runEntity.key(ctx.tenant, key), planEntity.key(ctx.tenant, key)]);
  if (!run || !plan) return missing();
  const { shards } = runEntity.decode(run);
  const campaign = planEntity.decode(plan).campaign as unknown as Campaign;
  const write = asked.target === 'letters' ? lettersOf(ctx, asked, { campaign, key }) : recipientsOf(asked);
  return {
    headers: write.headers,
    page: async (after) => {
      const from = (after as SendPosition | undefined) ?? { shard: 0 };
      const { items, lastKey } = await pageOfShard(ctx, key, { shards, atMost: pageRows, from });
      const sends = items.map((item) => sendEntity.decode(item)).filter(write.takes);
      const cells = await write.cells(await withCustomers(ctx, sends));
      return { lines: cells.map((row) => csvRow(row, asked.delimiter)).join(''), rows: cells.length, next: lastKey };
    },
  };
}

async function withCustomers(ctx: Ctx, sends: readonly Send[]): Promise<Sent[]> {
  const rows = await ctx.table.getMany(sends.map(({ customerId }) => customerEntity.key(ctx.tenant, customerId)));
  return Promise.all(
    sends.map(async (send, at) => {
      const customer = rows[at] && customerEntity.decode(rows[at]);
      const seen = customer && (await ctx.reaches('customers', 'read', customer.ownerId));
      return { send, customer: seen ? customer : undefined };
    }),
  );
}

/** The address it went to, as far as it is still the customer's. */
function addressOf({ send, customer }: Sent): string {
  const addressed = customer && addressFor(send.channel, customer);
  return addressed && 'address' in addressed && addressHash(send.channel, addressed.address) === send.hash.slice(0, 22)
    ? addressed.address
    : '';
}

function recipientsOf({ columns, state, reason }: NewExport): Writer {
  const chosen = (columns ?? recipientColumns).filter((column): column is RecipientColumn =>
    recipientColumns.includes(column as RecipientColumn),
  );
  return {
    headers: chosen.map(headerOf),
    takes: (send) => (state === undefined || send.state === state) && (reason === undefined || send.reason === reason),
    cells: async (sent) =>
      sent.map((one) => recipientCells(one.send, { columns: chosen, customer: one.customer, address: addressOf(one) })),
  };
}

type OfRun = { campaign: Campaign; key: RunKey };

/** The letters that were handed over, with the text of each. Whoever has moved gets hers at the new address. */
function lettersOf(ctx: Ctx, { columns }: NewExport, { campaign, key }: OfRun): Writer {
  const chosen = (columns ?? letterColumns).filter((column): column is LetterColumn => letterColumns.includes(column as LetterColumn));
  const setting = { links: { unsubscribe: '', preferences: '' }, workspace: ctx.workspace, now: ctx.now, occurrence: key.occurrence };
  const textOf = (customer: Customer) => {
    const made = renderFor(campaign, customer, setting);
    return 'problem' in made ? undefined : made;
  };
  return {
    headers: chosen.map(headerOf),
    takes: ({ channel, sentAt }) => channel === 'letter' && sentAt !== null,
    cells: async (sent) => {
      const ids = [...new Set(sent.flatMap(({ customer }) => customer?.companyId ?? []))];
      const rows = chosen.includes('company') ? await ctx.table.getMany(ids.map((id) => customerEntity.key(ctx.tenant, id))) : [];
      const companies = new Map(rows.flatMap((item) => (item ? [customerEntity.decode(item)] : [])).map(({ id, name }) => [id, name]));
      return sent.flatMap(({ send, customer }) => {
        if (!customer) return [];
        const company = customer.companyId ? (companies.get(customer.companyId) ?? '') : '';
        return [letterCells(customer, { columns: chosen, reference: send.messageId ?? '', company, letter: textOf(customer) })];
      });
    },
  };
}
