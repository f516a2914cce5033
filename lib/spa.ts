/** Path patterns that go to the API, uncached; everything else is the client's. */
export const apiPaths = ['/v1/*', '/p/api/*', '/docs*', '/healthz'] as const;

/**
 * CloudFront's viewer-request function. A path is decided by its prefix, never by an error answer, which would turn the API's 404
 * into a page: files are under /assets/ or have a dot in their only segment, all else is a screen of the client.
 */
export const spaFunction = `function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri.indexOf('/assets/') !== 0 && !/^\\/[^\\/]+\\.[a-z0-9]+$/.test(uri)) request.uri = '/index.html';
  return request;
}
`;
