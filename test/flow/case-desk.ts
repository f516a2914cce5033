import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';

export type Body = Record<string, unknown>;
export const hour = 3_600_000;
export const iso = (at: number) => new Date(at).toISOString();

/** Around the clock, so that a test need not know what day it is: urgent in 60 and 480 minutes. */
const always = {
  calendars: [
    {
      key: 'always',
      name: 'Always',
      zone: 'UTC',
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
    },
  ],
  targets: ['low', 'normal', 'high', 'urgent'].map((priority, at) => ({
    ...{ priority, calendar: 'always' },
    ...{ firstResponseMinutes: 60 * (4 - at), resolutionMinutes: 480 * (4 - at) },
  })),
  queues: ['Workshop'],
};

/** What the tests of cases do, each in a workspace of its own: `fresh` makes it. */
export function caseDesk(world: () => World) {
  let ws: SeededWorkspace;
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world().api(ws.keys.admin, method, path, body, headers);
  const good = async (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Body> => {
    const answer = await call(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const fresh = async (levels: Body | null = always) => {
    ws = await world().workspace({ timeZone: 'Asia/Manila' });
    if (levels) await good('PATCH', '/v1/service-levels', levels, { 'if-match': '"1"' });
  };
  const customer = async (more: Body = {}) =>
    String((await good('POST', '/v1/customers', { kind: 'person', name: 'Anita Trujillo', ...more })).id);
  const complaint = async (customerId: string) =>
    String(
      (
        await good('POST', `/v1/customers/${customerId}/interactions`, {
          channel: 'call',
          direction: 'in',
          reason: 'complaint',
          subject: 'It leaks',
        })
      ).id,
    );
  const open = async (more: Body = {}) =>
    good('POST', '/v1/cases', { customerId: await customer(), type: 'complaint', subject: 'It leaks', ...more });
  const list = async (query = '') => (await good('GET', `/v1/cases?${query}`)).data as Body[];
  const move = (id: unknown, state: string, more: Body = {}) => good('POST', `/v1/cases/${id}/state`, { state, ...more });
  const clocks = async (id: unknown) => (await good('GET', `/v1/cases/${id}`)).clocks as Record<string, Body>;
  return {
    ws: () => ws,
    ...{ call, good, fresh, customer, complaint, open, list, move, clocks },
  };
}
