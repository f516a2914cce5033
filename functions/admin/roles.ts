import { type Verb, verbs } from '../kernel/route.ts';

/** Who may do what: the role table. `own` is a record I am the owner of, `team` one whose owner shares a team with me. */
export const roles = ['admin', 'manager', 'sales', 'service', 'marketing', 'analyst', 'partner'] as const;
export type Role = (typeof roles)[number];

export const resources = [
  'customers',
  'interactions',
  'followUps',
  'segments',
  'campaigns',
  'surveys',
  'cases',
  'reports',
  'imports',
  'members',
  'keys',
  'settings',
  'audit',
  'rules',
  'notifications',
] as const;
export type Resource = (typeof resources)[number];

/** none < shared < own < team < all. `shared` is a list that an admin gave to a partner; until there are such lists it is empty. */
export const scopes = ['none', 'shared', 'own', 'team', 'all'] as const;
export type Scope = (typeof scopes)[number];

type Rights = Partial<Record<Verb, Scope>>;
const all = (...verbs: Verb[]): Rights => Object.fromEntries(verbs.map((verb) => [verb, 'all' as const]));
const everything = all('read', 'write', 'delete', 'export');
const own = { read: 'own', write: 'own', delete: 'own' } as const satisfies Rights;
const readAll = all('read');
/** What is told to a member is hers alone, whatever her role. */
const mine = { read: 'own', write: 'own' } as const satisfies Rights;

export const roleTable: Record<Role, Partial<Record<Resource, Rights>>> = {
  admin: {
    customers: everything,
    interactions: everything,
    followUps: everything,
    segments: everything,
    campaigns: { ...everything, ...all('approve') },
    surveys: everything,
    cases: everything,
    reports: readAll,
    imports: all('read', 'write', 'delete'),
    members: all('read', 'write', 'delete'),
    keys: all('read', 'write', 'delete'),
    settings: all('read', 'write', 'delete'),
    audit: all('read', 'export'),
    rules: all('read', 'write', 'delete'),
    notifications: mine,
  },
  manager: {
    customers: everything,
    interactions: all('read', 'write', 'delete'),
    followUps: all('read', 'write', 'delete'),
    segments: all('read', 'write', 'delete'),
    campaigns: all('read', 'write', 'approve'),
    surveys: all('read', 'write'),
    cases: all('read', 'write', 'delete'),
    reports: readAll,
    imports: all('read', 'write', 'delete'),
    members: readAll,
    keys: readAll,
    settings: readAll,
    audit: readAll,
    rules: all('read', 'write', 'delete'),
    notifications: mine,
  },
  sales: {
    customers: { read: 'team', write: 'own', delete: 'own' },
    interactions: { read: 'team', write: 'team' },
    followUps: own,
    segments: { read: 'all', write: 'own' },
    campaigns: readAll,
    surveys: readAll,
    cases: { read: 'team' },
    reports: { read: 'team' },
    members: readAll,
    rules: readAll,
    notifications: mine,
  },
  service: {
    customers: all('read', 'write'),
    interactions: all('read', 'write'),
    followUps: { read: 'all', write: 'own', delete: 'own' },
    segments: readAll,
    campaigns: readAll,
    surveys: readAll,
    cases: all('read', 'write', 'delete'),
    reports: readAll,
    members: readAll,
    rules: readAll,
    notifications: mine,
  },
  marketing: {
    customers: all('read', 'write'),
    interactions: readAll,
    followUps: own,
    segments: everything,
    campaigns: all('read', 'write', 'delete'),
    surveys: all('read', 'write', 'delete'),
    cases: readAll,
    reports: readAll,
    imports: all('read', 'write', 'delete'),
    members: readAll,
    rules: readAll,
    notifications: mine,
  },
  analyst: {
    customers: all('read', 'export'),
    interactions: all('read', 'export'),
    followUps: readAll,
    segments: all('read', 'export'),
    campaigns: readAll,
    surveys: all('read', 'export'),
    cases: all('read', 'export'),
    reports: readAll,
    members: readAll,
    rules: readAll,
    notifications: mine,
  },
  partner: {
    customers: { read: 'shared' },
    interactions: { read: 'shared', write: 'shared' },
    followUps: { read: 'own', write: 'own' },
    cases: { read: 'shared' },
    notifications: mine,
  },
};

/** Whose records a role may do this to. */
export const scopeOf = (role: Role, resource: Resource, verb: Verb): Scope => roleTable[role][resource]?.[verb] ?? 'none';

/** The fields of a customer that a role may change, or undefined for all of them. */
export const writableFields = (role: Role): readonly string[] | undefined => (role === 'marketing' ? ['tags'] : undefined);

/** Whose members a role sees with all their fields; everybody else of the staff sees names. */
export const managesMembers = (role: Role): boolean => role === 'admin' || role === 'manager';

export type Reach = (resource: Resource, verb: Verb) => Scope;

/** Whether all that `given` reaches is within what `granter` reaches: nobody grants a right that he does not have himself. */
export const isWithin = (given: Reach, granter: Reach): boolean =>
  resources.every((resource) => verbs.every((verb) => scopes.indexOf(given(resource, verb)) <= scopes.indexOf(granter(resource, verb))));

/** What a role reaches. */
export const reachOf =
  (role: Role): Reach =>
  (resource, verb) =>
    scopeOf(role, resource, verb);
