/**
 * Every failure a client may see, by its code. The list maps a code to its HTTP status and title; OpenAPI, the docs page per
 * code and the message catalogues of the five languages are made from it. Anything thrown that is not a CrmError is `internal`.
 */
export const problems = {
  invalid_input: { status: 422, title: 'Some fields are not valid' },
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'This media type is not accepted here' },
  invalid_cursor: { status: 422, title: 'The cursor is not valid for this list' },
  filter_not_served: { status: 422, title: 'This filter or sort is not served' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  not_found: { status: 404, title: 'There is nothing here' },
  no_route: { status: 404, title: 'No such route' },
  method_not_allowed: { status: 405, title: 'This method is not allowed here' },
  conflict: { status: 409, title: 'Somebody else changed this at the same moment' },
  duplicate: { status: 409, title: 'A record with this key is there already' },
  already_archived: { status: 409, title: 'This record is archived' },
  not_archived: { status: 409, title: 'This record is not archived' },
  lifecycle_not_allowed: { status: 409, title: 'The life cycle does not allow this step' },
  reason_needed: { status: 422, title: 'A reason is needed' },
  wrong_state: { status: 409, title: 'This is not possible in the present state' },
  survey_closed: { status: 409, title: 'This survey is closed' },
  form_closed: { status: 409, title: 'This form is closed' },
  sender_unverified: { status: 409, title: 'This sender is not verified yet' },
  last_admin: { status: 409, title: 'The last admin cannot be removed' },
  own_approval: { status: 403, title: 'Nobody approves what he wrote himself' },
  role_too_high: { status: 403, title: 'Nobody grants a role above his own' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used with another body' },
  idempotency_in_progress: { status: 409, title: 'A request with this Idempotency-Key is being handled' },
  stale: { status: 412, title: 'The record has changed since you read it' },
  if_match_needed: { status: 428, title: 'If-Match is needed' },
  unreadable_file: { status: 422, title: 'The file cannot be read' },
  too_many: { status: 422, title: 'More than this operation takes' },
  throttled: { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Not available at the moment' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** One wrong field: where (JSON pointer into body, or `/query/name`, `/params/name`, `/headers/name`), which rule, in words. Values are never echoed. */
export type FieldError = { pointer: string; code: string; detail: string };

export type ProblemDetails = Record<string, unknown> & {
  errors?: FieldError[];
  detail?: string;
  headers?: Record<string, string>;
};

/** A failure that may reach a client. `details` become members of the problem document; `headers` go to the answer. */
export class CrmError extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}, cause?: unknown) {
    super(details.detail ?? problems[code].title, { cause });
    this.code = code;
    this.details = details;
  }
}

/** One wrong field as a whole failure. */
export const invalid = (pointer: string, code: string, detail: string) =>
  new CrmError('invalid_input', { errors: [{ pointer, code, detail }] });

/** Throws the answer for a row that is absent or not the caller's to see: both look the same. */
export function missing(): never {
  throw new CrmError('not_found');
}
