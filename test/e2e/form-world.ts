import { workFor } from '../_util/form.ts';
import { type Api, unique } from './suki.ts';

/** Web forms for the tests of the browser, made over HTTP. */
export type Form = { id: string; url: string; name: string; version: number; path: string };

const texts = {
  en: { title: 'Write to us', lead: 'We read everything.', thanks: 'We have it.' },
  ur: { title: 'ہمیں لکھیں', lead: null, thanks: 'ہمیں مل گیا۔' },
  th: { title: 'เขียนถึงเรา', lead: null, thanks: null },
};

/** A form that is out. */
export async function publishedForm(api: Api, more: Record<string, unknown> = {}): Promise<Form> {
  const said = { name: unique(), languages: ['en', 'ur', 'th'], fallbackLanguage: 'en', texts, ...more };
  const form = await api.post<Form>('/v1/forms', said);
  await api.post(`/v1/forms/${form.id}/publish`);
  return { ...form, path: new URL(form.url).pathname };
}

export const webAddress = () => `${unique('web').replace(' ', '').toLowerCase()}@form.example`;

/** What a machine hands in, which fills in the field that nobody sees; what it is answered. */
export async function heldBack({ path }: Form, name: string): Promise<unknown> {
  const url = `${process.env.E2E_BASE_URL}${path.replace('/p/f/', '/p/api/f/')}`;
  const page = (await (await fetch(url)).json()) as { pass: string; bits: number };
  const said = { language: 'en', type: 'question', name, email: webAddress(), words: `<b>${name}</b>?`, website: 'x' };
  const body = JSON.stringify({ ...said, pass: page.pass, proof: workFor(page) });
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return answer.json();
}
