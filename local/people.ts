import { randomUUID } from 'node:crypto';
import { AwsError } from './http.ts';
import type { Store } from './store.ts';

/** Somebody who can sign in: what Cognito's pool holds of a person. `signedOutAt` (machine ms) ends older sessions. */
export interface Person {
  sub: string;
  email: string;
  name: string;
  locale: string;
  enabled: boolean;
  signedOutAt?: number;
}

/** The durable list of people, shared by the Cognito calls of the product and by the local OpenID provider. */
export interface People {
  list(): Person[];
  find(sub: string): Person | undefined;
  byEmail(email: string): Person | undefined;
  /** Adds a person; the e-mail is compared in lower case. Throws AwsError UsernameExistsException for one that is there. */
  add(person: { email: string; name: string; locale: string; sub?: string }): Person;
  change(sub: string, change: Partial<Pick<Person, 'name' | 'locale' | 'enabled' | 'signedOutAt'>>): Person;
}

export function openPeople(store: Store): People {
  const parse = (row: Record<string, unknown> | undefined) => (row ? (JSON.parse(String(row.person)) as Person) : undefined);
  const bySub = store.prepare('SELECT person FROM people WHERE sub = ?');
  const byEmail = store.prepare('SELECT person FROM people WHERE email = ?');
  const save = store.prepare('INSERT INTO people VALUES (?, ?, ?) ON CONFLICT (sub) DO UPDATE SET person = excluded.person');
  const find = (sub: string) => parse(bySub.get(sub));
  return {
    find,
    list: () =>
      store
        .prepare('SELECT person FROM people ORDER BY rowid')
        .all()
        .map((row) => parse(row) as Person),
    byEmail: (email) => parse(byEmail.get(email.toLowerCase())),
    add({ email, name, locale, sub = randomUUID() }) {
      if (byEmail.get(email.toLowerCase()))
        throw new AwsError('UsernameExistsException', 'An account with the given email already exists.');
      const person: Person = { sub, email: email.toLowerCase(), name, locale, enabled: true };
      save.run(sub, person.email, JSON.stringify(person));
      return person;
    },
    change(sub, change) {
      const person = find(sub);
      if (!person) throw new AwsError('UserNotFoundException', 'User does not exist.');
      const changed = { ...person, ...change };
      save.run(sub, changed.email, JSON.stringify(changed));
      return changed;
    },
  };
}

interface Attribute {
  Name: string;
  Value?: string;
}
interface CognitoInput {
  Username?: string;
  UserAttributes?: Attribute[];
  Limit?: number;
}

function described(person: Person) {
  const Attributes = [
    { Name: 'sub', Value: person.sub },
    { Name: 'email', Value: person.email },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'name', Value: person.name },
    { Name: 'locale', Value: person.locale },
  ];
  return { Username: person.sub, Attributes, Enabled: person.enabled, UserStatus: 'CONFIRMED', UserCreateDate: 0, UserLastModifiedDate: 0 };
}

function created(people: People, input: CognitoInput) {
  const value = (name: string) => input.UserAttributes?.find((one) => one.Name === name)?.Value;
  const email = value('email') ?? input.Username ?? '';
  if (!email.includes('@')) throw new AwsError('InvalidParameterException', 'Username should be an email.');
  return { User: described(people.add({ email, name: value('name') ?? email, locale: value('locale') ?? 'en' })) };
}

/** Answers the administrator's calls of a Cognito user pool. A user is named by sub or by e-mail, as in a pool with e-mail aliases. */
export function answerCognito(people: People, operation: string, input: CognitoInput): object {
  if (operation === 'AdminCreateUser') return created(people, input);
  if (operation === 'ListUsers') return { Users: people.list().map(described) };
  const person = people.find(input.Username ?? '') ?? people.byEmail(input.Username ?? '');
  if (!person) throw new AwsError('UserNotFoundException', 'User does not exist.');
  const attribute = (name: string) => input.UserAttributes?.find((one) => one.Name === name)?.Value;
  switch (operation) {
    case 'AdminGetUser': {
      const { Attributes, ...user } = described(person);
      return { ...user, UserAttributes: Attributes };
    }
    case 'AdminDisableUser':
      people.change(person.sub, { enabled: false, signedOutAt: Date.now() });
      return {};
    case 'AdminEnableUser':
      people.change(person.sub, { enabled: true });
      return {};
    case 'AdminUserGlobalSignOut':
      people.change(person.sub, { signedOutAt: Date.now() });
      return {};
    case 'AdminUpdateUserAttributes':
      people.change(person.sub, { name: attribute('name') ?? person.name, locale: attribute('locale') ?? person.locale });
      return {};
    default:
      throw new AwsError('InvalidAction', `The loopback has no ${operation} for people.`);
  }
}
