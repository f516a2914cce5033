import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Resource, type Role, type Scope, writableFields } from '../../../functions/admin/roles.ts';
import type { Verb } from '../../../functions/kernel/route.ts';
import { type Answer, call, forgetAnswers } from '../api/client.ts';
import { setRegion } from '../i18n/format.ts';
import { renew } from './session.ts';

export type Me = Answer<'getMe'>;

async function fetchMe(): Promise<Me> {
  const me = await call('getMe', {});
  const { timeZone, calendar, currency, country } = me.workspace;
  // Somebody who works elsewhere reads times by her own clock.
  setRegion({ zone: me.member.timeZone ?? timeZone, calendar: calendar === 'buddhist' ? 'buddhist' : 'gregory', currency, country });
  return me;
}

export const meQuery = { queryKey: ['me'] as const, queryFn: fetchMe, staleTime: 60_000 };

export const useMeQuery = () => useQuery(meQuery);

/** Who is signed in and where. Only below the shell, which waits for it. */
export function useMe(): Me {
  const { data } = useMeQuery();
  if (!data) throw new Error('useMe needs the shell around it');
  return data;
}

export type Can = {
  /** Whether the role may do this to anything at all. */
  any: (resource: Resource, verb: Verb) => boolean;
  /** Whether it may do this to a record of that owner, as far as the client can tell: the API has the last word. */
  to: (resource: Resource, verb: Verb, ownerId: string | null) => boolean;
  /** Whether the role may change this field of a customer. */
  field: (name: string) => boolean;
  scope: (resource: Resource, verb: Verb) => Scope;
  role: Role;
};

/** What the signed-in member may do, as the API told. It hides what would be refused; it protects nothing. */
export function useCan(): Can {
  const { member, permissions } = useMe();
  const scope = (resource: Resource, verb: Verb) => permissions[`${resource}:${verb}`] ?? 'none';
  return {
    role: member.role,
    scope,
    any: (resource, verb) => scope(resource, verb) !== 'none',
    // Who is in which team is known to the API alone; what it lets us read of a team it lets us write by the same team.
    to: (resource, verb, ownerId) =>
      ({ none: false, shared: true, own: ownerId === member.id, team: true, all: true })[scope(resource, verb)],
    field: (name) => writableFields(member.role)?.includes(name) ?? true,
  };
}

/** Makes another workspace the active one: a new token carries it, and nothing of the old one stays on the screen. */
export function useSwitchWorkspace() {
  const queryClient = useQueryClient();
  return async (tenant: string) => {
    await call('switchWorkspace', { body: { id: tenant } } as never);
    await renew();
    forgetAnswers();
    queryClient.clear();
    location.assign('/');
  };
}
