import type { Action, Item, Key } from '../table/entity.ts';
import { defineEntity } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { startingWith } from '../table/ranges.ts';
import { Raised, Theme } from './theme.ts';

const names = { name: 'n', note: 'no', state: 'st', campaignId: 'cm', closedAt: 'cl', archivedAt: 'a', createdAt: 'ca' } as const;

export const themePartition = (tenant: string) => `T#${tenant}#THM`;
export const themeRange = startingWith('thm_');

/** pk T#<tenant>#THM  sk <theme>      a theme */
export const themeEntity = defineEntity<Theme>({
  type: 'theme',
  schema: Theme,
  names,
  key: (tenant, id) => ({ pk: themePartition(tenant), sk: id }),
  fromKey: { fields: ['id'], read: (key: Key) => ({ id: key.sk }) },
});

/** What is under a theme. */
export const raisedPartition = (tenant: string, themeId: string) => `T#${tenant}#THM#${themeId}`;
const raisedKey = (tenant: string, themeId: string, { kind, id }: Pick<Raised, 'kind' | 'id'>): Key => ({
  pk: raisedPartition(tenant, themeId),
  sk: `${kind}#${id}`,
});

export const raisedOf = ({ sk, c }: Item): Raised => {
  const at = sk.indexOf('#');
  return Raised.parse({ kind: sk.slice(0, at), id: sk.slice(at + 1), customerId: c ?? null });
};

/**
 * pk T#<tenant>#THM#<theme>  sk <case or response>#<id>     that it was raised there, c by whom
 * What moves something from one theme to another, for the commit in which its own row says so: 2 W each.
 */
export function raisedActions(tenant: string, raised: Raised, { from, to }: { from: string | null; to: string | null }): Action[] {
  if (from === to) return [];
  const guard = { always: 'the row that names the theme is in the same commit' };
  return [
    ...(from ? [{ remove: raisedKey(tenant, from, raised), guard }] : []),
    ...(to ? [{ put: { ...raisedKey(tenant, to, raised), ...(raised.customerId && { c: raised.customerId }) }, guard }] : []),
  ];
}

showsAt('theme', ({ sk }) => `/v1/themes/${sk}`);
