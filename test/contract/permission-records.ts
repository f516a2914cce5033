import { unsubscribeUrl } from '../../functions/preferences/links.ts';
import { addressHash, suppressionIdOf } from '../../functions/suppressions/suppression.entity.ts';
import type { ApiAnswer } from '../_util/world.ts';
import { absentId, type Call, type Case, inBatch, next, ownerIn, plain, type Setting, tenantOf } from './permission-case.ts';
import {
  makeFollowUp,
  makeJob,
  makeKeyOf,
  makeMail,
  makeSuppression,
  makeTeam,
  makeTemplate,
  versionOfWorkspace,
} from './permission-world.ts';

/** The records on which the rows of the matrix act, each standing as the row asks. */
/** A member: the caller herself, another one, one of another workspace. */
export async function memberId(setting: Setting, { changed = false } = {}): Promise<string> {
  const { people, actor, relation, fresh } = setting;
  if (relation === 'foreign') return people.other.members.analyst.id;
  if (relation === 'absent') return absentId('mem');
  if (changed && fresh) return (await people.ws.addMember('analyst')).id;
  return relation === 'own' ? actor.id : people.stranger.id;
}

export const jobId = async (setting: Setting, fields: Parameters<typeof makeJob>[2]) =>
  setting.relation === 'absent'
    ? absentId('job')
    : makeJob(
        tenantOf(setting),
        setting.relation === 'own'
          ? setting.actor.id
          : setting.relation === 'foreign'
            ? setting.people.other.members.admin.id
            : setting.people.stranger.id,
        fields,
      );

const importJob = {
  kind: 'import',
  via: 'import',
  state: 'draft',
  settings: { target: 'customers', name: 'Matrix', phase: 'read', asked: {}, file: null, choices: null },
} as const;
export const onImport = (method: string, suffix = '', body?: unknown, headers?: Record<string, string>): Case =>
  plain(async (setting) => ({
    method,
    path: `/v1/imports/${await jobId(setting, importJob)}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  }));

/** An operation on a follow-up that stands in the relation to the caller. */
const onFollowUp = (build: (id: string) => Call, { done = false, outcome }: { done?: boolean; outcome?: Case['outcome'] } = {}): Case => ({
  call: async ({ people, actor, relation }) => {
    const id = await makeFollowUp(people, actor, { relation, done });
    const call = build(id);
    followUps.set(call, id);
    return call;
  },
  ...(outcome && { outcome }),
});
const followUps = new WeakMap<Call, string>();
const amongFollowUps = (answer: ApiAnswer, call: Call) =>
  ((answer.body.data ?? []) as { id: string }[]).some(({ id }) => id === followUps.get(call)) ? 'y' : 'n';
export const listedFollowUps = (query: string): Case =>
  onFollowUp(
    (id) => ({ method: 'GET', path: `/v1/follow-ups?${query}&limit=200&from=2030-01-31T00:00:00Z`, headers: { 'x-matrix': id } }),
    { outcome: amongFollowUps },
  );
export const followUp = (method: string, suffix: string, rest: Partial<Call> = {}, options = {}) =>
  onFollowUp((id) => ({ method, path: `/v1/follow-ups/${id}${suffix}`, ...rest }), options);
export const inFollowUpBatch = (operation: (id: string) => unknown): Case =>
  onFollowUp((id) => ({ method: 'POST', path: '/v1/follow-ups/batch', body: { operations: [operation(id)] } }), { outcome: inBatch });
export const planned = (setting: Setting) => ({
  title: `Planned ${next()}`,
  due: { on: '2030-02-01' },
  ownerId: ownerIn(setting),
});

export const onTemplate = (method: string, suffix = '', body?: unknown, headers?: Record<string, string>): Case =>
  plain(async (setting) => ({
    method,
    path: `/v1/message-templates/${setting.relation === 'absent' ? absentId('tpl') : await makeTemplate(tenantOf(setting))}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  }));
export const mailId = async (setting: Setting) => (setting.relation === 'absent' ? absentId('mai') : makeMail(tenantOf(setting)));
export const onMail = (method: string, suffix = ''): Case =>
  plain(async (setting) => ({ method, path: `/v1/mails/${await mailId(setting)}${suffix}` }));

export const atWorkspace = async ({ people }: Setting) => ({ 'if-match': `"${await versionOfWorkspace(people.ws.tenant)}"` });
export const teamId = async (setting: Setting) =>
  setting.relation === 'absent'
    ? absentId('tea')
    : setting.fresh || setting.relation === 'foreign'
      ? makeTeam(tenantOf(setting))
      : setting.people.ws.teamId;
/** The link in a message to somebody of the workspace who is gone by now. */
export const linkToken = async ({ people }: Setting) => {
  const said = { customerId: absentId('cus'), channel: 'email', address: 'gone@matrix.example', topic: 'news', send: null } as const;
  return (await unsubscribeUrl(people.ws, said)).split('/p/u/')[1];
};
export const suppressionId = async (setting: Setting) => {
  const address = `suppressed${next()}@matrix.example`;
  if (setting.relation !== 'absent') await makeSuppression(tenantOf(setting), address);
  return suppressionIdOf(addressHash('email', address));
};
export const keyId = async (setting: Setting) => {
  if (setting.relation === 'absent') return '0000000000';
  return makeKeyOf(tenantOf(setting), setting.relation === 'own' ? setting.actor.id : setting.people.stranger.id);
};
