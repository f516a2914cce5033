import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoRole, demoPeople, demoRoles, demoWorkspaces } from './demo/people.ts';
import type { Functions } from './functions.ts';
import type { People } from './people.ts';

/** What the first start made, kept beside the data: an API key per role, and the second workspace's. */
export interface Seeded {
  apiKeys: Record<DemoRole, string>;
  other: { apiKeys: { admin: string } };
}

/** Both workspaces, one member and one API key per role, made once; later starts read what was kept. */
export async function seedWorkspaces(options: { dataDir: string; functions: Functions; people: People }): Promise<Seeded> {
  const file = join(options.dataDir, 'seed.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Seeded;
  for (const { email, name, locale, sub } of demoPeople) if (!options.people.find(sub)) options.people.add({ email, name, locale, sub });
  const { makeWorkspace } = await import('./seed-workspace.ts');
  const keys = new Map<string, string>();
  for (const workspace of demoWorkspaces) {
    const made = await makeWorkspace(workspace, demoPeople);
    for (const [role, key] of Object.entries(made)) keys.set(`${workspace.key} ${role}`, key);
  }
  const apiKeys = Object.fromEntries(demoRoles.map((role) => [role, keys.get(`batis ${role}`) as string])) as Record<DemoRole, string>;
  const seeded: Seeded = { apiKeys, other: { apiKeys: { admin: keys.get('sarisari admin') as string } } };
  writeFileSync(file, `${JSON.stringify(seeded, null, 2)}\n`, { mode: 0o600 });
  return seeded;
}
