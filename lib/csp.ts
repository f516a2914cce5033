/**
 * The client's Content-Security-Policy, one list for CloudFront and the local gateway. No inline script, ever; style attributes are
 * allowed because React and Radix place menus by them.
 */
const directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'frame-src': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'object-src': ["'none'"],
};

/** The header's value. `connect` adds origins that the client may call: the identity provider, the upload bucket. */
export const contentSecurityPolicy = (connect: readonly string[] = []): string =>
  Object.entries(directives)
    .map(([name, sources]) => [name, ...sources, ...(name === 'connect-src' ? connect : [])].join(' '))
    .join('; ');

/** Pages that any other site may show in a frame of its own: web forms. Nobody is signed in there, so nothing can be had by a click. */
export const framedPages = '/p/f/';
export const framedSecurityPolicy: string = Object.entries(directives)
  .map(([name, sources]) => [name, ...(name === 'frame-ancestors' ? ['*'] : sources)].join(' '))
  .join('; ');

/** The other headers that every page of the client carries, the same in both places. */
export const pageHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=()',
} as const;
