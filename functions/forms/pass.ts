import { hashOf, type NewId } from '../kernel/ids.ts';
import { keyedMacs, sameText } from '../kernel/secrets.ts';

/**
 * The pass that is given with a form's page: `<when, base 36>.<bits of work>.<22 characters of chance>.<key id and HMAC, 26>`. It is
 * signed with the form, so that nobody makes one, dates it back or takes it to another form; nothing is stored until it is used.
 */
export type Pass = { at: number; bits: number };
type Place = { tenant: string; formId: string };

/** So long a page may stay open before it fetches another pass. */
export const passMs = 6 * 3_600_000;

const signatures = ({ tenant, formId }: Place, content: string) => keyedMacs('form', `${tenant}\n${formId}\n${content}`);

export async function makePass(place: Place, { at, bits, newId }: Pass & { newId: NewId }): Promise<string> {
  const content = `${at.toString(36)}.${bits}.${hashOf(`${newId('pas')}${newId('pas')}`, 22)}`;
  const [newest] = await signatures(place, content);
  if (newest === undefined) throw new Error('the root secret is empty');
  return `${content}.${newest}`;
}

/** What a pass of ours says; undefined for one that was not made here for this form. */
export async function readPass(place: Place, pass: string): Promise<Pass | undefined> {
  const [, content, at = '', bits = '', signature = ''] = /^(([0-9a-z]{8,9})\.(\d{1,2})\.[\w-]{22})\.([\w-]{26})$/.exec(pass) ?? [];
  if (!content) return undefined;
  const made = await signatures(place, content);
  const isOurs = made.map((one) => sameText(one, signature)).includes(true);
  return isOurs ? { at: Number.parseInt(at, 36), bits: Number(bits) } : undefined;
}
