import { env } from '../kernel/env.ts';
import { hashOf, type NewId } from '../kernel/ids.ts';
import { keyedMacs } from '../kernel/secrets.ts';

/**
 * Links to a survey: `/p/s/<tenant>.<key id><22 characters of the HMAC of the invitation>`, the same whoever makes it again, so that a
 * sender after a crash and a reminder write the same one. Whoever came by an open link goes on by
 * `<that token>.<version of the survey>.<visit>`, which is a link of her own.
 */
export async function invitationToken(from: { tenant: string }, invitationId: string): Promise<string> {
  const [newest] = await invitationTokens(from, invitationId);
  if (newest === undefined) throw new Error('the root secret is empty');
  return newest;
}

/** The same by every secret that is accepted while they rotate, the newest first. */
export const invitationTokens = async ({ tenant }: { tenant: string }, invitationId: string): Promise<string[]> =>
  (await keyedMacs('survey', `${tenant}\n${invitationId}`)).map((mac) => `${tenant}.${mac}`);

/** As long as a token, and nobody's. */
export const sampleToken = (tenant: string): string => `${tenant}.${'-'.repeat(26)}`;

export const surveyUrl = (token: string): string => `${env().APP_ORIGIN}/p/s/${token}`;

export type ReadToken = { tenant: string; invitation: string; visit: { version: number; name: string } | undefined };

/** The parts of a token; undefined for what is none. */
export function readToken(token: string): ReadToken | undefined {
  const [, invitation, tenant, version, name] = /^(([a-z0-9]{8})\.[\w-]{26})(?:\.([1-9]\d{0,3})\.([\w-]{22}))?$/.exec(token) ?? [];
  if (!invitation || !tenant) return undefined;
  return { tenant, invitation, visit: name && version ? { version: Number(version), name } : undefined };
}

/** A visit's own token: 132 bits that nobody can guess. */
export const visitToken = (invitation: string, { version, newId }: { version: number; newId: NewId }): string =>
  `${invitation}.${version}.${hashOf(`${newId('vis')}${newId('vis')}`, 22)}`;
