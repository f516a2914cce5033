import type { FieldError, ProblemCode } from '../../../functions/kernel/errors.ts';

/** Codes the client makes itself, where no problem document could reach it. */
export type ClientCode = ProblemCode | 'network' | 'gateway';

/** Why a request failed, whoever answered: the API (problem+json), the gateway (anything), or nobody. */
export class CrmProblem extends Error {
  readonly code: ClientCode;
  readonly status: number;
  readonly errors: FieldError[];
  readonly requestId: string | undefined;
  /** Seconds to wait before a retry, where the server said so. */
  readonly retryAfter: number | undefined;
  /** The whole problem document: `existing`, `conflicts` and the like. */
  readonly document: Record<string, unknown>;

  constructor(code: ClientCode, status: number, document: Record<string, unknown> = {}, retryAfter?: number) {
    super(typeof document.detail === 'string' ? document.detail : typeof document.title === 'string' ? document.title : code);
    this.name = 'CrmProblem';
    this.code = code;
    this.status = status;
    this.document = document;
    this.errors = Array.isArray(document.errors) ? (document.errors as FieldError[]) : [];
    this.requestId = typeof document.requestId === 'string' ? document.requestId : undefined;
    this.retryAfter = retryAfter;
  }

  /** What is wrong with one field, or undefined. `name` is a JSON pointer's tail: `emails/0/address`. */
  at(name: string): FieldError | undefined {
    return this.errors.find(({ pointer }) => pointer === `/${name}` || pointer === `/body/${name}`);
  }

  get retryable(): boolean {
    return this.code === 'network' || this.status === 429 || this.status >= 500;
  }
}

const seconds = (header: string | null): number | undefined => {
  if (!header) return undefined;
  const number = Number(header);
  return Number.isFinite(number) ? number : Math.max(0, Math.ceil((Date.parse(header) - Date.now()) / 1000)) || undefined;
};

/** Reads a failed answer. Gateways and firewalls answer in their own words; those become `throttled`, `gateway` and the like. */
export async function problemOf(response: Response): Promise<CrmProblem> {
  const retryAfter = seconds(response.headers.get('retry-after'));
  const type = response.headers.get('content-type') ?? '';
  const document = type.includes('json') ? ((await response.json().catch(() => ({}))) as Record<string, unknown>) : {};
  if (typeof document.code === 'string') return new CrmProblem(document.code as ProblemCode, response.status, document, retryAfter);
  const byStatus: Record<number, ClientCode> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not_found',
    413: 'body_too_large',
    429: 'throttled',
    503: 'unavailable',
  };
  return new CrmProblem(byStatus[response.status] ?? 'gateway', response.status, {}, retryAfter);
}
