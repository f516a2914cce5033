import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { CrmError } from '../kernel/errors.ts';
import { idOf, Language, StoredInstant, TimeZone, text } from '../kernel/values.ts';
import { roles } from './roles.ts';

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
  .meta({ id: 'MemberRow' });
export type Member = z.output<typeof Member>;

/** A member for those who manage members, and for everybody else of the staff. */
export const MemberView = Member.omit({ sub: true, tokensValidAfter: true }).meta({ id: 'Member' });
export type MemberView = z.output<typeof MemberView>;
export const MemberName = Member.pick({ id: true, name: true, status: true }).meta({ id: 'MemberName' });
export type MemberName = z.output<typeof MemberName>;

export const shownMember = ({ sub: _, tokensValidAfter: __, ...member }: Member): MemberView => member;
export const namedMember = ({ id, name, status }: Member): MemberName => ({ id, name, status });

export const MemberInput = Member.pick({ name: true, email: true, role: true, teams: true, language: true, timeZone: true }).meta({
  id: 'MemberInput',
});
export type MemberInput = z.output<typeof MemberInput>;
export const MemberPatch = z
  .strictObject({ name: Member.shape.name, role: z.enum(roles), teams: z.array(TeamId).max(20), status: z.enum(['active', 'disabled']) })
  .partial()
  .meta({ id: 'MemberPatch' });
export type MemberPatch = z.output<typeof MemberPatch>;
/** What everybody may change of himself. */
export const MePatch = z.strictObject({ language: Language.nullable(), timeZone: TimeZone.nullable() }).partial().meta({ id: 'MePatch' });

/** A team: a name that members share. It is no field of a customer; who shares a team with an owner is in her team. */
export const Team = z
  .strictObject({ id: TeamId, name: text(60), createdAt: StoredInstant, updatedAt: StoredInstant, version: z.int().positive() })
  .meta({ id: 'Team' });
export type Team = z.output<typeof Team>;
export const TeamInput = Team.pick({ name: true }).meta({ id: 'TeamInput' });

/** Refuses to take the last active admin out of a workspace. Gives another admin, who has to stay for as long as it takes. */
export function remainingAdmin(members: readonly Member[], leaving: Member): Member {
  const other = members.find((member) => member.id !== leaving.id && isAdmin(member));
  if (!other) throw new CrmError('last_admin');
  return other;
}
export const isAdmin = ({ role, status }: Pick<Member, 'role' | 'status'>) => role === 'admin' && status === 'active';

/** A member as she begins. */
export const newMember = (input: MemberInput, { id, sub, now }: { id: string; sub: string; now: string }): Member =>
  Member.parse({ ...input, email: input.email.toLowerCase(), id, sub, createdAt: now, updatedAt: now, version: 1 });
