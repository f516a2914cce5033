import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { type Verb, verbs } from '../kernel/route.ts';
import { Instant, StoredInstant, text } from '../kernel/values.ts';
import { type Resource, resources, type Scope } from './roles.ts';

/** A key that acts as its member, narrowed by its scopes. Shown once, stored hashed, revocable. */
export const ApiKeyId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/);

export const KeyScope = z.templateLiteral([z.enum(resources), ':', z.enum(verbs)]);
export type KeyScope = `${Resource}:${Verb}`;

export const ApiKey = z
  .strictObject({
    id: ApiKeyId,
    name: text(60),
    memberId: MemberId,
    /** None named: all that the member may do. */
    scopes: z.array(KeyScope).max(60).default([]),
    hash: z.string().max(64),
    expiresAt: StoredInstant.nullable().default(null),
    revokedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'ApiKeyRow' });
export type ApiKey = z.output<typeof ApiKey>;

/** A key as it is listed: all but what proves it. */
export const ApiKeyView = ApiKey.omit({ hash: true }).meta({ id: 'ApiKey' });
export type ApiKeyView = z.output<typeof ApiKeyView>;
export const shownKey = ({ hash: _, ...key }: ApiKey): ApiKeyView => key;

export const ApiKeyInput = z
  .strictObject({
    name: text(60),
    /** Whose key it is; the caller's own where nobody is named. */
    memberId: MemberId.optional(),
    scopes: z.array(KeyScope).max(60).default([]),
    expiresAt: Instant.nullable().default(null),
  })
  .meta({ id: 'ApiKeyInput' });
export type ApiKeyInput = z.output<typeof ApiKeyInput>;

/** A key's text, taken apart: `suki_<tenant>_<id>_<secret>`. Undefined for anything else. */
export function parseKey(text: string): { tenant: string; id: string; secret: string } | undefined {
  const match = /^suki_([a-z0-9]{8})_([0-9A-HJKMNP-TV-Z]{10})_([A-Za-z0-9-]{22,64})$/.exec(text);
  return match ? { tenant: match[1]!, id: match[2]!, secret: match[3]! } : undefined;
}

/** Whether a key may still be used. */
export const isLive = (key: ApiKey, now: string) => !key.revokedAt && (!key.expiresAt || key.expiresAt > now);

/** A member's scope, narrowed by a key's own list. */
export const narrowed = (scope: Scope, key: Pick<ApiKey, 'scopes'> | undefined, resource: Resource, verb: Verb): Scope =>
  !key || key.scopes.length === 0 || key.scopes.includes(`${resource}:${verb}`) ? scope : 'none';
