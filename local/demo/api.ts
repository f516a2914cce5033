/** A few lines of client for the demo's own calls: JSON, one key, patience with a product that is busy. */
export interface DemoApi {
  get<T>(path: string): Promise<T>;
  /** With a key, a repetition replays the first answer. */
  post<T>(path: string, body: unknown, idempotencyKey?: string): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  remove<T>(path: string): Promise<T>;
}

const attempts = 8;

/** An answer that is no success, with the problem's own words. */
class Refused extends Error {
  readonly status: number;
  constructor(what: string, status: number, text: string) {
    super(`${what} answered ${status}: ${text.slice(0, 400)}`);
    this.status = status;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Calls the product; 429, 5xx and a broken connection are tried again with growing pauses. Throws Refused for any other refusal. */
export function apiOf(baseUrl: string, key: string, signal?: AbortSignal): DemoApi {
  async function call<T>(
    method: string,
    path: string,
    { body, idempotencyKey }: { body?: unknown; idempotencyKey?: string } = {},
  ): Promise<T> {
    const init = {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    };
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(`${baseUrl}${path}`, init).catch((error: unknown) => {
        if (attempt >= attempts || signal?.aborted) throw error;
        return undefined;
      });
      if (answer?.ok) return (await answer.json()) as T;
      const again = !answer || answer.status === 429 || answer.status >= 500;
      if (!again || attempt >= attempts) throw new Refused(`${method} ${path}`, answer?.status ?? 0, (await answer?.text()) ?? '');
      await answer?.arrayBuffer();
      await pause(100 * 2 ** (attempt - 1));
    }
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body, idempotencyKey) => call('POST', path, { body, ...(idempotencyKey && { idempotencyKey }) }),
    put: (path, body) => call('PUT', path, { body }),
    remove: (path) => call('DELETE', path),
  };
}

/** Works through a list, a few at a time, in order of start; the first failure ends it. */
export async function inTurn<T>(
  list: readonly T[],
  { abreast, signal }: { abreast: number; signal?: AbortSignal | undefined },
  work: (one: T) => Promise<void>,
) {
  const queue = list.values();
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      for (const one of queue) {
        signal?.throwIfAborted();
        await work(one);
      }
    }),
  );
}

/** Every row of a list, page by page; `path` has a query already. */
export async function allOf<T>(api: DemoApi, path: string): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const next: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const answer: { data: T[]; page: { nextCursor: string | null } } = await api.get(`${path}&limit=200${next}`);
    rows.push(...answer.data);
    cursor = answer.page.nextCursor;
  }
  return rows;
}
