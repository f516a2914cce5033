import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow, guarded, unguarded } from '../../functions/exports/cell.ts';
import { countryOf } from '../../functions/imports/countries.ts';
import { cellsOf, datesOf, decimalOf, delimiterOf, encodingOf, hasHeader, nullWordsOf } from '../../functions/imports/detect.ts';
import type { FileSettings, Mapping } from '../../functions/imports/import.ts';
import { interactionOf } from '../../functions/imports/interaction-rows.ts';
import { isKnownHeader, sourceOf, suggested } from '../../functions/imports/mapping.ts';
import { learn, newProfile, repaired } from '../../functions/imports/repair.ts';
import { customersOf, keyOf, type RowPlan } from '../../functions/imports/rows.ts';
import { dateText, momentOf, numberOf, timeOfMoment } from '../../functions/imports/values.ts';
import { channelOf } from '../../functions/imports/words.ts';

const file: FileSettings = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  decimal: '.',
  dateOrder: 'dmy',
  buddhistYears: false,
  nullWords: ['null'],
};
const latin = (text: string, page: 'latin1') => Buffer.from(text, page);

describe('how a file is written', () => {
  it('takes UTF-8 for UTF-8, with and without a mark', () => {
    expect(encodingOf(Buffer.from('nom,ville\nFrédérique,Luleå\n'))).toBe('utf-8');
    expect(encodingOf(Buffer.from('\uFEFFชื่อ,เมือง\n'))).toBe('utf-8');
  });

  it('takes a character that the sample cuts in two for no fault', () => {
    const bytes = Buffer.from(`name\n${'ก'.repeat(50)}`);
    expect(encodingOf(bytes.subarray(0, bytes.length - 1))).toBe('utf-8');
  });

  it('knows Windows-1252 by its accents, Thai by its runs of letters, Arabic, and UTF-16 with or without a mark', () => {
    expect(encodingOf(latin('nom;ville\nFrédérique Citeaux;Besançon\nGénération;Orléans\n', 'latin1'))).toBe('windows-1252');
    const thai = Buffer.from(
      [...'ชื่อ,จังหวัด\nสมชาย ใจดี,เชียงใหม่\nมาลี สุขใจ,ขอนแก่น\n'].map((char) =>
        char.charCodeAt(0) > 127 ? char.charCodeAt(0) - 0x0e00 + 0xa0 : char.charCodeAt(0),
      ),
    );
    expect(encodingOf(thai)).toBe('windows-874');
    expect(new TextDecoder('windows-874').decode(thai)).toContain('สมชาย ใจดี');
    expect(encodingOf(Buffer.from('\uFEFFname,city\nAna,Cebu\n', 'utf16le'))).toBe('utf-16le');
    expect(encodingOf(Buffer.from('name,city\nAna,Cebu\n', 'utf16le'))).toBe('utf-16le');
  });

  it('finds comma, semicolon, tab and pipe, also where another sign is in the text', () => {
    for (const delimiter of [',', ';', '\t', '|'])
      expect(
        delimiterOf(
          ['name', 'city', 'note'].join(delimiter) +
            '\n' +
            ['Ana', 'Cebu', 'a, b; c'].join(delimiter).replace(delimiter === ',' ? 'a, b' : '\0', 'a') +
            '\n',
        ),
      ).toBe(delimiter);
    expect(delimiterOf('name;amount\nAna;1,50\nBea;2,75\n')).toBe(';');
  });

  it('tells a header from data', () => {
    expect(
      hasHeader(
        [
          ['name', 'city'],
          ['Ana', 'Cebu'],
        ],
        isKnownHeader,
      ),
    ).toBe(true);
    expect(
      hasHeader(
        [
          ['Ana', 'ana@example.com'],
          ['Bea', 'bea@example.com'],
        ],
        isKnownHeader,
      ),
    ).toBe(false);
    expect(
      hasHeader(
        [
          ['foo', 'bar'],
          ['x', '12'],
        ],
        isKnownHeader,
      ),
    ).toBe(true);
  });

  it('finds the words for nothing, the decimal comma, the order of a date and Buddhist years', () => {
    expect(
      nullWordsOf([
        ['NULL', 'x'],
        ['-', '\\N'],
      ]),
    ).toEqual(['null', '\\n', '-']);
    expect(decimalOf([['1,50'], ['2,75']], ';')).toBe(',');
    expect(decimalOf([['1.50'], ['1,200.75']], ',')).toBe('.');
    expect(datesOf([['13/02/2026'], ['01/02/2026']], 'PH')).toEqual({ dateOrder: 'dmy', buddhistYears: false });
    expect(datesOf([['02/13/2026']], 'TH')).toEqual({ dateOrder: 'mdy', buddhistYears: false });
    expect(datesOf([['01/02/2569']], 'TH')).toEqual({ dateOrder: 'dmy', buddhistYears: true });
    expect(datesOf([['2026-02-01']], 'PH').dateOrder).toBe('ymd');
    expect(datesOf([['01/02/2026']], 'PH').dateOrder).toBe('mdy');
  });

  it('reads cells with broken quotes all the same', () => {
    expect(cellsOf('a,b\n1,say "hi" now\n', ',')).toEqual([
      ['a', 'b'],
      ['1', 'say "hi" now'],
    ]);
    expect(cellsOf('a,b\n"never closed,2\n3,4\n', ',')).toHaveLength(3);
  });
});

describe('what a cell says', () => {
  it('reads dates of five countries', () => {
    const day = (text: string, settings: Partial<FileSettings> = {}) => {
      const moment = momentOf(text, { ...file, ...settings });
      return moment && dateText(moment);
    };
    expect(day('21/3/2026')).toBe('2026-03-21');
    expect(day('3/21/2026', { dateOrder: 'mdy' })).toBe('2026-03-21');
    expect(day('21/3/2569', { buddhistYears: true })).toBe('2026-03-21');
    expect(day('๒๑/๓/๒๕๖๙', { buddhistYears: true })).toBe('2026-03-21');
    expect(day('21 mars 2026')).toBe('2026-03-21');
    expect(day('21 มี.ค. 2569', { buddhistYears: true })).toBe('2026-03-21');
    expect(day('20260321')).toBe('2026-03-21');
    expect(day('29/02/2027')).toBeUndefined();
    expect(day('31/13/2026')).toBeUndefined();
  });

  it('puts wall time in the workspace’s zone', () => {
    const moment = momentOf('2026-03-21 09:30', file)!;
    expect(timeOfMoment(moment, 'Asia/Manila')).toBe(Date.UTC(2026, 2, 21, 1, 30));
    expect(timeOfMoment(momentOf('2026-03-21T09:30:00Z', file)!, 'Asia/Manila')).toBe(Date.UTC(2026, 2, 21, 9, 30));
  });

  it('reads numbers with either decimal sign, and nothing that is none', () => {
    expect(numberOf('1.234,50', ',')).toBe(1234.5);
    expect(numberOf('1,234.50', '.')).toBe(1234.5);
    expect(numberOf('١٢٣', '.')).toBe(123);
    expect(numberOf('12a', '.')).toBeUndefined();
    expect(numberOf('1.2.3', '.')).toBeUndefined();
  });

  it('knows countries by their names in many languages, by code, and as people call them', () => {
    expect(['UK', 'USA', 'Germany', 'Mexique', 'ไทย', 'پاکستان', 'Pilipinas', 'U.K.', 'ph', 'Venezuela'].map(countryOf)).toEqual([
      'GB',
      'US',
      'DE',
      'MX',
      'TH',
      'PK',
      'PH',
      'GB',
      'PH',
      'VE',
    ]);
    expect(countryOf('Atlantis')).toBeUndefined();
  });

  it('keeps a channel that is none of ours beside its word', () => {
    expect(channelOf('Postal mail')).toEqual({ channel: 'letter', via: null, sourceWord: null });
    expect(channelOf('WhatsApp')).toEqual({ channel: 'chat', via: 'whatsapp', sourceWord: null });
    expect(channelOf('Referral')).toEqual({ channel: 'other', via: null, sourceWord: 'Referral' });
  });
});

describe('what no spreadsheet calculates', () => {
  const texts = fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '＝', '＋', ' ', '\t', '\uFEFF', '\u200B', 'a', '1', '"', '\n', ','),
  });

  it('leaves no cell that begins like a formula, whatever stands before it', () => {
    fc.assert(fc.property(texts, (text) => !/^[\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(guarded(text)) && !/^[\t\r\n]/.test(guarded(text))));
  });

  it('gives every value back', () => {
    fc.assert(fc.property(texts, (text) => unguarded(guarded(text)) === text));
  });

  it('quotes a row so that it is read as it was', () => {
    fc.assert(
      fc.property(
        fc.array(texts, { minLength: 2 }),
        (row) => JSON.stringify(cellsOf(csvRow(row, ','), ',')[0] ?? row) === JSON.stringify(row),
      ),
    );
  });
});

describe('rows with a field too many', () => {
  const isEmpty = (cell: string) => cell === '';
  const rows = Array.from({ length: 30 }, (_, at) => [
    `Shop ${at}`,
    `${at} Rizal Avenue`,
    ['Cebu', 'Davao', 'Iloilo'][at % 3]!,
    String(6000 + at),
    `032 555 ${1000 + at}`,
  ]);
  const profile = newProfile(5);
  for (const row of rows) learn(profile, row, isEmpty);
  const fix = (fields: string[]) => repaired(profile, fields, { delimiter: ',', isEmpty });

  it('joins the neighbours after which every column is again of its kind', () => {
    expect(fix(['Shop 31', '31 Rizal Avenue', ' corner Mabini', 'Cebu', '6001', '032 555 2000'])).toMatchObject({
      column: 1,
      cells: ['Shop 31', '31 Rizal Avenue, corner Mabini', 'Cebu', '6001', '032 555 2000'],
    });
  });

  it('leaves a row alone where no place is clearly the best', () => {
    expect(fix(['x', 'y', 'z', 'u', 'v', 'w'])).toBeUndefined();
    expect(repaired(newProfile(3), ['a', 'b', 'c', 'd'], { delimiter: ',', isEmpty })).toBeUndefined();
  });

  it('is not led astray by words that are properties of every object', () => {
    const odd = newProfile(2);
    for (let at = 0; at < 10; at++) learn(odd, ['__proto__', 'constructor'], isEmpty);
    expect(odd.columns[0]?.values).toEqual({ '=__proto__': 10 });
    expect(({} as Record<string, unknown>).full).toBeUndefined();
  });
});

describe('which column is what', () => {
  const columns = (headers: string[], target: 'customers' | 'interactions' = 'customers') =>
    suggested({ target, headers, name: 'x.csv', customFields: [{ key: 'tier', label: 'Gold tier' }] }).mapping;

  it('reads headers in five languages', () => {
    expect(columns(['First Name', 'last_name', 'E-mail', 'Mobile No', 'Gold tier']).columns).toEqual([
      'givenName',
      'familyName',
      'email',
      null,
      'custom.tier',
    ]);
    expect(columns(['Prénom', 'Nom', 'Courriel', 'Ville', 'Pays']).columns).toEqual([
      'givenName',
      'familyName',
      'email',
      'city',
      'country',
    ]);
    expect(columns(['Pangalan', 'Telepono', 'Lungsod', 'Bansa']).columns).toEqual(['name', 'phone', 'city', 'country']);
    expect(columns(['نام', 'موبائل', 'شہر', 'ملک']).columns).toEqual(['name', 'mobile', 'city', 'country']);
    expect(columns(['ชื่อ', 'นามสกุล', 'อีเมล', 'จังหวัด']).columns).toEqual(['givenName', 'familyName', 'email', 'region']);
  });

  it('makes a company and a person of a row that names both', () => {
    expect(columns(['companyName', 'contactName', 'contactTitle', 'email'])).toMatchObject({
      kind: 'company',
      columns: ['name', 'contact.name', 'contact.jobTitle', 'contact.email'],
    });
    expect(columns(['name', 'company', 'title'])).toMatchObject({ kind: 'person', columns: ['name', 'company.name', 'jobTitle'] });
    expect(columns(['company', 'phone'])).toMatchObject({
      kind: 'company',
      columns: ['name', 'phone'],
    });
  });

  it('names the source after the file', () => {
    expect([sourceOf('Northwind Customers.csv'), sourceOf('ลูกค้า.xlsx'), sourceOf('2026-export.csv')]).toEqual([
      'northwind-customers',
      'file',
      'export',
    ]);
  });
});

const plan = (mapping: Partial<Mapping>, headers: string[]): RowPlan => ({
  headers,
  mapping: { columns: [], kind: 'person', source: 'shop', defaults: {}, tags: [], ...mapping } as Mapping,
  file,
  zone: 'Asia/Manila',
  customFields: [{ key: 'points', label: 'Points', kind: 'number', choices: [], removedAt: null }],
  members: new Map([['ana@suki.example', 'mem_01J8Z3T8Q4V6N2K7M5R0B1C2D3']]),
  now: Date.UTC(2026, 10, 22),
});

describe('a row to customers', () => {
  it('names every wrong cell at once, by its column', () => {
    const made = customersOf(
      plan({ columns: ['name', 'email', 'country', 'custom.points', 'owner'] }, ['Name', 'Mail', 'Land', 'Points', 'Owner']),
      7,
      ['Ana', 'not-an-address', 'Atlantis', 'many', 'nobody@x.example'],
    );
    expect('errors' in made && made.errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [7, 'Owner', 'no_such_member'],
      [7, 'Land', 'unknown_country'],
      [7, 'Points', 'wrong_kind'],
    ]);
  });

  it('says which cell is no e-mail, and that a name is missing', () => {
    const columns = plan({ columns: ['name', 'email'] }, ['Name', 'Mail']);
    const wrong = customersOf(columns, 2, ['Ana', 'ana at example']);
    expect('errors' in wrong && wrong.errors[0]?.column).toBe('Mail');
    const nameless = customersOf(columns, 3, ['', 'ana@example.com']);
    expect('errors' in nameless && nameless.errors).toEqual([{ row: 3, column: null, code: 'missing', detail: 'no name' }]);
  });

  it('takes a character that the encoding does not have for an error of the row', () => {
    const made = customersOf(plan({ columns: ['name'] }, ['Name']), 2, ['Fran\uFFFDois']);
    expect('errors' in made && made.errors[0]?.code).toBe('undecodable');
  });

  it('gives the company key, address, country, phone and fax, the person <key>:contact, name and job title', () => {
    const made = customersOf(
      plan(
        { kind: 'company', columns: ['key', 'name', 'contact.name', 'contact.jobTitle', 'street', 'country', 'phone', 'fax'] },
        Array(8).fill('x'),
      ),
      2,
      ['A 1', 'Acme', 'Ana', 'Owner', 'Main 1', 'UK', '1', '2'],
    );
    if ('errors' in made) throw new Error(JSON.stringify(made.errors));
    const [company, person] = made.customers.map(({ input }) => input);
    expect(company).toMatchObject({
      kind: 'company',
      externalKeys: [{ source: 'shop', id: 'A~201' }],
      phones: [{ type: 'landline' }, { type: 'fax' }],
      addresses: [{ country: 'GB' }],
    });
    expect(person).toMatchObject({
      kind: 'person',
      name: 'Ana',
      jobTitle: 'Owner',
      externalKeys: [{ source: 'shop', id: 'A~201:contact' }],
      phones: [],
      addresses: [],
    });
  });

  it('makes any text a key that the API takes, and never the same of two', () => {
    expect(keyOf('ä/1 b')).toMatch(/^[A-Za-z0-9._~:-]+$/);
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => a === b || keyOf(a) !== keyOf(b)));
  });
});

describe('a row to an interaction', () => {
  const columns = plan({ columns: ['customer.name', 'occurredAt', 'channel', 'key'] }, ['Company', 'Date', 'Via', 'Id']);

  it('has the same id at every import, and another for another row', () => {
    const id = (key: string) => {
      const made = interactionOf(columns, 2, ['Acme', '2026-03-21', 'Web', key]);
      return 'errors' in made ? undefined : made.id;
    };
    expect(id('1')).toBe(id('1'));
    expect(id('1')).not.toBe(id('2'));
  });

  it('puts a day without a time at noon where the workspace is', () => {
    const made = interactionOf(columns, 2, ['Acme', '2026-03-21', 'Web', '1']);
    expect('errors' in made ? made.errors : made.occurredAt).toBe('2026-03-21T04:00:00.000Z');
  });

  it('refuses what has not happened yet, and what has no customer, date or channel', () => {
    const codes = (cells: string[]) => {
      const made = interactionOf(columns, 2, cells);
      return 'errors' in made ? made.errors.map(({ code }) => code) : [];
    };
    expect(codes(['Acme', '2030-01-01', 'Web', '1'])).toEqual(['in_future']);
    expect(codes(['Acme', '1900-01-01', 'Web', '1'])).toEqual(['too_early']);
    expect(codes(['', '', '', '1'])).toEqual(['missing', 'missing', 'missing']);
  });
});
