import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { CrmError } from '../kernel/errors.ts';
import { idOf, Language, StoredInstant, TimeZone, text } from '../kernel/values.ts';
import { mayGrant, type Role, roles } from './roles.ts';

/** Someone of the staff who signs in; has one role and any teams. */
export const TeamId = idOf('tea');

export const Member = z
  .strictObject({
    id: MemberId,
    /** The identity provider's name for the person. */
    sub: z.string().min(1).max(128),
    name: text(100),
    email: z.string().trim().max(254).pipe(z.email()),
    role: z.enum(roles),
    teams: z.array(TeamId).max(20).default([]),
    status: z.enum(['active', 'disabled']).default('active'),
    language: Language.nullable().default(null),
    timeZone: TimeZone.nullable().default(null),
    /** A token issued before this moment is refused. */
    tokensValidAfter: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'Member' });
export type Member = z.output<typeof Member>;

/** Refuses a role above the granter's own. */
export function granted(granter: Role, role: Role): Role {
  if (!mayGrant(granter, role)) throw new CrmError('role_too_high', { role });
  return role;
}

/** Refuses to take the last active admin out of a workspace. */
export function keepsAnAdmin(members: readonly Member[], leaving: Member): void {
  const others = members.filter((member) => member.id !== leaving.id && member.role === 'admin' && member.status === 'active');
  if (leaving.role === 'admin' && leaving.status === 'active' && others.length === 0) throw new CrmError('last_admin');
}
