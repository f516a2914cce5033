import { caseEntity } from '../../functions/cases/case.entity.ts';
import { Case } from '../../functions/cases/case.ts';
import { themeEntity } from '../../functions/cases/theme.entity.ts';
import { Theme } from '../../functions/cases/theme.ts';
import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker } from '../../functions/kernel/ids.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { ApiAnswer } from '../_util/world.ts';
import type { Call, Case as MatrixCase, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';
import type { Target } from './permission-world.ts';

/** The rows of the matrix about cases and what belongs to them: they follow their customer in permission. */
const none = 'fffffff';
const seen: Row = {
  admin: 'yyyynyn',
  manager: 'yyyynyn',
  sales: 'yynnnyn',
  service: 'yyyynyn',
  marketing: 'yyyynyn',
  analyst: 'yyyynyn',
  partner: 'nnnnnnn',
};
/** Sales sees the cases of her team's customers, and leaves them to service. */
const written: Row = {
  admin: 'yyyynyn',
  manager: 'yyyynyn',
  sales: none,
  service: 'yyyynyn',
  marketing: none,
  analyst: none,
  partner: none,
};
const opened: Row = Object.fromEntries(Object.entries(written).map(([role, cells]) => [role, cells.replace('yyyynyn', 'yyyyncn')])) as Row;
const admins: Row = { admin: 'y', manager: 'f', sales: 'f', service: 'f', marketing: 'f', analyst: 'f', partner: 'f' };
const makers: Row = { admin: 'y', manager: 'y', sales: 'f', service: 'y', marketing: 'f', analyst: 'f', partner: 'f' };
const byId = (who: Row): Row =>
  Object.fromEntries(Object.entries(who).map(([role, may]) => [role, may === 'y' ? 'y-y-n-n' : 'f-f-f-f'])) as Row;
const everybody: Row = { admin: 'y', manager: 'y', sales: 'y', service: 'y', marketing: 'y', analyst: 'y', partner: 'y' };

export const supportRows: Record<string, Row> = {
  listCases: seen,
  getCase: seen,
  createCase: opened,
  updateCase: written,
  moveCase: written,
  mergeCase: written,
  listCaseEntries: seen,
  // What hangs on a customer who is archived is not written on any more.
  logOnCase: opened,
  archiveCase: written,
  restoreCase: written,
  listThemes: everybody,
  createTheme: makers,
  getTheme: byId(everybody),
  listRaised: byId(everybody),
  updateTheme: byId(makers),
  moveTheme: byId(makers),
  archiveTheme: byId(makers),
  // Whoever sees no reports sees none of cases.
  getCaseReport: { ...everybody, partner: 'f' },
  getServiceLevels: everybody,
  updateServiceLevels: admins,
};

const newId = idMaker(now);
let number = 1_000;

/** A case of a target's customer, through its entity. */
async function makeCase({ tenant, customerId }: Target, { actor, relation }: Setting, fields: Partial<Case> = {}): Promise<string> {
  if (relation === 'absent') return idFrom('cas', 'not', 'there');
  const at = isoOf(now());
  const base = { id: newId('cas'), number: ++number, customerId, type: 'complaint', subject: 'Matrix', source: { kind: 'person' } };
  const row = Case.parse({ ...base, openedAt: at, via: 'person', createdAt: at, updatedAt: at, version: 1, ...fields });
  const stamp = { by: actor.id, via: 'person', requestId: null, now: now() };
  await tableOf(tenant, now()).commit(caseEntity.create(tenant, row.id, row, stamp));
  return row.id;
}

/** A theme of the workspace that the relation names. */
const onTheme = (method: string, suffix = '', body?: unknown, headers?: Record<string, string>): MatrixCase => ({
  call: async ({ people, relation }) => {
    const id = newId('thm');
    const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
    const at = isoOf(now());
    const theme = Theme.parse({ id, name: 'Matrix', createdAt: at, updatedAt: at, version: 1 });
    const stamp = { by: null, via: 'person', requestId: null, now: now() };
    if (relation !== 'absent') await tableOf(tenant, now()).commit(themeEntity.create(tenant, id, theme, stamp));
    return { method, path: `/v1/themes/${id}${suffix}`, ...(body !== undefined && { body }), ...(headers && { headers }) };
  },
});

type TargetFor = (setting: Setting) => Promise<Target>;
const ifMatch = { 'if-match': '"1"' };

export function supportCases({ targetFor }: { targetFor: TargetFor }): Record<string, MatrixCase> {
  type Build = (id: string, target: Target, setting: Setting) => Call | Promise<Call>;
  const onCase = (build: Build, fields: Partial<Case> = {}): MatrixCase => ({
    call: async (setting) => {
      const target = await targetFor(setting);
      return build(await makeCase(target, setting, fields), target, setting);
    },
  });
  const asked = new WeakMap<Call, string>();
  const inList = (answer: ApiAnswer, call: Call) =>
    ((answer.body.data ?? []) as { id: string }[]).some(({ id }) => id === asked.get(call)) ? 'y' : 'n';
  const one = (method: string, suffix = '', body?: unknown, headers?: Record<string, string>, fields: Partial<Case> = {}) =>
    onCase(
      (id) => ({ method, path: `/v1/cases/${id}${suffix}`, ...(body !== undefined && { body }), ...(headers && { headers }) }),
      fields,
    );
  return {
    listCases: {
      ...onCase((id, { customerId }) => {
        const call = { method: 'GET', path: `/v1/cases?customerId=${customerId}&limit=200` };
        asked.set(call, id);
        return call;
      }),
      outcome: inList,
    },
    getCase: one('GET'),
    createCase: onCase((_, { customerId }) => ({
      method: 'POST',
      path: '/v1/cases',
      body: { customerId, type: 'question', subject: 'Matrix' },
    })),
    updateCase: one('PATCH', '', { subject: 'Changed' }, ifMatch),
    moveCase: one('POST', '/state', { state: 'open' }),
    mergeCase: onCase(async (id, target, setting) => ({
      method: 'POST',
      path: `/v1/cases/${id}/merge`,
      body: { into: await makeCase(target, setting) },
    })),
    listCaseEntries: one('GET', '/interactions'),
    logOnCase: one('POST', '/interactions', { channel: 'note', subject: 'Matrix' }),
    archiveCase: one('DELETE'),
    restoreCase: one('POST', '/restore', undefined, undefined, { archivedAt: '2026-01-01T00:00:00.000Z' }),
    listThemes: { call: async () => ({ method: 'GET', path: '/v1/themes' }) },
    createTheme: { call: async () => ({ method: 'POST', path: '/v1/themes', body: { name: 'Matrix' } }) },
    getTheme: onTheme('GET'),
    listRaised: onTheme('GET', '/raised'),
    updateTheme: onTheme('PATCH', '', { name: 'Changed' }, ifMatch),
    moveTheme: onTheme('POST', '/state', { state: 'planned' }),
    archiveTheme: onTheme('DELETE'),
    getCaseReport: {
      call: async () => ({ method: 'GET', path: '/v1/case-report?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z' }),
    },
    getServiceLevels: { call: async () => ({ method: 'GET', path: '/v1/service-levels' }) },
    updateServiceLevels: {
      call: async () => ({ method: 'PATCH', path: '/v1/service-levels', body: { warnAtPercent: 75 }, headers: { 'if-match': '"1"' } }),
    },
  };
}
