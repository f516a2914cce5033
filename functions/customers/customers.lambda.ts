import type * as z from 'zod';
import { eachOperation } from '../batch.ts';
import { type Ctx, serve } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { type Filter, parseFilter } from '../kernel/filter.ts';
import { parseForm } from '../kernel/filter-form.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { anyVersion } from '../table/fresh.ts';
import { counterKey } from '../workflows/counter.ts';
import { historyPage } from '../workflows/history-page.ts';
import { customersByPhone } from './by-phone.ts';
import { consentsOf, recordConsent } from './consents.ts';
import { collection } from './customer.entity.ts';
import type { Customer, CustomerInput } from './customer.ts';
import { customerWriter } from './customer.write.ts';
import { customerList } from './customer-fields.ts';
import { customerRoutes, type Existing } from './customers.routes.ts';
import { findCustomers, possibleDuplicates } from './find.ts';
import { type ListAsked, listCustomers } from './list.ts';
import { upsertCustomer } from './upsert.ts';

type ListQuery = z.output<(typeof customerRoutes)['listCustomers']['query']>;
const listNames = new Set(['limit', 'cursor', 'fields', 'sort', 'scope', 'archived', 'include', 'count']);

const filterOf = (query: ListQuery): Filter | undefined =>
  parseForm(Object.fromEntries(Object.entries(query).filter(([name]) => !listNames.has(name))), customerList);

const locationOf = (customer: Customer) => `/v1/customers/${customer.id}`;

/** All customers of a workspace, as its counter has them. */
async function estimate(ctx: Ctx) {
  const row = await ctx.table.get(counterKey(ctx.tenant), { strong: false });
  return { estimate: Math.max(0, Number(row?.customers ?? 0)) };
}

async function create(ctx: Ctx, body: CustomerInput, onDuplicate: 'reject' | 'return') {
  try {
    const customer = await customerWriter(ctx).create(body);
    const found = await possibleDuplicates(ctx, customer);
    return reply({ ...customer, possibleDuplicates: found }, { headers: { location: locationOf(customer) } });
  } catch (error) {
    const [there] = error instanceof CrmError && error.code === 'duplicate' ? (error.details.existing as Existing[]) : [];
    if (onDuplicate !== 'return' || !there?.id) throw error;
    const customer = await ctx.customers.get(there.id);
    return reply({ ...customer, possibleDuplicates: [there] }, { status: 200, headers: { location: locationOf(customer) } });
  }
}

export const handler = serve(customerRoutes, {
  listCustomers: async (ctx, { query }) => {
    const where = filterOf(query);
    const asked: ListAsked = { ...query, where, archived: query.archived === 'true', activity: query.include === 'activity' };
    const page = await listCustomers(ctx, asked);
    const countable = query.count === 'estimate' && !where && ctx.scope('customers', 'read') === 'all' && query.scope === 'all';
    return countable ? { ...page, total: await estimate(ctx) } : page;
  },

  searchCustomers: (ctx, { body }) =>
    listCustomers(ctx, {
      ...body,
      where: body.where === undefined ? undefined : parseFilter(body.where, customerList, '/where'),
      activity: body.include === 'activity',
    }),

  findCustomers: (ctx, { body }) => findCustomers(ctx, body.text, body.limit),

  lookUpCustomer: async (ctx, { body }) => {
    if ('email' in body) return { data: await ctx.customers.byEmail(body.email, body.kind) };
    if ('source' in body) return { data: await ctx.customers.byExternalKey(body.source, body.externalId) };
    return { data: await customersByPhone(ctx, body.phone) };
  },

  createCustomer: (ctx, { body, query }) => create(ctx, body, query.onDuplicate),

  batchCustomers: (ctx, { body }) =>
    eachOperation(ctx, body.operations, async (own, operation) => {
      const { status, customer } = await operate(own, operation);
      return { status, id: customer.id, version: customer.version };
    }),

  getCustomer: (ctx, { params }) => ctx.customers.get(params.id),

  updateCustomer: (ctx, { params, body, headers }) => customerWriter(ctx).patch(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0),

  archiveCustomer: (ctx, { params }) => ctx.customers.archive(params.id),

  restoreCustomer: (ctx, { params }) => ctx.customers.restore(params.id),

  moveCustomer: (ctx, { params, body }) => ctx.customers.move(params.id, body.lifecycle, body.reason),

  getCustomerByKey: async (ctx, { params }) => (await ctx.customers.byExternalKey(params.source, params.externalId))[0] ?? missing(),

  upsertCustomer: async (ctx, { params, body }) => {
    const { customer, isNew } = await upsertCustomer(ctx, params, body);
    const answer = { ...customer, possibleDuplicates: [] };
    return isNew ? reply(answer, { status: 201, headers: { location: locationOf(customer) } }) : answer;
  },

  getCustomerHistory: async (ctx, { params, query }) => {
    await ctx.customers.get(params.id);
    return historyPage(ctx, { pk: collection(ctx.tenant, params.id), sk: '~' }, query);
  },

  listConsents: async (ctx, { params }) => ({ data: await consentsOf(ctx, params.id) }),

  setConsent: (ctx, { params, body }) => recordConsent(ctx, { customerId: params.id, channel: params.channel, topic: params.topic }, body),
});

type Operation = z.output<(typeof customerRoutes)['batchCustomers']['body']>['operations'][number];

async function operate(ctx: Ctx, operation: Operation): Promise<{ status: number; customer: Customer }> {
  switch (operation.op) {
    case 'create':
      return { status: 201, customer: await customerWriter(ctx).create(operation.body) };
    case 'update':
      // Without a version the operation is made on whatever is there.
      return {
        status: 200,
        customer: await customerWriter(ctx).patch(operation.id, operation.body, operation.ifMatch ?? anyVersion),
      };
    case 'archive':
      return { status: 200, customer: await ctx.customers.archive(operation.id) };
    case 'restore':
      return { status: 200, customer: await ctx.customers.restore(operation.id) };
  }
}
