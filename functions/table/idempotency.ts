import { CrmError } from '../kernel/errors.ts';
import { hashOf } from '../kernel/ids.ts';
import { type Route, routeKey } from '../kernel/route.ts';
import { ReplayError } from '../kernel/serve.ts';
import type { Action, Item, Key } from './entity.ts';
import type { Table } from './table.ts';

const keptSeconds = 24 * 3_600;

type Caller = { tenant: string; now: number; actor: { memberId: string; key?: { id: string } }; table: Table };
export type Kept = { status: number; location?: string; etag?: string };

/** Where a written row can be read again, by its type. */
const locations: Record<string, (item: Item) => string | undefined> = {};
/** Tells where the API shows a type of row, for Location and for the replay of a request. */
export const showsAt = (type: string, path: (item: Item) => string | undefined) => {
  locations[type] = path;
};

/**
 * The record of an Idempotency-Key, written in the request's own commit: 24 hours per tenant, principal and route. `action`
 * makes it from the commit's first row; `read` gives what was answered before, or throws `idempotency_mismatch`.
 */
export function idempotency({ tenant, now, actor, table }: Caller, request: { key: string; route: Route; bodyText: string; path: string }) {
  const principal = actor.key?.id ?? actor.memberId;
  const key: Key = { pk: `T#${tenant}#IDEM#${hashOf([principal, routeKey(request.route), request.key].join('\n'), 32)}`, sk: '~' };
  const requestHash = hashOf(`${request.path}\n${request.bodyText}`, 32);

  const action = (main: Item | undefined): Action => {
    const location = main && locations[String(main.e)]?.(main);
    return {
      put: {
        ...key,
        rh: requestHash,
        st: request.route.ok.status,
        ...(location && { lo: location }),
        ...(main?.v !== undefined && { et: `"${main.v}"` }),
        ttl: Math.floor(now / 1_000) + keptSeconds,
      },
      guard: { absent: true },
      onGuard: () => new ReplayError(),
    };
  };

  const read = async (): Promise<Kept | undefined> => {
    const row = await table.get(key);
    if (!row) return undefined;
    if (row.rh !== requestHash) throw new CrmError('idempotency_mismatch');
    return {
      status: Number(row.st),
      ...(row.lo !== undefined && { location: String(row.lo) }),
      ...(row.et !== undefined && { etag: String(row.et) }),
    };
  };

  return { action, read };
}
