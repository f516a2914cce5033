import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { HistoryEntry } from '../kernel/history.ts';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { FieldKey, Instant } from '../kernel/values.ts';
import { ApiKeyId, ApiKeyInput, ApiKeyView } from './api-key.ts';
import { MemberView, MePatch } from './member.ts';
import { memberRoutes } from './members.routes.ts';
import { scopes } from './roles.ts';
import { CustomField, FieldInput, FieldPatch, TenantId, WorkspacePatch, WorkspaceView } from './workspace.ts';

/** Who is signed in, where, and what she may do there. */
export const Me = z
  .strictObject({
    member: MemberView,
    workspace: WorkspaceView,
    /** `resource:verb` and whose records: none, shared, own, team, all. */
    permissions: z.record(z.string(), z.enum(scopes)),
    /** All workspaces of the person, the active one marked. */
    workspaces: z.array(z.strictObject({ id: TenantId, name: z.string(), active: z.boolean() })),
    /** The API key that asks, if it is one. */
    apiKeyId: ApiKeyId.nullable(),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof Me>;

/** The custom fields in their order; `version` is that of the workspace, for If-Match. */
const Fields = z.strictObject({ data: z.array(CustomField), version: z.int().positive() }).meta({ id: 'CustomFields' });
const field = z.strictObject({ key: FieldKey });
const key = z.strictObject({ id: ApiKeyId });

export const workspaceRoutes = defineRoutes({
  getWorkspace: {
    method: 'GET',
    path: '/v1/workspace',
    summary: 'The settings of the workspace',
    permission: 'settings:read',
    ok: { status: 200, body: WorkspaceView },
    problems: [],
    cost: { rru: 1, wru: 0 },
  },
  updateWorkspace: {
    method: 'PATCH',
    path: '/v1/workspace',
    summary: 'Change the settings of the workspace',
    permission: 'settings:write',
    body: WorkspacePatch,
    ifMatch: true,
    ok: { status: 200, body: WorkspaceView },
    problems: ['invalid_input', 'stale', 'if_match_needed'],
    cost: { rru: 1, wru: 1, note: 'a KiB of settings' },
  },
  listFields: {
    method: 'GET',
    path: '/v1/fields',
    summary: 'The custom fields of customers',
    permission: 'customers:read',
    ok: { status: 200, body: Fields },
    problems: [],
    cost: { rru: 1, wru: 0 },
  },
  addField: {
    method: 'POST',
    path: '/v1/fields',
    summary: 'Add a custom field, or bring a removed one back',
    permission: 'settings:write',
    body: FieldInput,
    ok: { status: 201, body: Fields },
    problems: ['invalid_input', 'duplicate', 'too_many'],
    cost: { rru: 1, wru: 1 },
  },
  updateField: {
    method: 'PATCH',
    path: '/v1/fields/{key}',
    summary: 'Change the label or the choices of a custom field',
    permission: 'settings:write',
    params: field,
    body: FieldPatch,
    ifMatch: true,
    ok: { status: 200, body: Fields },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed'],
    cost: { rru: 1, wru: 1 },
  },
  removeField: {
    method: 'DELETE',
    path: '/v1/fields/{key}',
    summary: 'Remove a custom field; its values stay stored and are shown no more',
    permission: 'settings:write',
    params: field,
    ok: { status: 200, body: Fields },
    problems: ['not_found'],
    cost: { rru: 1, wru: 1 },
  },
});

export const meRoutes = defineRoutes({
  getMe: {
    method: 'GET',
    path: '/v1/me',
    summary: 'Who is signed in, where, and what she may do',
    permission: 'signed-in',
    ok: { status: 200, body: Me },
    problems: [],
    cost: { rru: 3, wru: 0, note: '2 more for each further workspace; 2 for a key' },
  },
  updateMe: {
    method: 'PATCH',
    path: '/v1/me',
    summary: 'Change your language or time zone; If-Match is the version of the member',
    permission: 'signed-in',
    body: MePatch,
    ifMatch: true,
    ok: { status: 200, body: MemberView },
    problems: ['invalid_input', 'stale', 'if_match_needed'],
    cost: { rru: 1, wru: 1 },
  },
  switchWorkspace: {
    method: 'POST',
    path: '/v1/me/workspace',
    summary: 'Make another of your workspaces the active one: the next token is for it',
    permission: 'signed-in',
    body: z.strictObject({ id: TenantId }),
    ok: { status: 200, body: z.strictObject({ id: TenantId, name: z.string() }) },
    problems: ['invalid_input', 'not_found', 'forbidden'],
    cost: { rru: 4, wru: 1 },
  },
  signOutMe: {
    method: 'POST',
    path: '/v1/me/sign-out',
    summary: 'End all your sessions, on every device',
    permission: 'signed-in',
    ok: { status: 200, body: MemberView },
    problems: ['conflict', 'forbidden'],
    cost: { rru: 2, wru: 1 },
  },
});

export const keyRoutes = defineRoutes({
  listApiKeys: {
    method: 'GET',
    path: '/v1/api-keys',
    summary: 'The API keys, revoked ones too',
    permission: 'keys:read',
    query: PageQuery,
    ok: { status: 200, body: pageOf(ApiKeyView) },
    problems: ['invalid_input', 'invalid_cursor'],
    cost: { rru: 2, wru: 0, note: 'a page of 50' },
  },
  getApiKey: {
    method: 'GET',
    path: '/v1/api-keys/{id}',
    summary: 'An API key, without what proves it',
    permission: 'keys:read',
    params: key,
    ok: { status: 200, body: ApiKeyView },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  createApiKey: {
    method: 'POST',
    path: '/v1/api-keys',
    summary: 'Make an API key; its text is shown this once',
    permission: 'keys:write',
    body: ApiKeyInput,
    secret: true,
    ok: { status: 201, body: ApiKeyView.extend({ key: z.string().optional() }).meta({ id: 'CreatedApiKey' }) },
    problems: ['invalid_input', 'role_too_high'],
    cost: { rru: 1, wru: 1, note: '4 W with Idempotency-Key' },
  },
  revokeApiKey: {
    method: 'DELETE',
    path: '/v1/api-keys/{id}',
    summary: 'Revoke an API key for good',
    permission: 'keys:delete',
    params: key,
    ok: { status: 200, body: ApiKeyView },
    problems: ['not_found'],
    cost: { rru: 1, wru: 1 },
  },
});

export const auditRoutes = defineRoutes({
  listAuditEvents: {
    method: 'GET',
    path: '/v1/audit-events',
    summary: 'Who changed what in the workspace, the newest first; sign-ins and jobs too',
    permission: 'audit:read',
    query: PageQuery.extend({
      actorId: MemberId.optional(),
      /** A noun: customer, interaction, consent, member, apiKey, workspace, team, job, signIn. */
      entity: z
        .string()
        .regex(/^[a-zA-Z]{1,40}$/)
        .optional(),
      rowId: z
        .string()
        .regex(/^[A-Za-z0-9_]{1,80}$/)
        .optional(),
      /** What one request did; the request of what a job wrote is the job's id. */
      requestId: z
        .string()
        .regex(/^[\w+/=-]{1,80}$/)
        .optional(),
      from: Instant.optional(),
      to: Instant.optional(),
    }),
    ok: { status: 200, body: pageOf(HistoryEntry) },
    problems: ['invalid_input', 'invalid_cursor'],
    cost: { rru: 28, wru: 0, note: 'a page of 50; at most 1,000 rows are looked at where a filter leaves most of them out' },
  },
});

export const adminRoutes = defineRoutes({ ...workspaceRoutes, ...meRoutes, ...memberRoutes, ...keyRoutes, ...auditRoutes });
