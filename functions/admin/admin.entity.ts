import { defineEntity } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { ApiKey } from './api-key.ts';
import { Member, Team } from './member.ts';
import { Workspace } from './workspace.ts';

const names = {
  name: 'n',
  email: 'em',
  role: 'r',
  teams: 'te',
  status: 'st',
  language: 'la',
  timeZone: 'tz',
  tokensValidAfter: 'tva',
  createdAt: 'ca',
  country: 'co',
  currency: 'cu',
  calendar: 'cal',
  workingDays: 'wd',
  consentTopics: 'ct',
  sending: 'se',
  fields: 'f',
  directoryShards: 'ds',
  memberId: 'm',
  scopes: 'sc',
  hash: 'h',
  expiresAt: 'ex',
  revokedAt: 're',
  key: 'ky',
  label: 'lb',
  kind: 'k',
  choices: 'ch',
  removedAt: 'ra',
} as const;

/** pk T#<tenant>#WS  sk ~     the workspace: its settings, status and field definitions */
export const workspaceEntity = defineEntity<Workspace>({
  type: 'workspace',
  schema: Workspace,
  names,
  key: (tenant) => ({ pk: `T#${tenant}#WS`, sk: '~' }),
});

/** pk T#<tenant>#MEM  sk <member>     everybody of the staff, in one Query */
export const memberEntity = defineEntity<Member>({
  type: 'member',
  schema: Member,
  names,
  key: (tenant, id) => ({ pk: `T#${tenant}#MEM`, sk: id }),
});

/** pk T#<tenant>#KEY  sk <key id>     an API key, its secret hashed */
export const apiKeyEntity = defineEntity<ApiKey>({
  type: 'apiKey',
  schema: ApiKey,
  names,
  key: (tenant, id) => ({ pk: `T#${tenant}#KEY`, sk: id }),
});

/** pk T#<tenant>#TEAM  sk <team>     a team; its name is unique */
export const teamEntity = defineEntity<Team>({
  type: 'team',
  schema: Team,
  names,
  key: (tenant, id) => ({ pk: `T#${tenant}#TEAM`, sk: id }),
  unique: ({ name }) => [{ kind: 'team', value: name.toLowerCase() }],
});

// Of the workspace's row, only adding a field is a POST.
showsAt('workspace', () => '/v1/fields');
showsAt('member', ({ sk }) => `/v1/members/${sk}`);
showsAt('apiKey', ({ sk }) => `/v1/api-keys/${sk}`);
showsAt('team', ({ sk }) => `/v1/teams/${sk}`);
