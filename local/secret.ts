import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from './http.ts';

/** The stage's two secrets and the loopback's own access key, made once, in a file that only its owner may read. */
export interface Secrets {
  root: string;
  origin: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export function openSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    const [root, origin, secretAccessKey] = [48, 32, 32].map((bytes) => randomBytes(bytes).toString('base64url'));
    const accessKeyId = `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`;
    writeFileSync(file, `${JSON.stringify({ root, origin, accessKeyId, secretAccessKey }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  chmodSync(file, 0o600);
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}

/** Answers Secrets Manager's GetSecretValue for `suki/local/root` and `suki/local/origin`. */
export function answerSecrets(secrets: Secrets, operation: string, input: { SecretId?: string }): object {
  if (operation !== 'GetSecretValue') throw new AwsError('InvalidAction', `The loopback has no ${operation} for secrets.`);
  const name = input.SecretId?.split('/').at(-1);
  if (name !== 'root' && name !== 'origin')
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return {
    ARN: `arn:aws:secretsmanager:local:000000000000:secret:${name}`,
    Name: input.SecretId,
    SecretString: secrets[name],
    VersionId: 'local',
  };
}
