import { CrmError, type FieldError } from './errors.ts';
import { formFields } from './form.ts';
import { fieldErrors, type HttpEvent, type ZodIssue } from './reply.ts';
import { type Input, type Route, takesKey } from './route.ts';

const usualBodyBytes = 256 * 1024;
const maxDepth = 32;
const jsonTypes = /^application\/(json|merge-patch\+json)(;|$)/i;

/** The body as text, bounded, and a `parse` that validates params, query, body and headers and names every wrong field at once. */
export function readRequest(event: HttpEvent, route: Route): { bodyText: string; parse: () => Input<Route> } {
  const bytes = event.body === undefined ? Buffer.alloc(0) : Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  return {
    bodyText: bytes.toString('utf8'),
    parse: () => {
      const limitBytes = route.maxBody ?? usualBodyBytes;
      if (bytes.length > limitBytes) throw new CrmError('body_too_large', { limitBytes });
      return parse(event, route, bytes.toString('utf8'));
    },
  };
}

function parse(event: HttpEvent, route: Route, bodyText: string): Input<Route> {
  const errors: FieldError[] = [];
  const check = (
    schema: { safeParse: (value: unknown) => { success: boolean; data?: unknown; error?: { issues: unknown } } } | undefined,
    value: unknown,
    root: string,
  ) => {
    if (!schema) return undefined;
    const result = schema.safeParse(value);
    if (!result.success) errors.push(...fieldErrors(result.error?.issues as ZodIssue[], root));
    return result.data;
  };
  const params = check(route.params, decodedParams(event), '/params');
  const query = route.query ? check(route.query, queryOf(event.rawQueryString ?? ''), '/query') : undefined;
  const body = route.body ? check(route.body, route.form ? formOf(event, bodyText) : jsonOf(event, bodyText), '') : undefined;
  errors.push(...headerErrors(event, route));
  if (errors.length) throw new CrmError('invalid_input', { errors: errors.slice(0, 100) });
  return { params, query, body, headers: event.headers } as Input<Route>;
}

/** API Gateway decodes path parameters; a decoded one may hold anything, so schemas bound them. */
const decodedParams = (event: HttpEvent) => ({ ...event.pathParameters });

/** Repeated names become a list, except that most schemas then refuse it: nothing is silently dropped. */
function queryOf(text: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const held = query[name];
    query[name] = held === undefined ? value : Array.isArray(held) ? [...held, value] : [held, value];
  }
  return { ...query };
}

function jsonOf(event: HttpEvent, text: string): unknown {
  const type = event.headers['content-type'];
  if (text !== '' && !jsonTypes.test(type ?? ''))
    throw new CrmError('unsupported_media_type', { accepted: ['application/json', 'application/merge-patch+json'] });
  if (text === '') return undefined;
  if (isTooDeep(text)) throw new CrmError('invalid_json', { detail: `deeper than ${maxDepth} levels` });
  const value = parsed(text);
  // The database refuses text that is no Unicode; only an escape can bring it in.
  if (/\\ud[89a-f]/i.test(text) && !isWellFormed(value))
    throw new CrmError('invalid_json', { detail: 'half a character (a lone surrogate)' });
  return value;
}

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data'];

function formOf(event: HttpEvent, text: string): unknown {
  const type = event.headers['content-type'] ?? '';
  const fields = formFields(type, text);
  if (!fields && (text !== '' || type !== '')) throw new CrmError('unsupported_media_type', { accepted: formTypes });
  return fields ?? {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CrmError('invalid_json');
  }
}

const isWellFormed = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.isWellFormed()
    : typeof value !== 'object' ||
      value === null ||
      Object.entries(value).every(([key, member]) => key.isWellFormed() && isWellFormed(member));

/** Counts brackets outside of strings before anything is built from them. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      if (++depth > maxDepth) return true;
    } else if (char === '}' || char === ']') depth--;
  }
  return false;
}

function headerErrors(event: HttpEvent, route: Route): FieldError[] {
  const errors: FieldError[] = [];
  if (route.ifMatch) {
    const tag = event.headers['if-match'];
    if (tag === undefined) throw new CrmError('if_match_needed');
    if (versionOf(tag) === undefined)
      errors.push({ pointer: '/headers/if-match', code: 'invalid_format', detail: 'an ETag that this API gave, such as "3"' });
  }
  const key = takesKey(route) ? event.headers['idempotency-key'] : undefined;
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
    errors.push({ pointer: '/headers/idempotency-key', code: 'invalid_format', detail: '1 to 255 visible ASCII characters' });
  return errors;
}

/** The version in an ETag, weak or strong, where a body shows more than its row after a dot; undefined for anything else. */
export const versionOf = (tag: string): number | undefined => {
  const match = /^(?:W\/)?"(\d{1,9})(?:\.\d{1,9})?"$/.exec(tag.trim());
  return match ? Number(match[1]) : undefined;
};
