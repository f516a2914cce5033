import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate for localhost that nobody vouches for but whoever trusts it by name; made anew, because a private key is no file of a repository. */
export function selfSigned(): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = sequence(
    der(0xa0, der(0x02, bytes(2))),
    der(0x02, bytes(1)),
    ecdsaWithSha256,
    name,
    sequence(der(0x18, ascii('20250101000000Z')), der(0x18, ascii('21250101000000Z'))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(der(0x06, bytes(0x55, 0x1d, 0x11)), der(0x04, sequence(der(0x82, ascii('localhost'))))))),
  );
  const certificate = sequence(body, ecdsaWithSha256, der(0x03, bytes(0), sign('sha256', body, privateKey)));
  return { cert: pem('CERTIFICATE', certificate), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

const bytes = (...list: number[]) => Buffer.from(list);
const ascii = (text: string) => Buffer.from(text, 'ascii');

/** One value of X.690: its tag, its length, its content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  return Buffer.concat([bytes(tag, ...(length < 128 ? [length] : [0x82, length >> 8, length & 255])), content]);
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);

const ecdsaWithSha256 = sequence(der(0x06, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)));
const name = sequence(der(0x31, sequence(der(0x06, bytes(0x55, 0x04, 0x03)), der(0x0c, ascii('localhost')))));
const pem = (label: string, content: Buffer) =>
  `-----BEGIN ${label}-----\n${content.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
