import { type CountryCode, type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import full from 'libphonenumber-js/metadata.min.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { withoutFormats, withPlainNames } from '../../bin/lean-bundles.ts';

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
});
