import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpsRequest } from '../functions/workflows/ops.ts';
import { type DemoMember, type DemoRole, type DemoWorkspace, demoPeople, demoRoles, demoWorkspaces } from './demo/people.ts';
import type { Functions } from './functions.ts';
import { answerOf, eventOf, matchRoute } from './payload.ts';
import type { People } from './people.ts';

/** What the first start made, kept beside the data: an API key per role, and the second workspace's. */
export interface Seeded {
  apiKeys: Record<DemoRole, string>;
  other: { apiKeys: { admin: string } };
}

export interface SeedOptions {
  dataDir: string;
  functions: Functions;
  people: People;
  originSecret: string;
}

/** Both workspaces, one member and one API key per role, made once by the stage's `ops` function; later starts read what was kept. */
export async function seedWorkspaces(options: SeedOptions): Promise<Seeded> {
  const file = join(options.dataDir, 'seed.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Seeded;
  // The people of the sign-in page have fixed names for tokens; `ops` then finds them as it finds anybody who is there already.
  for (const { email, name, locale, sub } of demoPeople) if (!options.people.find(sub)) options.people.add({ email, name, locale, sub });
  // One after the other: a person's first workspace is the one she is signed in to.
  const made: Awaited<ReturnType<typeof makeWorkspace>>[] = [];
  const fields: Promise<void>[] = [];
  for (const workspace of demoWorkspaces) {
    const keys = await makeWorkspace(options, workspace);
    made.push(keys);
    fields.push(addFields(options, workspace, keys.admin ?? ''));
  }
  await Promise.all(fields);
  const [batis = {}, other = {}] = made;
  const apiKeys = Object.fromEntries(demoRoles.map((role) => [role, batis[role] as string])) as Record<DemoRole, string>;
  const seeded: Seeded = { apiKeys, other: { apiKeys: { admin: other.admin as string } } };
  writeFileSync(file, `${JSON.stringify(seeded, null, 2)}\n`, { mode: 0o600 });
  return seeded;
}

interface OpsAnswer {
  problem?: { code: string };
  key?: string;
}

/** Asks the `ops` function. What is there already, after a start that was killed half-way, is as good as made. */
async function ops({ functions }: SeedOptions, request: OpsRequest): Promise<OpsAnswer> {
  const answer = (await functions.invoke('ops', request)) as OpsAnswer;
  if (answer.problem && answer.problem.code !== 'duplicate')
    throw new Error(`${request.do} was refused: ${JSON.stringify(answer.problem)}`);
  return answer;
}

async function makeWorkspace(options: SeedOptions, workspace: DemoWorkspace): Promise<Partial<Record<DemoRole, string>>> {
  const { key, tenant, name, country, currency, timeZone, language, topics } = workspace;
  const staff = demoPeople.flatMap((person) => {
    const place = person.workspaces.find((one) => one.workspace === key);
    return place ? [{ person, place }] : [];
  });
  const teams = workspace.teams.map((team) => team.name);
  const settings = { name, country, currency, timeZone, language, consentTopics: topics } as const;
  await ops(options, { do: 'createWorkspace', id: tenant, ...settings, teams } as OpsRequest);
  const firstOf = new Map(staff.map(({ person, place }) => [place.role, person]).reverse() as [DemoRole, DemoMember][]);
  const keys: Partial<Record<DemoRole, string>> = {};
  async function join(person: DemoMember, { role, teams: wanted }: DemoMember['workspaces'][number]): Promise<void> {
    const inTeams = wanted.map((team) => workspace.teams.find((one) => one.key === team)?.name ?? team);
    const timeZone = zoneOf(workspace, wanted);
    await ops(options, { do: 'addMember', tenant, ...profileOf(person), timeZone, role, teams: inTeams } as OpsRequest);
    if (firstOf.get(role) !== person) return;
    const { key: text } = await ops(options, { do: 'createApiKey', tenant, email: person.email, name: `Local ${role}` });
    if (text) keys[role] = text;
  }
  await Promise.all(staff.map(({ person, place }) => join(person, place)));
  return keys;
}

const profileOf = ({ name, email, locale }: DemoMember) => ({ name, email, language: locale });

/** A member's clock is that of her shop. */
const zoneOf = (workspace: DemoWorkspace, teams: string[]) =>
  workspace.teams.find((team) => team.key === teams[0])?.timeZone ?? workspace.timeZone;

/** Custom fields by the API, as an admin makes them, before the gateway is open. */
async function addFields({ functions, originSecret }: SeedOptions, { fields }: DemoWorkspace, key: string): Promise<void> {
  const headers = {
    host: 'localhost',
    'content-type': 'application/json',
    authorization: `Bearer ${key}`,
    'x-origin-secret': originSecret,
  };
  const match = matchRoute('POST', '/v1/fields');
  for (const field of fields) {
    const body = Buffer.from(JSON.stringify(field));
    const event = eventOf({ method: 'POST', path: '/v1/fields', query: '', headers, body, sourceIp: '127.0.0.1' }, match);
    const { status, body: answer } = answerOf(await functions.invoke(match.service, event));
    if (status >= 400 && status !== 409) throw new Error(`The field ${field.key} was refused: ${answer}`);
  }
}
