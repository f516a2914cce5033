/**
 * What a provider said to one message.
 * `accepted`: it has it; the value is its own id. `refused`: it never will, with its code.
 * `throttled`: it did not take it, and may later: `rate` and `transient` pass by themselves, `quota` with the day, `paused` and `setup`
 * need a person (the account's sending is stopped; the sender is not verified or a setting is wrong).
 */
export type Outcome = { accepted: string } | { refused: string } | { throttled: true; why: Delay };
export type Delay = 'rate' | 'transient' | 'quota' | 'paused' | 'setup';

/** The row that a message belongs to; the provider's events bring it back. Values are letters, digits, `-` and `_` only. */
export type SendTags = { tenant: string; run: string; shard: string; send: string };

/** Nobody knows whether the provider took the message: a time-out, a lost connection, a failure on its side. Never to be tried again blindly. */
export class Ambiguous extends Error {
  override readonly name = 'Ambiguous';
}

/**
 * How long a call to a provider may take. Whoever holds a lease holds it longer than this, so that nobody else begins while a call is on
 * its way.
 */
export const callSeconds = 10;

/**
 * What every client of a provider is made with. One attempt: the SDK's own second one after a time-out is a second message. No kept
 * connection: one that the provider closed while the container slept fails as "connection lost", and the message would be in doubt.
 */
export const carefulClient = {
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 3_000,
    requestTimeout: callSeconds * 1_000,
    throwOnRequestTimeout: true,
    httpsAgent: { keepAlive: false },
    httpAgent: { keepAlive: false },
  },
} as const;

type Failure = Error & { code?: string; reason?: string; Reason?: string; $metadata?: { httpStatusCode?: number } };

/** The connection was never made, so nothing was said. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * The outcome behind an error of a call; `known` maps the provider's error names. Throws `Ambiguous` where the provider may have taken the
 * message all the same.
 */
export function outcomeOfError(error: unknown, known: (failure: Failure) => Outcome | undefined): Outcome {
  const failure = error as Failure;
  const status = failure.$metadata?.httpStatusCode;
  if (neverSent.has(failure.code ?? '')) return { throttled: true, why: 'transient' };
  if (status === undefined || status < 400 || status >= 500)
    throw new Ambiguous(`${failure.name}: the outcome is unknown`, { cause: error });
  if (status === 429) return known(failure) ?? { throttled: true, why: 'rate' };
  return known(failure) ?? { refused: failure.name };
}
