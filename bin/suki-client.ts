import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** How the command line reaches a product: its address and a key, by option, by environment, or those of the product on this machine. */
export type Target = { url: string; key: string };

/** The product that runs on this machine, as its data folder tells; undefined where none does. */
export function localProduct(env: NodeJS.ProcessEnv = process.env): { baseUrl: string; apiKeys: { admin: string } } | undefined {
  const file = join(resolve(env.SUKI_DATA ?? '.suki'), 'local.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

export function targetOf(options: { url?: string; key?: string }, env: NodeJS.ProcessEnv = process.env): Target {
  const local = localProduct(env);
  const url = options.url ?? env.SUKI_URL ?? local?.baseUrl;
  // A local key goes to the local product only.
  const key = options.key ?? env.SUKI_KEY ?? (url === local?.baseUrl ? local?.apiKeys.admin : undefined);
  if (!url) throw new Error('Where is Suki? Say --url or SUKI_URL, or start it here with npm start.');
  if (!key) throw new Error('An API key is needed: --key or SUKI_KEY.');
  return { url: url.replace(/\/$/, ''), key };
}

/** A refusal of the API, in its own words. */
export class Refused extends Error {
  readonly status: number;

  constructor(
    status: number,
    problem: { title?: string; detail?: string; errors?: { pointer: string; detail: string }[]; requestId?: string },
  ) {
    const fields = (problem.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer || '/'}: ${detail}`).join('');
    super(
      `${problem.title ?? `HTTP ${status}`}${problem.detail ? `: ${problem.detail}` : ''}${fields}${problem.requestId ? `\n  request ${problem.requestId}` : ''}`,
    );
    this.status = status;
  }
}

export type Call = <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<T>;

/** Calls the API; what is refused is thrown. Reads are tried again while the product is away for a moment. */
export const caller =
  ({ url, key }: Target): Call =>
  async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const request = {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': type }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    for (let attempt = 0; ; attempt++) {
      const answer = await fetch(`${url}${path}`, request).catch((error) => {
        if (method !== 'GET' || attempt >= 20) throw new Error(`${url} does not answer: ${(error as Error).message}`);
        return undefined;
      });
      if (answer && (answer.status < 500 || method !== 'GET' || attempt >= 20)) {
        const text = await answer.text();
        const parsed = text ? JSON.parse(text) : {};
        if (!answer.ok) throw new Refused(answer.status, parsed);
        return parsed as T;
      }
      await new Promise((resume) => setTimeout(resume, 500));
    }
  };

/** One line that is drawn anew: on a terminal only, elsewhere nothing. */
export function progressBar(
  label: string,
  { done, total, rate, secondsLeft }: { done: number; total: number | null; rate: number | null; secondsLeft: number | null },
): string {
  const share = total ? Math.min(1, done / total) : 0;
  const width = 24;
  const filled = Math.round(share * width);
  const left = secondsLeft === null ? '' : `  ${secondsLeft} s left`;
  return `${label.padEnd(9)}[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${String(Math.round(share * 100)).padStart(3)} %  ${done}${total === null ? '' : ` of ${total}`}${rate ? `  ${Math.round(rate)}/s` : ''}${left}`;
}
