import { workFor } from '../_util/form.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';

/** The part of the tour on which strangers write on a web form: one is let in at once, one is held back and then let in. */
export async function tourOfForms(world: World, { keys }: SeededWorkspace): Promise<void> {
  const as = async (method: string, path: string, body?: unknown) => (await world.api(keys.admin, method, path, body)).body;
  const form = await as('POST', '/v1/forms', { name: 'Tour', languages: ['en'], fallbackLanguage: 'en', texts: { en: { title: 'Tour' } } });
  await as('POST', `/v1/forms/${form.id}/publish`);
  const path = `/p/api/f/${form.url.split('/p/f/')[1]}`;
  for (const words of ['It leaks.', 'See https://a.example https://b.example https://c.example']) {
    const page = (await world.api(undefined, 'GET', path)).body;
    world.advance('PT10S');
    const said = {
      pass: page.pass,
      proof: workFor(page),
      language: 'en',
      type: 'question',
      name: 'Stranger',
      email: 'stranger@tour.example',
      words,
    };
    await world.api(undefined, 'POST', path, said, { 'x-forwarded-for': '198.51.100.7, 130.176.1.1' });
  }
  const held = (await as('GET', '/v1/held-submissions')).data[0];
  await as('POST', `/v1/held-submissions/${held.id}/release`);
  for (const read of ['/v1/forms', `/v1/forms/${form.id}`]) await as('GET', read);
  await as('DELETE', `/v1/forms/${form.id}`);
}
