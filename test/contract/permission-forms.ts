import { addressOf } from '../../functions/forms/visit.ts';
import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom } from '../../functions/kernel/ids.ts';
import { formIn, heldIn, workFor } from '../_util/form.ts';
import type { Case, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';

/** The rows of the matrix about web forms: whoever sees cases sees them, only an admin changes them; who deals with cases lets in what was held back. */
const everybody: Row = { admin: 'y', manager: 'y', sales: 'y', service: 'y', marketing: 'y', analyst: 'y', partner: 'y' };
const admins: Row = { admin: 'y', manager: 'f', sales: 'f', service: 'f', marketing: 'f', analyst: 'f', partner: 'f' };
const dealers: Row = { ...admins, manager: 'y', service: 'y' };
const byId = (who: Row): Row =>
  Object.fromEntries(Object.entries(who).map(([role, may]) => [role, may === 'y' ? 'y-y-n-n' : 'f-f-f-f'])) as Row;

export const formRows: Record<string, Row> = {
  listForms: everybody,
  getForm: byId(everybody),
  createForm: admins,
  updateForm: byId(admins),
  publishForm: byId(admins),
  closeForm: byId(admins),
  removeForm: byId(admins),
  listHeldSubmissions: dealers,
  releaseSubmission: byId(dealers),
  removeSubmission: byId(dealers),
  // Whoever has the address writes by it, signed in or not.
  openForm: everybody,
  submitForm: everybody,
};

const placeOf = ({ people, relation }: Setting) => ({
  tenant: relation === 'foreign' ? people.other.tenant : people.ws.tenant,
  now: now(),
});

const onForm = (
  method: string,
  { suffix = '', body, headers }: Partial<Record<'suffix', string>> & { body?: unknown; headers?: Record<string, string> } = {},
): Case => ({
  call: async (setting) => {
    const id = setting.relation === 'absent' ? idFrom('frm', 'not', 'there') : (await formIn(placeOf(setting))).id;
    return { method, path: `/v1/forms/${id}${suffix}`, ...(body !== undefined && { body }), ...(headers && { headers }) };
  },
});
const onHeld = (method: string, suffix = ''): Case => ({
  call: async (setting) => {
    const id = setting.relation === 'absent' ? idFrom('sub', 'not', 'there') : (await heldIn(placeOf(setting))).id;
    return { method, path: `/v1/held-submissions/${id}${suffix}` };
  },
});

const texts = { en: { title: 'Matrix' } };
const pageOf = async (setting: Setting) => {
  const place = placeOf(setting);
  return `/p/api/f/${addressOf(place.tenant, (await formIn(place)).id)}`;
};
let made = 0;

export const formCases: Record<string, Case> = {
  listForms: { call: async () => ({ method: 'GET', path: '/v1/forms' }) },
  getForm: onForm('GET'),
  createForm: {
    call: async () => ({
      method: 'POST',
      path: '/v1/forms',
      body: { name: `Made ${++made}`, languages: ['en'], fallbackLanguage: 'en', texts },
    }),
  },
  updateForm: onForm('PATCH', { body: { name: 'Renamed' }, headers: { 'if-match': '"1"' } }),
  publishForm: onForm('POST', { suffix: '/publish' }),
  closeForm: onForm('POST', { suffix: '/close' }),
  removeForm: onForm('DELETE'),
  listHeldSubmissions: { call: async () => ({ method: 'GET', path: '/v1/held-submissions' }) },
  releaseSubmission: onHeld('POST', '/release'),
  removeSubmission: onHeld('DELETE'),
  openForm: { call: async (setting) => ({ method: 'GET', path: await pageOf(setting) }) },
  submitForm: {
    call: async (setting) => {
      const path = await pageOf(setting);
      const page = (await setting.world.api(undefined, 'GET', path)).body as { pass: string; bits: number };
      const said = {
        language: 'en',
        type: 'question',
        name: 'Matrix',
        email: `form${++made}@matrix.example`,
        words: `Written at ${isoOf(now())}`,
      };
      return { method: 'POST', path, body: { ...said, pass: page.pass, proof: workFor(page) } };
    },
  },
};
