import { apiKeyEntity, memberEntity, workspaceEntity } from './admin/admin.entity.ts';
import { type ApiKey, isLive, narrowed, parseKey } from './admin/api-key.ts';
import type { Member } from './admin/member.ts';
import { type Resource, type Role, type Scope, scopeOf } from './admin/roles.ts';
import type { Workspace } from './admin/workspace.ts';
import { type CustomerStore, customerStore } from './customers/customer.store.ts';
import { type InteractionStore, interactionStore } from './interactions/interaction.store.ts';
import { bearerOf, verifyToken } from './kernel/authenticate.ts';
import { now as clock, isoOf, machineNow } from './kernel/clock.ts';
import { CrmError } from './kernel/errors.ts';
import { hashOf, idMaker, memberIdOf, type NewId } from './kernel/ids.ts';
import type { HttpEvent } from './kernel/reply.ts';
import { type Route, takesKey, type Verb } from './kernel/route.ts';
import { isOrigin, macs, sameText } from './kernel/secrets.ts';
import { makeServe, type Opened } from './kernel/serve.ts';
import type { Stamp } from './table/entity.ts';
import { idempotency, type Kept } from './table/idempotency.ts';
import { startingWith } from './table/ranges.ts';
import type { Table } from './table/table.ts';
import { tableOf } from './table/tenant.ts';

/** Who asks: a member, by token or by key. */
export type Actor = { memberId: string; name: string; role: Role; teams: readonly string[]; via: string; key?: ApiKey };

/** All that a handler is given besides its input: who, when, where, and the stores. Built once a request. */
export type Ctx = {
  requestId: string;
  /** Milliseconds, by the movable clock. */
  now: number;
  iso: string;
  newId: NewId;
  tenant: string;
  actor: Actor;
  workspace: Workspace;
  table: Table;
  stamp: Stamp;
  /** Whose records the caller may do this to. */
  scope: (resource: Resource, verb: Verb) => Scope;
  /** Whether a record with this owner is within the caller's scope. */
  reaches: (resource: Resource, verb: Verb, ownerId: string | null) => Promise<boolean>;
  /** Everybody of the workspace's staff; kept for 30 seconds. */
  roster: () => Promise<Member[]>;
  /** Reads the workspace's settings and its staff anew: no refusal rests on what was so half a minute ago. */
  reread: () => Promise<void>;
  customers: CustomerStore;
  interactions: InteractionStore;
  /** The context of one operation of a batch, with an Idempotency-Key of its own where the batch has one. */
  operation: (at: number, content: unknown) => { ctx: Ctx; keyed: boolean; replay: () => Promise<Kept | undefined> };
};

type Principal = { workspace: Workspace; member: Member; key?: ApiKey };

const cacheFor = 30_000;
const principals = new Map<string, { principal: Principal; until: number }>();
const rosters = new Map<string, { members: Member[]; until: number }>();
let forgotten = 0;

/** Forgets what was read of members and workspaces, after one of them was written here. What is being read meanwhile is not kept. */
export const forgetPrincipals = () => {
  forgotten += 1;
  principals.clear();
  rosters.clear();
};

/** The principal behind a credential; cached 30 seconds, so that a request costs no read of its own. Throws `unauthenticated`. */
async function principalOf(authorization: string | undefined): Promise<Principal> {
  const bearer = bearerOf(authorization);
  if (!bearer) throw new CrmError('unauthenticated');
  const key = parseKey(bearer);
  const cacheName = hashOf(bearer);
  const held = principals.get(cacheName);
  if (key && held && held.until > machineNow()) return usable(held.principal);
  if (key) return remember(cacheName, () => principalByKey(key));
  const claims = await verifyToken(bearer);
  const name = `${claims.tenant}#${claims.sub}`;
  const known = principals.get(name);
  const principal = known && known.until > machineNow() ? known.principal : await remember(name, () => principalByToken(claims));
  const validAfter = principal.member.tokensValidAfter;
  if (validAfter && claims.issuedAt < Math.floor(Date.parse(validAfter) / 1_000) * 1_000) throw new CrmError('unauthenticated');
  return usable(principal);
}

async function remember(name: string, read: () => Promise<Principal>): Promise<Principal> {
  const before = forgotten;
  const principal = await read();
  if (principals.size > 5_000) principals.clear();
  if (forgotten === before) principals.set(name, { principal, until: machineNow() + cacheFor });
  return usable(principal);
}

function usable(principal: Principal): Principal {
  const { workspace, member, key } = principal;
  if (workspace.status !== 'active' || member.status !== 'active') throw new CrmError('unauthenticated');
  if (key && !isLive(key, isoOf(clock()))) throw new CrmError('unauthenticated');
  return principal;
}

async function principalByToken({ tenant, sub }: { tenant: string; sub: string }): Promise<Principal> {
  const table = tableOf(tenant, clock());
  const [workspace, member] = await table.getMany([workspaceEntity.key(tenant, tenant), memberEntity.key(tenant, memberIdOf(tenant, sub))]);
  if (!workspace || !member) throw new CrmError('unauthenticated');
  return { workspace: workspaceEntity.decode(workspace), member: memberEntity.decode(member) };
}

async function principalByKey({ tenant, id, secret }: { tenant: string; id: string; secret: string }): Promise<Principal> {
  const table = tableOf(tenant, clock());
  const [workspace, row] = await table.getMany([workspaceEntity.key(tenant, tenant), apiKeyEntity.key(tenant, id)]);
  if (!workspace || !row) throw new CrmError('unauthenticated');
  const key = apiKeyEntity.decode(row);
  const hashes = await macs('api-key', `${tenant}#${id}#${secret}`);
  if (!hashes.some((hash) => sameText(hash, key.hash))) throw new CrmError('unauthenticated');
  const member = await table.get(memberEntity.key(tenant, key.memberId), { strong: false });
  if (!member) throw new CrmError('unauthenticated');
  return { workspace: workspaceEntity.decode(workspace), member: memberEntity.decode(member), key };
}

async function rosterOf(table: Table, tenant: string): Promise<Member[]> {
  const held = rosters.get(tenant);
  if (held && held.until > machineNow()) return held.members;
  const before = forgotten;
  const rows = await table.queryAll({ pk: memberEntity.key(tenant, '').pk, range: startingWith('mem_') });
  const members = rows.map((row) => memberEntity.decode(row));
  if (forgotten === before) rosters.set(tenant, { members, until: machineNow() + cacheFor });
  return members;
}

/** Builds a context for somebody who is known: a request's caller, or the member for whom a job works. */
export function contextOf(principal: Principal, { requestId, now, via }: { requestId: string; now: number; via?: string }): Ctx {
  const { workspace, member, key } = principal;
  const tenant = workspace.id;
  const table = tableOf(tenant, now);
  const actor: Actor = {
    memberId: member.id,
    name: member.name,
    role: member.role,
    teams: member.teams,
    via: via ?? (key ? 'key' : 'person'),
    ...(key && { key }),
  };
  const scope = (resource: Resource, verb: Verb) => narrowed(scopeOf(member.role, resource, verb), key, resource, verb);
  const roster = () => rosterOf(table, tenant);
  const ctx = {
    requestId,
    now,
    iso: isoOf(now),
    newId: idMaker(() => now),
    tenant,
    actor,
    workspace,
    table,
    stamp: { by: member.id, via: actor.via, requestId, now },
    scope,
    roster,
    reread: async () => {
      rosters.delete(tenant);
      const row = await table.get(workspaceEntity.key(tenant, tenant));
      if (row) ctx.workspace = workspaceEntity.decode(row);
    },
    reaches: async (resource: Resource, verb: Verb, ownerId: string | null) => {
      const reach = scope(resource, verb);
      if (reach === 'all') return true;
      if (ownerId === null || reach === 'none' || reach === 'shared') return false;
      if (ownerId === member.id) return true;
      if (reach !== 'team') return false;
      const owner = (await roster()).find(({ id }) => id === ownerId);
      return owner?.teams.some((team) => member.teams.includes(team)) ?? false;
    },
  } as Ctx;
  ctx.customers = customerStore(ctx);
  ctx.interactions = interactionStore(ctx);
  return ctx;
}

async function open({ event, route, bodyText }: { event: HttpEvent; route: Route; bodyText: string }): Promise<Opened<Ctx>> {
  const { requestId } = event.requestContext;
  if (!(await isOrigin(event.headers['x-origin-secret']))) throw new CrmError('forbidden', { detail: 'come by the front door' });
  if (route.permission === 'public') return { ctx: { requestId, now: clock() } as Ctx, authorise: () => {}, replay: async () => undefined };
  const principal = await principalOf(event.headers.authorization);
  const make = () => contextOf(principal, { requestId, now: clock() });
  const key = takesKey(route) ? event.headers['idempotency-key'] : undefined;
  const keyed = (ctx: Ctx, name: string, text: string) => {
    const record = idempotency(ctx, { key: name, route, bodyText: text, path: event.rawPath });
    ctx.table.ride(record.action);
    return record;
  };
  const ctx = make();
  const isBatch = route.path.endsWith('/batch');
  const record = key && !isBatch ? keyed(ctx, key, bodyText) : undefined;
  ctx.operation = (at, content) => {
    const own = make();
    const kept = key ? keyed(own, `${key}#${at}`, JSON.stringify(content)) : undefined;
    return { ctx: own, keyed: kept !== undefined, replay: async () => kept?.read() };
  };
  return { ctx, authorise: (asked) => authorise(ctx, asked), replay: async () => record?.read() };
}

/** The first gate: a role without any scope for the resource and verb is turned away before anything is read. */
function authorise(ctx: Ctx, { permission }: Route): void {
  if (permission === 'signed-in' || permission === 'public') return;
  const [resource, verb] = permission.split(':') as [Resource, Verb];
  if (ctx.scope(resource, verb) === 'none') throw new CrmError('forbidden', { needs: permission });
}

/**
 * A Lambda handler for a route table: every HTTP function is made by it. Marked pure, so that a trigger which only makes a context
 * carries neither token verification nor the HTTP shell (46 KiB).
 */
export const serve = /* @__PURE__ */ makeServe<Ctx>(open);
