import { describe, expect, it } from 'vitest';
import { services } from '../../lib/services.ts';
import { answerOf, eventOf, matchRoute } from '../../local/payload.ts';

describe('finding the service of a request', () => {
  it('gives every route of the table to the service that lists it', () => {
    const routes = Object.entries(services).flatMap(([service, { routes }]) =>
      Object.values(routes).map((route) => ({ service, ...route })),
    );
    const wrong = routes.filter(({ service, method, path }) => {
      const match = matchRoute(method, path.replace(/\{\w+\}/g, 'x1'));
      return match.service !== service || match.routeKey !== `${method} ${path}`;
    });
    expect(wrong.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('prefers a literal segment to a parameter, and goes back to the parameter where the rest does not fit', () => {
    expect(matchRoute('POST', '/v1/customers/search').routeKey).toBe('POST /v1/customers/search');
    expect(matchRoute('GET', '/v1/customers/search')).toMatchObject({
      routeKey: 'GET /v1/customers/{id}',
      pathParameters: { id: 'search' },
    });
  });

  it('decodes parameters', () => {
    expect(matchRoute('GET', '/v1/customers/a%2Fb%20%C3%B1').pathParameters).toEqual({ id: 'a/b ñ' });
  });

  it.each(['/v1/customers/', '/v1//customers', '/v1/customers/%', '/v1/customers/%E0%A4', '/v1', '/', '', `/v1${'/a'.repeat(40)}`])(
    'leaves %j to the default route',
    (path) => expect(matchRoute('GET', path).routeKey).toBe('$default'),
  );

  it('leaves a method that the path does not have to the default route', () => {
    expect(matchRoute('PUT', '/v1/customers').routeKey).toBe('$default');
    expect(matchRoute('HEAD', '/v1/customers').routeKey).toBe('$default');
  });
});

describe('the event of payload 2.0', () => {
  const event = (contentType: string | undefined, body: string | Buffer, query = '') =>
    eventOf(
      {
        method: 'POST',
        path: '/v1/customers',
        query,
        headers: { host: 'localhost', cookie: 'a=1; b=2', ...(contentType && { 'content-type': contentType }) },
        body: Buffer.from(body),
        sourceIp: '127.0.0.1',
      },
      matchRoute('POST', '/v1/customers'),
    );

  it.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/csv', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/merge-patch+json', true],
    ['application/problem+json', true],
    ['multipart/form-data; boundary=x', true],
    [undefined, true],
  ])('carries a body of type %s as base64: %s', (type, isBase64Encoded) => {
    const made = event(type, '{"a":"ñ"}');
    expect(made.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(made.body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString()).toBe('{"a":"ñ"}');
  });

  it('joins repeated query values, keeps the raw query, and takes cookies out of the headers', () => {
    const made = event('application/json', '', 'tag=a&tag=b&q=x%20y&__proto__=z');
    expect(made.queryStringParameters).toEqual(JSON.parse('{"tag":"a,b","q":"x y","__proto__":"z"}'));
    expect([made.rawQueryString, made.cookies, made.headers.cookie]).toEqual([
      'tag=a&tag=b&q=x%20y&__proto__=z',
      ['a=1', 'b=2'],
      undefined,
    ]);
    expect([made.body, made.isBase64Encoded]).toEqual([undefined, false]);
  });

  it('takes a result without a status code for the body of a 200', () => {
    expect(answerOf({ hello: 1 })).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(answerOf({ statusCode: 204 })).toMatchObject({ status: 204, headers: {} });
  });
});
