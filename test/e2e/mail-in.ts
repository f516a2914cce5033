import { asAdmin } from './own-link.ts';
import { type LocalJson, readJson } from './product.ts';
import { unique } from './suki.ts';

const local = () => readJson<LocalJson>(process.env.E2E_DATA ?? '', 'local.json') as LocalJson;
/** Calls the local product's own controls. */
export const control = async <T>(path: string, body?: unknown): Promise<T> => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${local().baseUrl}${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};
export const newAddress = () => `${unique('m').replace(' ', '').toLowerCase()}@reader.example`;

/** A mail from outside to the workspace, or to one of its addresses. */
export async function comesIn(
  from: string,
  said: { to?: string; subject?: string; text?: string; head?: string; verdicts?: object } = {},
): Promise<void> {
  const tenant = (await asAdmin<{ id: string }>('GET', '/v1/workspace')).id;
  const head = `From: Somebody <${from}>\r\nSubject: ${said.subject ?? 'A question'}\r\nMessage-ID: <${unique('id').replace(' ', '')}@reader.example>${said.head ?? ''}`;
  const raw = `${head}\r\n\r\n${said.text ?? 'Do you have it in blue?'}`;
  await control('/local/mail/in', { from, to: said.to ?? `${tenant}@mail.suki.example`, raw, verdicts: said.verdicts ?? {} });
}
