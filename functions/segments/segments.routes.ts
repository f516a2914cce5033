import * as z from 'zod';
import { CustomerId, DirectoryRow } from '../customers/customer.ts';
import { Filter } from '../kernel/filter.ts';
import { Cursor, Flag, PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { FilterField } from './fields.ts';
import { ListInput, ListView } from './list.ts';
import { Audience, Count, Estimate, Segment, SegmentId, SegmentInput, SegmentPatch } from './segment.ts';

const one = z.strictObject({ id: SegmentId });
export const shelfQuery = PageQuery.extend({ archived: Flag });
/** Customers by a filter of the moment, or as a campaign asks for them. */
const asked = { where: Filter.optional(), audience: Audience.optional() };

const NamedGroup = z.strictObject({ id: z.string(), name: z.string() });

export const segmentRoutes = defineRoutes({
  listFilterFields: {
    method: 'GET',
    path: '/v1/filter-fields',
    summary: 'What a filter of customers may ask, field by field',
    permission: 'customers:read',
    ok: { status: 200, body: z.strictObject({ data: z.array(FilterField) }) },
    problems: [],
    cost: { rru: 0, wru: 0 },
  },
  listSegments: {
    method: 'GET',
    path: '/v1/segments',
    summary: 'List segments, the newest first',
    permission: 'segments:read',
    query: shelfQuery,
    ok: { status: 200, body: pageOf(Segment) },
    problems: ['invalid_cursor'],
    cost: { rru: 4, wru: 0, note: 'a page of 50' },
  },
  createSegment: {
    method: 'POST',
    path: '/v1/segments',
    summary: 'Create a segment',
    permission: 'segments:write',
    body: SegmentInput,
    ok: { status: 201, body: Segment },
    problems: ['invalid_input', 'filter_not_served'],
    cost: { rru: 0, wru: 1, note: '4 with Idempotency-Key' },
  },
  getSegment: {
    method: 'GET',
    path: '/v1/segments/{id}',
    summary: 'Get a segment',
    permission: 'segments:read',
    params: one,
    ok: { status: 200, body: Segment },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  updateSegment: {
    method: 'PATCH',
    path: '/v1/segments/{id}',
    summary: 'Change a segment',
    permission: 'segments:write',
    params: one,
    body: SegmentPatch,
    ifMatch: true,
    ok: { status: 200, body: Segment },
    problems: ['invalid_input', 'filter_not_served', 'not_found', 'stale', 'if_match_needed', 'already_archived'],
    cost: { rru: 1, wru: 1 },
  },
  archiveSegment: {
    method: 'DELETE',
    path: '/v1/segments/{id}',
    summary: 'Archive a segment',
    permission: 'segments:delete',
    params: one,
    ok: { status: 200, body: Segment },
    problems: ['not_found', 'already_archived'],
    cost: { rru: 1, wru: 1 },
  },
  restoreSegment: {
    method: 'POST',
    path: '/v1/segments/{id}/restore',
    summary: 'Bring an archived segment back',
    permission: 'segments:delete',
    params: one,
    ok: { status: 200, body: Segment },
    problems: ['not_found', 'not_archived'],
    cost: { rru: 1, wru: 1 },
  },
  estimateSegment: {
    method: 'POST',
    path: '/v1/segments/estimate',
    summary: 'How many customers a filter or an audience finds, about, and some of them',
    permission: 'segments:read',
    body: z.strictObject(asked),
    readOnly: true,
    ok: { status: 200, body: Estimate },
    problems: ['invalid_input', 'filter_not_served', 'not_found'],
    cost: {
      rru: 265,
      wru: 0,
      note: 'at most, whatever the size of the workspace; up to 240 more where each is asked for what lies beside her; once per tenth of growth 13 R a 1,000 customers',
    },
  },
  countSegment: {
    method: 'POST',
    path: '/v1/segments/count',
    summary: 'Count exactly whom a filter or an audience finds; ask again with the cursor until there is none',
    permission: 'segments:read',
    body: z.strictObject({ ...asked, cursor: Cursor.optional() }),
    readOnly: true,
    ok: { status: 200, body: Count },
    problems: ['invalid_input', 'filter_not_served', 'invalid_cursor', 'not_found'],
    cost: { rru: 1_030, wru: 0, note: 'a step of 2,000 customers; 1,000 more where each is asked for what lies beside her' },
  },
  listSegmentMembers: {
    method: 'GET',
    path: '/v1/segments/{id}/members',
    summary: 'Who is in a segment now, of the customers that the caller may see, by name',
    permission: 'segments:read',
    params: one,
    query: PageQuery,
    ok: { status: 200, body: pageOf(DirectoryRow) },
    problems: ['not_found', 'filter_not_served', 'invalid_cursor'],
    cost: { rru: 42, wru: 0, note: 'at most, by what lists show; + 0.5 a customer that is read whole, 500 at most' },
  },
  freezeSegment: {
    method: 'POST',
    path: '/v1/segments/{id}/freeze',
    summary: 'Make a list of those who are in a segment now; its job fills it',
    permission: 'segments:write',
    params: one,
    body: ListInput,
    ok: { status: 202, body: ListView },
    problems: ['invalid_input', 'not_found', 'filter_not_served', 'already_archived'],
    cost: { rru: 1, wru: 10, note: 'and 0.5 R a customer looked at, 2 W a member, by the job' },
  },
  listCustomerGroups: {
    method: 'GET',
    path: '/v1/customers/{id}/groups',
    summary: 'Which segments and lists a customer is in',
    permission: 'customers:read',
    params: z.strictObject({ id: CustomerId }),
    ok: {
      status: 200,
      body: z.strictObject({
        segments: z.array(NamedGroup),
        lists: z.array(NamedGroup),
        /** False where there are too many to look at all of them: the newest hundred of each are. */
        complete: z.boolean(),
      }),
    },
    problems: ['not_found'],
    cost: { rru: 10, wru: 0, note: 'with 100 segments; + 0.5 R a kind of row that they ask for' },
  },
});
