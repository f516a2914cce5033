import { describe, expect, it } from 'vitest';
import { formFields } from '../../functions/kernel/form.ts';

const part = (head: string, value: string) => `--b1\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;

describe('a form that comes in', () => {
  it('is read where it is url-encoded', () => {
    expect(formFields('application/x-www-form-urlencoded; charset=utf-8', 'a=1&b=two+words&a=3')).toEqual({ a: '3', b: 'two words' });
  });

  it('is read where it is multipart, with its boundary quoted or not', () => {
    const body = `${part('name="a"', 'one')}${part('name="b"', 'two\r\nlines')}--b1--\r\n`;
    for (const type of ['multipart/form-data; boundary=b1', 'Multipart/Form-Data; boundary="b1"'])
      expect(formFields(type, body)).toEqual({ a: 'one', b: 'two\r\nlines' });
  });

  it('leaves files aside', () => {
    expect(formFields('multipart/form-data; boundary=b1', `${part('name="f"; filename="x.exe"', 'MZ')}--b1--`)).toEqual({});
  });

  it('is none with any other media type', () => {
    for (const type of ['', 'application/json', 'text/plain', 'multipart/mixed; boundary=b1'])
      expect(formFields(type, 'a=1')).toBeUndefined();
  });

  it('takes no more fields than a form of ours has, and no name for more than a name', () => {
    const many = Array.from({ length: 500 }, (_, at) => `n${at}=1`).join('&');
    expect(Object.keys(formFields('application/x-www-form-urlencoded', many) ?? {})).toHaveLength(20);
    const hostile = formFields('application/x-www-form-urlencoded', '__proto__=x&constructor=y') ?? {};
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(Object.getPrototypeOf(hostile)).toBe(Object.prototype);
  });

  it('is empty where it is broken', () => {
    for (const body of ['', '--b1', '--b1\r\n', 'nothing', `--b1\r\nContent-Disposition: form-data; name="a"`])
      expect(formFields('multipart/form-data; boundary=b1', body)).toEqual({});
    expect(formFields('multipart/form-data', part('name="a"', 'x'))).toEqual({});
  });
});
