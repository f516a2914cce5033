/** Path patterns that go to the API, uncached; everything else is the client's. */
export const apiPaths = ['/v1/*', '/p/api/*', '/healthz'] as const;

/**
 * CloudFront's viewer-request function. A path is decided by its prefix, never by an error answer, which would turn the API's 404
 * into a page: files are under /assets/ or have a dot in their only segment; under /docs is a page for each path; under /p/u the page of
 * a recipient's own link, under /p/s that of a survey, under /p/f that of a web form; all else is a screen of the client. `fileOf` is the same rule for the local gateway.
 */
export const spaFunction = `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri === '/docs' || uri.indexOf('/docs/') === 0) {
    uri = uri.replace(/\\/+$/, '');
    request.uri = /\\.[a-z0-9]+$/.test(uri) ? uri : uri === '/docs' ? '/docs/index.html' : uri + '.html';
  } else if (uri.indexOf('/p/u/') === 0) request.uri = '/preferences.html';
  else if (uri.indexOf('/p/s/') === 0) request.uri = '/survey.html';
  else if (uri.indexOf('/p/f/') === 0) request.uri = '/form.html';
  else if (uri.indexOf('/assets/') !== 0 && !/^\\/[^\\/]+\\.[a-z0-9]+$/.test(uri)) request.uri = '/index.html';
  return request;
}
`;

/** The file that a path shows, by the rule of `spaFunction`. */
export function fileOf(path: string): string {
  if (path === '/docs' || path.startsWith('/docs/')) {
    const page = path.replace(/\/+$/, '');
    if (/\.[a-z0-9]+$/.test(page)) return page;
    return page === '/docs' ? '/docs/index.html' : `${page}.html`;
  }
  if (path.startsWith('/p/u/')) return '/preferences.html';
  if (path.startsWith('/p/s/')) return '/survey.html';
  if (path.startsWith('/p/f/')) return '/form.html';
  return path.startsWith('/assets/') || /^\/[^/]+\.[a-z0-9]+$/.test(path) ? path : '/index.html';
}
