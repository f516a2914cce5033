import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { type CountryCode, type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import full from 'libphonenumber-js/metadata.min.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { withoutFormats, withPlainNames, withShortErrors } from '../../bin/lean-bundles.ts';

const packages = resolve(import.meta.dirname, '../../node_modules/@aws-sdk');
const clients = readdirSync(packages).filter((name) => existsSync(resolve(packages, name, 'dist-es/models/errors.js')));

type ErrorClass = { new (given: object): Error; shapeId?: string };
/** The classes of a file of the SDK, over the base that they all have. */
function errorsOf(source: string): Record<string, ErrorClass> {
  const plain = source.replace(/^import .*$/gm, '').replace(/^export class (\w+)/gm, 'classes.$1 = class $1');
  const classes: Record<string, ErrorClass> = {};
  new Function('classes', '__BaseException', plain)(classes, DynamoDBServiceException);
  return classes;
}

describe('smaller bundles', () => {
  it('find the same international form of every country’s numbers without the metadata’s formats', () => {
    const lean = withoutFormats(full as never) as unknown as MetadataJson;
    const form = (text: string, country: CountryCode, metadata: MetadataJson) => {
      const parsed = parsePhoneNumberFromString(text, country, metadata);
      return parsed && [parsed.number, parsed.isPossible()];
    };
    for (const [country, number] of Object.entries(examples) as [CountryCode, string][])
      for (const text of [number, `0${number}`, `00${number}`, number.slice(0, -1), number.replace(/(..)/g, '$1 ')])
        expect(form(text, country, lean), `${country} ${text}`).toEqual(form(text, country, full as never));
  });

  it('have the metadata at less than half its size', () => {
    expect(JSON.stringify(withoutFormats(full as never)).length).toBeLessThan(JSON.stringify(full).length / 2);
  });

  it('put in only names that stand for a text in the same file', () => {
    expect(withPlainNames('const _h = "http";\nlet x = { [_h]: 1, [_other]: 2 };')).toBe(
      'const _h = "http";\nlet x = { "http": 1, [_other]: 2 };',
    );
  });

  it.each(clients)('make the errors of %s from one class, each as it was', (client) => {
    const source = readFileSync(resolve(packages, client, 'dist-es/models/errors.js'), 'utf8');
    const [whole, short] = [errorsOf(source), errorsOf(withShortErrors(source))];
    expect(Object.keys(short)).toEqual(Object.keys(whole));
    expect(withShortErrors(source).length).toBeLessThan(source.length / 2);
    const given = Object.fromEntries([...source.matchAll(/opts\.(\w+)/g)].map(([, field]) => [field!, `the ${field}`]));
    for (const [name, Whole] of Object.entries(whole)) {
      const Short = short[name]!;
      const [a, b] = [
        new Whole({ message: 'no', $metadata: { attempts: 1 }, ...given }),
        new Short({ message: 'no', $metadata: { attempts: 1 }, ...given }),
      ];
      expect({ ...b }, name).toEqual({ ...a });
      expect([b.message, b.name, Short.shapeId], name).toEqual([a.message, a.name, Whole.shapeId]);
      expect(b instanceof Short && b instanceof Error, name).toBe(true);
    }
  });
});
