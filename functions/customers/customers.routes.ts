import * as z from 'zod';
import { Activity } from '../interactions/interaction.ts';
import { Filter } from '../kernel/filter.ts';
import { HistoryEntry } from '../kernel/history.ts';
import { Cursor, Flag, Limit, PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { StoredInstant, text } from '../kernel/values.ts';
import {
  Consent,
  ConsentInput,
  Customer,
  CustomerId,
  CustomerInput,
  CustomerPatch,
  CustomerUpsert,
  DirectoryRow,
  externalId,
  kinds,
  Lifecycle,
  MemberId,
  source,
} from './customer.ts';

const one = z.strictObject({ id: CustomerId });
const onDuplicate = z.strictObject({ onDuplicate: z.enum(['reject', 'return']).default('reject') });

/** Another customer with the same e-mail, key, phone or name; nothing but that fact where the caller may not see it. */
export const Existing = z
  .strictObject({
    id: CustomerId.optional(),
    matchedOn: z.enum(['email', 'externalKey', 'phone', 'name']),
    archived: z.boolean().optional(),
    visible: z.boolean(),
    ownerName: z.string().nullable().optional(),
    requestAccess: z.boolean().optional(),
  })
  .meta({ id: 'Existing' });
export type Existing = z.output<typeof Existing>;

const Created = Customer.extend({ possibleDuplicates: z.array(Existing).default([]) }).meta({ id: 'CreatedCustomer' });

/** A directory row, with what happened lately where `include=activity` asks for it. */
export const ListedCustomer = DirectoryRow.extend({ activity: Activity.nullable().optional() }).meta({ id: 'ListedCustomer' });

export const sorts = ['name', 'createdAt', '-createdAt'] as const;
/** Filters stand beside these as `field=value` or `field[op]=value`; the filter language checks them. */
const ListQuery = z.looseObject({
  ...PageQuery.shape,
  sort: z.enum(sorts).default('name'),
  scope: z.enum(['all', 'own', 'team']).default('all'),
  archived: Flag,
  include: z.enum(['activity']).optional(),
  count: z.enum(['estimate']).optional(),
});
const SearchBody = z.strictObject({
  where: Filter.optional(),
  limit: Limit,
  cursor: Cursor.optional(),
  sort: z.enum(sorts).default('name'),
  scope: z.enum(['all', 'own', 'team']).default('all'),
  archived: z.boolean().default(false),
  include: z.enum(['activity']).optional(),
});
const CustomerPage = pageOf(ListedCustomer).extend({ total: z.strictObject({ estimate: z.int().nonnegative() }).optional() });

/** A hit of the text search: enough to recognise the customer. */
export const SearchHit = z
  .strictObject({
    id: CustomerId,
    kind: z.enum(kinds),
    name: z.string(),
    detail: z.string(),
    ownerId: MemberId.nullable(),
    archived: z.boolean(),
  })
  .meta({ id: 'SearchHit' });

const Lookup = z.union([
  z.strictObject({ email: z.string().trim().max(254), kind: z.enum(kinds).optional() }),
  z.strictObject({ phone: text(40) }),
  z.strictObject({ source, externalId }),
]);

const BatchOperation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('create'), body: CustomerInput }),
  z.strictObject({ op: z.literal('update'), id: CustomerId, ifMatch: z.int().positive().optional(), body: CustomerPatch }),
  z.strictObject({ op: z.literal('archive'), id: CustomerId }),
  z.strictObject({ op: z.literal('restore'), id: CustomerId }),
]);
const BatchResult = z.strictObject({
  status: z.int(),
  id: CustomerId.optional(),
  version: z.int().optional(),
  problem: z.record(z.string(), z.unknown()).optional(),
});

export const customerRoutes = defineRoutes({
  listCustomers: {
    method: 'GET',
    path: '/v1/customers',
    summary: 'List customers',
    permission: 'customers:read',
    query: ListQuery,
    ok: { status: 200, body: CustomerPage },
    problems: ['invalid_input', 'filter_not_served', 'invalid_cursor'],
    cost: { rru: 2.5, wru: 0, note: 'a page of 50 by name; + 25 with activity; up to 42 where a filter is checked row by row' },
  },
  searchCustomers: {
    method: 'POST',
    path: '/v1/customers/search',
    summary: 'List customers by a filter',
    permission: 'customers:read',
    body: SearchBody,
    readOnly: true,
    ok: { status: 200, body: CustomerPage },
    problems: ['invalid_input', 'filter_not_served', 'invalid_cursor'],
    cost: { rru: 2.5, wru: 0, note: 'as the list' },
  },
  findCustomers: {
    method: 'POST',
    path: '/v1/customers/find',
    summary: 'Find customers by words, the beginning of a word, a phone number or an e-mail',
    permission: 'customers:read',
    body: z.strictObject({ text: text(200), limit: z.int().min(1).max(50).default(10) }),
    readOnly: true,
    ok: {
      status: 200,
      body: z.strictObject({ data: z.array(SearchHit), truncated: z.boolean(), examined: z.int().nonnegative(), asOf: StoredInstant }),
    },
    problems: ['invalid_input'],
    cost: { rru: 1, wru: 0, note: '0.5 to 1 for 10 hits' },
  },
  lookUpCustomer: {
    method: 'POST',
    path: '/v1/customers/lookup',
    summary: 'Get the customers with exactly this e-mail, phone or external key',
    permission: 'customers:read',
    body: Lookup,
    readOnly: true,
    ok: { status: 200, body: z.strictObject({ data: z.array(Customer) }) },
    problems: ['invalid_input'],
    cost: { rru: 2, wru: 0, note: 'by e-mail with its kind; 3 without; strongly consistent' },
  },
  createCustomer: {
    method: 'POST',
    path: '/v1/customers',
    summary: 'Create a customer',
    permission: 'customers:write',
    query: onDuplicate,
    body: CustomerInput,
    ok: { status: 201, also: 200, body: Created },
    problems: ['invalid_input', 'duplicate', 'not_found'],
    cost: { rru: 1, wru: 7, note: 'one e-mail, three index entries; 9 W with Idempotency-Key; the reads look for possible duplicates' },
  },
  batchCustomers: {
    method: 'POST',
    path: '/v1/customers/batch',
    summary: 'Create, change, archive or restore up to 100 customers',
    permission: 'customers:write',
    body: z.strictObject({ operations: z.array(BatchOperation).min(1).max(100) }),
    ok: {
      status: 200,
      body: z.strictObject({ data: z.array(BatchResult), summary: z.strictObject({ succeeded: z.int(), failed: z.int() }) }),
    },
    problems: ['invalid_input'],
    cost: { rru: 0, wru: 7, note: 'an operation' },
  },
  getCustomer: {
    method: 'GET',
    path: '/v1/customers/{id}',
    summary: 'Get a customer',
    permission: 'customers:read',
    params: one,
    ok: { status: 200, body: Customer },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  updateCustomer: {
    method: 'PATCH',
    path: '/v1/customers/{id}',
    summary: 'Change fields of a customer',
    permission: 'customers:write',
    params: one,
    body: CustomerPatch,
    ifMatch: true,
    ok: { status: 200, body: Customer },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed', 'duplicate', 'already_archived'],
    cost: { rru: 1, wru: 1, note: 'a field without index; 5 for a name' },
  },
  archiveCustomer: {
    method: 'DELETE',
    path: '/v1/customers/{id}',
    summary: 'Archive a customer',
    permission: 'customers:delete',
    params: one,
    ok: { status: 200, body: Customer },
    problems: ['not_found', 'already_archived'],
    cost: { rru: 1, wru: 5 },
  },
  restoreCustomer: {
    method: 'POST',
    path: '/v1/customers/{id}/restore',
    summary: 'Bring an archived customer back',
    permission: 'customers:delete',
    params: one,
    ok: { status: 200, body: Customer },
    problems: ['not_found', 'not_archived'],
    cost: { rru: 1, wru: 5 },
  },
  moveCustomer: {
    method: 'POST',
    path: '/v1/customers/{id}/lifecycle',
    summary: 'Move a customer along the life cycle',
    permission: 'customers:write',
    params: one,
    body: z.strictObject({ lifecycle: Lifecycle, reason: text(500).optional() }),
    ok: { status: 200, body: Customer },
    problems: ['not_found', 'lifecycle_not_allowed', 'reason_needed', 'already_archived'],
    cost: { rru: 1, wru: 3 },
  },
  getCustomerByKey: {
    method: 'GET',
    path: '/v1/customers/by/{source}/{externalId}',
    summary: 'Get a customer by an external key',
    permission: 'customers:read',
    params: z.strictObject({ source, externalId }),
    ok: { status: 200, body: Customer },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
  upsertCustomer: {
    method: 'PUT',
    path: '/v1/customers/by/{source}/{externalId}',
    summary: 'Create the customer with this external key, or change what the body names of her',
    permission: 'customers:write',
    params: z.strictObject({ source, externalId }),
    body: CustomerUpsert,
    ok: { status: 200, also: 201, body: Created },
    problems: ['invalid_input', 'duplicate', 'already_archived', 'not_found'],
    cost: { rru: 2, wru: 9 },
  },
  getCustomerHistory: {
    method: 'GET',
    path: '/v1/customers/{id}/history',
    summary: 'Who changed what in a customer, newest first',
    permission: 'customers:read',
    params: one,
    query: PageQuery,
    ok: { status: 200, body: pageOf(HistoryEntry) },
    problems: ['not_found', 'invalid_cursor'],
    cost: { rru: 2.5, wru: 0 },
  },
  listConsents: {
    method: 'GET',
    path: '/v1/customers/{id}/consents',
    summary: 'What a customer has permitted, per channel and topic',
    permission: 'customers:read',
    params: one,
    ok: { status: 200, body: z.strictObject({ data: z.array(Consent) }) },
    problems: ['not_found'],
    cost: { rru: 1.5, wru: 0 },
  },
  setConsent: {
    method: 'PUT',
    path: '/v1/customers/{id}/consents/{channel}/{topic}',
    summary: 'Record that a customer grants or withdraws permission',
    permission: 'customers:write',
    params: z.strictObject({ id: CustomerId, channel: Consent.shape.channel, topic: text(40) }),
    body: ConsentInput,
    ok: { status: 200, body: Consent },
    problems: ['not_found', 'invalid_input', 'already_archived'],
    cost: { rru: 2, wru: 1 },
  },
});
