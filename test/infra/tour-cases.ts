import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';

/** The part of the tour that goes through cases, their themes and what is promised; two of their times come. */
export async function tourOfCases(world: World, { keys }: SeededWorkspace): Promise<void> {
  const as = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    (await world.api(keys.admin, method, path, body, headers)).body;
  const levels = await as('GET', '/v1/service-levels');
  await as('PATCH', '/v1/service-levels', { calendars: levels.calendars }, { 'if-match': `"${levels.version}"` });
  const her = await as('POST', '/v1/customers', { kind: 'person', name: 'Complains', emails: [{ address: 'complains@tour.example' }] });
  const theme = await as('POST', '/v1/themes', { name: 'Leaks' });
  const said = { customerId: her.id, type: 'complaint', subject: 'It leaks', body: 'Again.', themeId: theme.id };
  const [first, second] = [await as('POST', '/v1/cases', said), await as('POST', '/v1/cases', { ...said, subject: 'It still leaks' })];
  await world.drain({ allowFailures: true });
  await as('PATCH', `/v1/cases/${first.id}`, { priority: 'high' }, { 'if-match': `"${first.version}"` });
  await as('POST', `/v1/cases/${first.id}/interactions`, { channel: 'call', direction: 'out', reason: 'complaint', subject: 'Called' });
  await as('POST', `/v1/cases/${second.id}/merge`, { into: first.id });
  for (const path of ['', `/${first.id}`, `/${first.id}/interactions`]) await as('GET', `/v1/cases${path}`);
  world.advance('P4D');
  await world.drain({ allowFailures: true });
  await as('POST', `/v1/cases/${first.id}/state`, { state: 'resolved', resolution: 'A new filter' });
  for (const path of ['', `/${theme.id}`, `/${theme.id}/raised`]) await as('GET', `/v1/themes${path}`);
  await as('POST', `/v1/themes/${theme.id}/state`, { state: 'done', draft: true });
  const span = `from=${new Date(world.now() - 30 * 86_400_000).toISOString()}&to=${new Date(world.now()).toISOString()}`;
  await as('GET', `/v1/case-report?${span}`);
  await as('DELETE', `/v1/cases/${first.id}`);
}
