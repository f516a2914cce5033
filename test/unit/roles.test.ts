import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { narrowed } from '../../functions/admin/api-key.ts';
import { isAdmin, Member, remainingAdmin } from '../../functions/admin/member.ts';
import {
  isWithin,
  managesMembers,
  type Role,
  reachOf,
  resources,
  roles,
  scopeOf,
  scopes,
  writableFields,
} from '../../functions/admin/roles.ts';
import { type Verb, verbs } from '../../functions/kernel/route.ts';

const letters: Record<string, Verb> = { r: 'read', w: 'write', d: 'delete', x: 'export', p: 'approve' };

/** Written by hand, a line a role: customers, interactions, follow-ups, segments, campaigns, surveys, cases, reports, imports, members, keys, settings, audit, rules, notifications. */
const byHand: Record<Role, string[]> = {
  admin: [
    'rwdx a',
    'rwdx a',
    'rwdx a',
    'rwdx a',
    'rwdxp a',
    'rwdx a',
    'rwdx a',
    'r a',
    'rwd a',
    'rwd a',
    'rwd a',
    'rwd a',
    'rx a',
    'rwd a',
    'rw o',
  ],
  manager: ['rwdx a', 'rwd a', 'rwd a', 'rwd a', 'rwp a', 'rw a', 'rwd a', 'r a', 'rwd a', 'r a', 'r a', 'r a', 'r a', 'rwd a', 'rw o'],
  sales: ['r t, wd o', 'rw t', 'rwd o', 'r a, w o', 'r a', 'r a', 'r t', 'r t', '–', 'r a', '–', '–', '–', 'r a', 'rw o'],
  service: ['r a, w a', 'rw a', 'wd o, r a', 'r a', 'r a', 'r a', 'rwd a', 'r a', '–', 'r a', '–', '–', '–', 'r a', 'rw o'],
  marketing: ['rw a', 'r a', 'rwd o', 'rwdx a', 'rwd a', 'rwd a', 'r a', 'r a', 'rwd a', 'r a', '–', '–', '–', 'r a', 'rw o'],
  analyst: ['rx a', 'rx a', 'r a', 'rx a', 'r a', 'rx a', 'rx a', 'r a', '–', 'r a', '–', '–', '–', 'r a', 'rw o'],
  partner: ['r s', 'r s, w s', 'rw o', '–', '–', '–', 'r s', '–', '–', '–', '–', '–', '–', '–', 'rw o'],
};
const whose: Record<string, string> = { a: 'all', t: 'team', o: 'own', s: 'shared' };

/** `r team, wd own` → what each verb reaches. */
function rightsOf(cell: string): Record<string, string> {
  const rights: Record<string, string> = Object.fromEntries(verbs.map((verb) => [verb, 'none']));
  if (cell === '–') return rights;
  for (const part of cell.split(', ')) {
    const [what = '', reach = ''] = part.split(' ');
    for (const letter of what) rights[letters[letter] ?? letter] = whose[reach] ?? reach;
  }
  return rights;
}
const inCode = (role: Role, resource: (typeof resources)[number]) =>
  Object.fromEntries(verbs.map((verb) => [verb, scopeOf(role, resource, verb)]));

describe('the role table', () => {
  it.each(roles)('gives %s what the table written by hand says', (role) => {
    for (const [at, resource] of resources.entries()) expect(inCode(role, resource), resource).toEqual(rightsOf(byHand[role][at] ?? ''));
  });

  it('is told right in docs/roles.md', () => {
    const lines = readFileSync(join(import.meta.dirname, '../../docs/roles.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const [head, ...rows] = lines.map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(head?.slice(1)).toEqual([...roles]);
    expect(rows.map(([resource]) => resource)).toEqual([...resources]);
    for (const [resource, ...cells] of rows)
      for (const [at, cell] of cells.entries())
        expect(inCode(roles[at] as Role, resource as (typeof resources)[number]), `${roles[at]} ${resource}`).toEqual(rightsOf(cell));
  });

  it('lets marketing change tags alone, and every other role all fields', () => {
    for (const role of roles) expect(writableFields(role)).toEqual(role === 'marketing' ? ['tags'] : undefined);
  });

  it('shows all fields of members to admin and manager', () => {
    expect(roles.filter(managesMembers)).toEqual(['admin', 'manager']);
  });
});

describe('granting', () => {
  it('gives away every role as an admin', () => {
    for (const role of roles) expect(isWithin(reachOf(role), reachOf('admin'))).toBe(true);
  });

  it('never gives away a right that the granter has not', () => {
    for (const granter of roles)
      for (const role of roles) {
        const exceeds = resources.some((resource) =>
          verbs.some((verb) => scopes.indexOf(scopeOf(role, resource, verb)) > scopes.indexOf(scopeOf(granter, resource, verb))),
        );
        expect(isWithin(reachOf(role), reachOf(granter)), `${granter} grants ${role}`).toBe(!exceeds);
      }
    expect(isWithin(reachOf('admin'), reachOf('manager'))).toBe(false);
  });

  it('measures a key by its scopes, not by its role', () => {
    const key = { scopes: ['members:write' as const] };
    const reach = (resource: (typeof resources)[number], verb: Verb) => narrowed(scopeOf('admin', resource, verb), key, resource, verb);
    expect(isWithin(reachOf('partner'), reach)).toBe(false);
    expect(isWithin(reach, reachOf('admin'))).toBe(true);
  });
});

describe('the last admin', () => {
  const member = (name: string, role: Role, status: 'active' | 'disabled' = 'active') =>
    Member.parse({
      id: `mem_${name.padEnd(26, '0')}`,
      sub: name,
      name,
      email: `${name.toLowerCase()}@example.com`,
      role,
      status,
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      version: 1,
    });

  it('cannot go while everybody else is no admin, or disabled', () => {
    const ana = member('ANA', 'admin');
    expect(() => remainingAdmin([ana, member('BEN', 'manager'), member('CAY', 'admin', 'disabled')], ana)).toThrow('last admin');
  });

  it('can go when another active admin stays', () => {
    const [ana, ben] = [member('ANA', 'admin'), member('BEN', 'admin')];
    expect(remainingAdmin([ana, ben], ana)).toBe(ben);
    expect(isAdmin(ben)).toBe(true);
  });
});
