import { createHash, randomBytes } from 'node:crypto';
import { decodeTime, encodeTime } from 'ulid';

/** Crockford's base 32, as ULIDs use it. */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const base32 = (bytes: Uint8Array, length: number) => {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return text;
};

/** A ULID for a moment in milliseconds: 10 characters of time, 16 of chance. */
export const ulidAt = (time: number, chance: Uint8Array = randomBytes(10)) => encodeTime(time, 10) + base32(chance, 16);

export type NewId = (prefix: string, time?: number) => string;

/** Makes prefixed ids that sort by time: `cus_01J…`. `clock` gives the time of those made without one. */
export const idMaker =
  (clock: () => number, chance: () => Uint8Array = () => randomBytes(10)): NewId =>
  (prefix, time = clock()) =>
    `${prefix}_${ulidAt(time, chance())}`;

/** The id that a name always leads to: the same 26 characters for the same parts. */
export const idFrom = (prefix: string, ...parts: string[]) =>
  `${prefix}_${base32(createHash('sha256').update(parts.join('#')).digest(), 26)}`;

/** A person's member id in a workspace follows from the two, so that a token leads to its member without a look-up. */
export const memberIdOf = (tenant: string, sub: string) => idFrom('mem', tenant, sub);

/** The ULID behind the prefix. */
export const ulidOf = (id: string) => id.slice(id.indexOf('_') + 1);

/** When an id with a ULID was made, in milliseconds. */
export const timeOf = (id: string) => decodeTime(ulidOf(id));

/** SHA-256 in base64url, cut to `characters` (43 is all of it). */
export const hashOf = (value: string, characters = 43) => createHash('sha256').update(value).digest('base64url').slice(0, characters);
