import { describe, expect, it } from 'vitest';
import { type Signable, signedHeaders } from '../../functions/kernel/signature.ts';

/** AWS's published test suite for Signature Version 4, those of its requests that have no query. */
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const signing = { credentials, region: 'us-east-1', service: 'service', date: new Date('2015-08-30T12:36:00Z') };
const host = 'example.amazonaws.com';

type Vector = { name: string; request: Partial<Signable>; token?: string; signed: string; signature: string };
const vectors: Vector[] = [
  {
    name: 'get-vanilla',
    request: { method: 'GET' },
    signed: 'host;x-amz-date',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-vanilla-with-session-token',
    request: { method: 'GET' },
    token: '6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267',
    signed: 'host;x-amz-date;x-amz-security-token',
    signature: '07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8',
  },
  {
    name: 'get-header-value-trim',
    request: { method: 'GET', headers: { host, 'my-header1': '   value1', 'my-header2': ' "a   b   c"' } },
    signed: 'host;my-header1;my-header2;x-amz-date',
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  {
    name: 'get-header-key-duplicate',
    request: { method: 'GET', headers: { host, 'my-header1': 'value2,value2,value1' } },
    signed: 'host;my-header1;x-amz-date',
    signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  },
  {
    name: 'get-unreserved',
    request: { method: 'GET', path: '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' },
    signed: 'host;x-amz-date',
    signature: '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  },
  {
    name: 'get-utf8',
    request: { method: 'GET', path: '/ሴ' },
    signed: 'host;x-amz-date',
    signature: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
  },
  {
    name: 'post-vanilla',
    request: { method: 'POST' },
    signed: 'host;x-amz-date',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'post-header-key-sort',
    request: { method: 'POST', headers: { 'my-header1': 'value1', host } },
    signed: 'host;my-header1;x-amz-date',
    signature: 'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
  },
  {
    name: 'post-header-value-case',
    request: { method: 'POST', headers: { host, 'my-header1': 'VALUE1' } },
    signed: 'host;my-header1;x-amz-date',
    signature: 'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
  },
  {
    name: 'post-sts-header-before',
    request: { method: 'POST' },
    token:
      'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==',
    signed: 'host;x-amz-date;x-amz-security-token',
    signature: '85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
  },
  {
    name: 'post-x-www-form-urlencoded',
    request: { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', host }, body: 'Param1=value1' },
    signed: 'content-type;host;x-amz-date',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
  {
    name: 'post-x-www-form-urlencoded-parameters',
    request: {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf8', host },
      body: 'Param1=value1',
    },
    signed: 'content-type;host;x-amz-date',
    signature: '1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe',
  },
];

describe('a signature of the table’s requests', () => {
  it.each(vectors)('is the published one of $name', ({ request, token, signed, signature }) => {
    const asked = { method: 'POST', path: '/', headers: { host }, ...request };
    const headers = signedHeaders(asked, { ...signing, credentials: { ...credentials, ...(token && { sessionToken: token }) } });
    expect(headers.authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signed}, Signature=${signature}`,
    );
    expect(headers['x-amz-date']).toBe('20150830T123600Z');
  });

  it('is made with another key on another day, in another region and for another secret', () => {
    const request = { method: 'POST', path: '/', headers: { host } };
    const signatures = [
      signing,
      { ...signing, date: new Date('2015-08-31T12:36:00Z') },
      { ...signing, region: 'eu-west-3' },
      { ...signing, credentials: { ...credentials, secretAccessKey: 'another' } },
      signing,
    ].map((one) => signedHeaders(request, one).authorization?.split('Signature=')[1]);
    expect(new Set(signatures).size).toBe(4);
    expect(signatures[4]).toBe(signatures[0]);
  });

  it('leaves out what a proxy may change and the count of attempts', () => {
    const headers = { host, 'user-agent': 'x', 'content-length': '3', 'amz-sdk-request': 'attempt=1; max=4', 'amz-sdk-invocation-id': 'x' };
    const { authorization } = signedHeaders({ method: 'POST', path: '/', headers }, signing);
    expect(authorization).toContain('SignedHeaders=host;x-amz-date, ');
  });
});
