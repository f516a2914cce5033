import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { localWord, phoneWords } from '../../functions/customers/phone-words.ts';
import { hits, planSearch } from '../../functions/customers/search.ts';
import { maxSearchWords, maxTextBytes, partitionOf, type Searchable, searchWords, textOf } from '../../functions/customers/search-words.ts';
import { stored } from '../search/memory.ts';
import { fullNames } from './names.ts';

const customer = (fields: object): Searchable => stored(CustomerInput.parse({ kind: 'person', name: 'Ana', ...fields }));
const phone = (number: string, e164: string | null = null) => ({
  phones: [{ number, e164, type: 'mobile' as const, label: null, primary: true }],
});
const withPhone = (number: string, e164?: string): Searchable => ({ ...customer({ name: 'Luz' }), ...phone(number, e164) });

/** Whether a search finds this customer in an index that holds only her. */
function finds(query: string, found: Searchable, companyName?: string): boolean {
  const plan = planSearch(query);
  if (!plan) return false;
  const text = textOf(found, companyName);
  const rows = searchWords(found, companyName)
    .filter((word) => partitionOf(word) === plan.partition && `${word}#1` >= plan.from && `${word}#1` <= plan.to)
    .map((word) => ({ word, customerId: '1', text, name: found.name }));
  return hits(rows, plan).length === 1;
}

describe('the words of a customer', () => {
  it('are her names, contacts, keys, town and the telling word of her street', () => {
    const ana = customer({
      name: 'Ana Trujillo',
      emails: [{ address: 'Contact@Batis.example' }],
      phones: [{ number: '+63 917 555 0123' }],
      externalKeys: [{ source: 'northwind', id: 'TRUJI' }],
      addresses: [{ lines: ['Avda. de la Constitución 2222'], city: 'México D.F.' }],
    });
    expect(searchWords(ana, 'Batis Water Ltd').sort()).toEqual(
      'ana trujillo contact@batis.example batis.example 9175550123 639175550123 constitucion mexico water'.split(' ').sort(),
    );
  });

  it('are 8 for a customer with two names, an e-mail, a phone, a key, a street and a town', () => {
    const usual = {
      emails: [{ address: 'office@gmail.com' }],
      phones: [{ number: '+1 212 555 0101' }],
      addresses: [{ lines: ['1 Elm Street'], city: 'Springfield' }],
    };
    expect(searchWords(customer({ name: 'Pedro Garcia', ...usual, externalKeys: [{ source: 'shop', id: 'P1' }] }))).toHaveLength(8);
  });

  it('leave out what another word begins with, for a search reads by prefix', () => {
    expect(searchWords(customer({ name: 'Ana', emails: [{ address: 'ana@gmail.com' }] }))).toEqual(['ana@gmail.com']);
  });

  it('leave out the domain of a mailbox for everybody, particles, and the legal form of a company', () => {
    expect(searchWords(customer({ name: 'Maria de la Cruz', emails: [{ address: 'm1@gmail.com' }] }))).toEqual([
      'maria',
      'cruz',
      'm1@gmail.com',
    ]);
    expect(searchWords(customer({ kind: 'company', name: 'Pearl Co Ltd' }))).toEqual(['pearl']);
    expect(searchWords(customer({ kind: 'company', name: 'บริษัท สยาม จำกัด (มหาชน)' }))).toEqual(['สยาม', 'ยาม']);
    expect(searchWords(customer({ name: 'Maria Co' }))).toEqual(['maria', 'co']);
  });

  it('are never more than 24, the name and the first contacts among them', () => {
    const rich = customer({
      name: 'สมหญิงรักเรียน ศรีสุขวงศ์สว่างอารมณ์',
      emails: Array.from({ length: 10 }, (_, at) => ({ address: `mail${at}@firm${at}.example` })),
      phones: Array.from({ length: 10 }, (_, at) => ({ number: `+66 81 555 01${at}0` })),
    });
    const found = searchWords(rich);
    expect(found).toHaveLength(maxSearchWords);
    expect(found).toEqual(expect.arrayContaining(['สมหญิงรั', '815550100', 'mail0@firm0.example']));
  });

  it('stand in partitions of their first two letters', () => {
    expect(['constitucion', 'นภาพร', '9175550123'].map(partitionOf)).toEqual(['co', 'นภ', '91']);
  });

  it('and her text stay in their bounds, whatever is written in her fields', () => {
    const any = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    const fields = fc.record({ name: any, givenName: any, lines: fc.array(any, { maxLength: 5 }), company: any, number: any });
    fc.assert(
      fc.property(fields, ({ name, givenName, lines, company, number }) => {
        const addresses = [{ lines, city: company, label: null, region: null, postalCode: null, country: null, primary: true }];
        const odd = { ...withPhone(number), name, givenName, addresses };
        expect(searchWords(odd, company).length).toBeLessThanOrEqual(maxSearchWords);
        expect(new Set(searchWords(odd, company)).size).toBe(searchWords(odd, company).length);
        expect(Buffer.byteLength(textOf(odd, company))).toBeLessThanOrEqual(maxTextBytes);
      }),
    );
  });
});

describe('a phone number', () => {
  const forms = [
    '0917 555 0123',
    '+63 917 555 0123',
    '917-555-0123',
    '(0917) 5550123',
    '+63 (0)917 555 0123',
    '0063 917 5550123',
    '639175550123',
    '٠٩١٧٥٥٥٠١٢٣',
  ];

  it.each(forms)('is found as %s, however it was written down', (asked) => {
    for (const written of forms) expect(finds(asked, withPhone(written, '+639175550123')), written).toBe(true);
  });

  it.each(forms.slice(0, 4))('whose country nobody knows is found as %s', (asked) => {
    for (const written of ['0917 555 0123', '917-555-0123', '(0917) 5550123']) expect(finds(asked, withPhone(written)), written).toBe(true);
  });

  it('is found by its beginning, and not by the number of another country', () => {
    for (const asked of ['0917', '917 555', '+63', '+63 917', '63917'])
      expect(finds(asked, withPhone('+63 917 555 0123')), asked).toBe(true);
    expect(finds('+1 917 555 0123', withPhone('+63 917 555 0123'))).toBe(false);
  });

  it('is found without its area code where the writer set that apart', () => {
    expect(finds('555-4729', withPhone('(5) 555-4729'))).toBe(true);
    expect(localWord('+63 2 8555 0100', 'landline')).toBe('85550100');
    expect(localWord('+63 917 555 0123', 'mobile')).toBeUndefined();
  });

  it('has the country codes of one, two and three digits', () => {
    const nationals = ['+1 212 555 0101', '+44 20 7946 0000', '+852 5550 0101', '+7 495 555 01 01'].map(
      (number) => phoneWords(number)?.national,
    );
    expect(nationals).toEqual(['2125550101', '2079460000', '55500101', '4955550101']);
  });

  it('loses its extension, and text without digits is none', () => {
    expect(phoneWords('+63 2 8555 0100 ext. 12')?.national).toBe('285550100');
    expect(phoneWords('unknown')).toBeUndefined();
  });
});

describe('a search', () => {
  it('looks up its most telling word and checks the others', () => {
    expect(planSearch('ana trujillo')).toMatchObject({ partition: 'tr', from: 'trujillo', to: 'trujillo\u{10ffff}' });
    expect(planSearch('ana 0917 555 0123')).toMatchObject({ from: '9175550123' });
    expect(planSearch('hotel ana@batis.example')).toMatchObject({ from: 'ana@batis.example' });
    expect(planSearch('company de la luz')).toMatchObject({ from: 'luz' });
  });

  it('of less than two letters asks for more', () => {
    for (const query of ['', ' ', 'a', '-', 'น', '0']) expect(planSearch(query)).toBeUndefined();
  });

  it('reads Thai by any part of a name, with or without a space', () => {
    const napaporn = customer({ name: 'นภาพร ศรีสุขวงศ์' });
    for (const asked of ['นภา', 'ศรีสุข', 'วงศ์', 'นภาพรศรีสุขวงศ์', 'ศรีสุขวงศ์ นภาพร']) expect(finds(asked, napaporn), asked).toBe(true);
    expect(finds('นภาลัย', napaporn)).toBe(false);
  });

  it('finds a member of staff by the company', () => {
    expect(finds('luntian ana', customer({ name: 'Ana Reyes' }), 'Luntian Hotel Corp')).toBe(true);
  });

  it('puts the very name first, then names that begin so, then other matches, each customer once', () => {
    const row = (customerId: string, name: string, word = 'ana') => ({
      customerId,
      name,
      word,
      text: `${name.toLowerCase()} ana@x.example`,
    });
    const rows = [
      row('5', 'Zoe Reyes', 'ana@x.example'),
      row('3', 'Anabel Cruz', 'anabel'),
      row('4', 'Luz Ana'),
      row('2', 'Ana Reyes'),
      row('1', 'Ana'),
      row('2', 'Ana Reyes'),
    ];
    const plan = planSearch('ana');
    expect(plan && hits(rows, plan).map(({ customerId }) => customerId)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('finds everybody by her names in either order, each begun', () => {
    const named = [...fullNames('latin'), ...fullNames('urdu')].filter((name) => /^[\p{L}\p{M}]{3,} [\p{L}\p{M}]{3,}$/u.test(name));
    fc.assert(
      fc.property(fc.constantFrom(...named), fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 9 }), (name, first, last) => {
        const [given = '', family = ''] = name.split(' ');
        expect(finds(`${family.slice(0, last)} ${given.slice(0, first)}`, customer({ name })), name).toBe(true);
      }),
    );
  });

  it('finds everybody by the name as it stands, with or without spaces, codes and punctuation', () => {
    const syllables = fc.constantFrom('นภา', 'พร', 'ศรี', 'สุข', 'เพ็ญ', 'แก้ว', 'วงศ์', 'น้ำ', ' ', 'A', '7');
    const thai = fc.array(syllables, { minLength: 2, maxLength: 6 }).map((parts) => `นา${parts.join('').trim()}`);
    const odd = [
      '7-Eleven',
      'Work@Home',
      'J.P. Morgan',
      'Studio 54',
      '(The) Best+Co.',
      "N'Golo",
      'A/S Norden',
      '24-7 Shop',
      'de.luz',
      'ร้าน7-11',
    ];
    fc.assert(fc.property(fc.oneof(thai, fc.constantFrom(...odd)), (name) => finds(name, customer({ name }))));
  });

  it('never fails, whatever is typed', () => {
    const luz = withPhone('0917 555 0123');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (query) => typeof finds(query, luz) === 'boolean'));
    fc.assert(fc.property(fc.stringMatching(/^[0-9+() .@a-c-]{0,40}$/), (query) => typeof finds(query, luz) === 'boolean'));
  });
});
