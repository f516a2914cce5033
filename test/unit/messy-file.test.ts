import { describe, expect, it } from 'vitest';
import { cellsOf, datesOf, delimiterOf, encodingOf, hasHeader, nullWordsOf } from '../../functions/imports/detect.ts';
import { isKnownHeader, suggested } from '../../functions/imports/mapping.ts';
import { learn, newProfile, repaired } from '../../functions/imports/repair.ts';
import { demoWorkspaces } from '../../local/demo/people.ts';
import { messyFile } from '../../web/src/imports/sample.ts';

const isEmpty = (cell: string) => ['', 'null', 'n/a'].includes(cell.trim().toLowerCase());

describe('the messy file of the import wizard', () => {
  const read = async () => {
    const bytes = new Uint8Array(await messyFile().arrayBuffer());
    const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
    return { bytes, text, rows: cellsOf(text, delimiterOf(text)) };
  };

  it('is Windows-1252 with semicolons, Buddhist years and words for nothing, and is found to be', async () => {
    const { bytes, text, rows } = await read();
    expect(encodingOf(bytes)).toBe('windows-1252');
    expect(delimiterOf(text)).toBe(';');
    expect(hasHeader(rows, isKnownHeader)).toBe(true);
    expect(nullWordsOf(rows)).toEqual(['null', 'n/a']);
    expect(datesOf(rows, 'FR')).toEqual({ dateOrder: 'dmy', buddhistYears: true });
    expect(text).toContain('Crèche Les P’tits Loups');
  });

  it('is understood column by column', async () => {
    const { rows } = await read();
    const { mapping, match } = suggested({
      target: 'customers',
      headers: rows[0]!,
      name: 'clients-lyon.csv',
      customFields: demoWorkspaces[0]!.fields,
    });
    expect(mapping.columns).toEqual([
      'key',
      'name',
      'contact.name',
      'contact.jobTitle',
      'street',
      'city',
      'postalCode',
      'country',
      'phone',
      'contact.email',
      'custom.cartridgeDueOn',
    ]);
    expect(match).toBe('key');
  });

  it('has three rows with a separator too many, all of which the repair puts right', async () => {
    const [header = [], ...rows] = (await read()).rows;
    const profile = newProfile(header.length);
    for (const row of rows) if (row.length === header.length) learn(profile, row, isEmpty);
    const ragged = rows.filter((row) => row.length !== header.length);
    expect(ragged).toHaveLength(3);
    for (const row of ragged) {
      const right = repaired(profile, row, { delimiter: ';', isEmpty });
      expect(right?.column, row.join(';')).toBe(header.indexOf('Adresse'));
      expect(right?.cells).toHaveLength(header.length);
    }
  });
});
