import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../functions/admin/workspace.ts';
import { newWorkspace } from '../../functions/admin/workspace.ts';
import { Campaign, Content, isControl, variantOf } from '../../functions/campaigns/campaign.ts';
import { contentErrors, renderFor } from '../../functions/campaigns/content.ts';
import { Customer } from '../../functions/customers/customer.ts';

const now = Date.parse('2026-11-30T06:00:00Z');
const workspace: Workspace = {
  ...newWorkspace('abcd1234', { name: 'Batis & Co', timeZone: 'Asia/Manila' }, '2026-01-01T00:00:00Z'),
  fields: [
    { key: 'serviceDue', label: 'Service due', kind: 'date', choices: [], removedAt: null },
    { key: 'litres', label: 'Litres', kind: 'number', choices: [], removedAt: null },
    { key: 'old', label: 'Old', kind: 'text', choices: [], removedAt: '2026-02-01T00:00:00Z' },
  ],
};
const links = { unsubscribe: 'https://suki.example/p/u/1', preferences: 'https://suki.example/p/u/2' };
const person = (fields: object = {}): Customer =>
  Customer.parse({
    id: 'cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3',
    kind: 'person',
    name: 'Ana Trujillo',
    givenName: 'Ana',
    via: 'person',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    version: 1,
    ...fields,
  });
const contentOf = (texts: object, more: object = {}): Content =>
  Content.parse({ topic: 'news', fallbackLanguage: 'en', variants: [{ key: 'A', texts }], ...more });
const campaign = (content: Content, channel = 'email') =>
  Campaign.parse({
    id: 'cmp_01J9Z3T8Q4V6N2K7M5R0B1C2D3',
    name: 'Spring',
    state: 'draft',
    channel,
    content,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    version: 1,
  });
const render = (body: string, customer = person(), channel = 'email') =>
  renderFor(campaign(contentOf({ en: { subject: 'Hello', body } }), channel), customer, { workspace, now, links });
const errors = (body: string, channel: 'email' | 'sms' = 'email') =>
  contentErrors(contentOf({ en: { subject: 'Hello', body } }), channel, workspace.fields).map(({ code, detail }) => `${code}: ${detail}`);

describe('a message', () => {
  it('says dates and numbers as the reader’s language does', () => {
    const customer = person({ custom: { serviceDue: '2026-12-05', litres: 12_345.5 } });
    const texts = Object.fromEntries(
      ['en', 'fr', 'th'].map((language) => [
        language,
        { subject: 'x', body: '{{customer.custom.serviceDue}} / {{customer.custom.litres}}' },
      ]),
    );
    const said = (language: string, calendar: 'gregorian' | 'buddhist' = 'gregorian') => {
      const result = renderFor(campaign(contentOf(texts), 'sms'), person({ ...customer, preferences: { language } }), {
        workspace: { ...workspace, calendar },
        now,
        links,
      });
      return 'text' in result ? result.text : result.problem;
    };
    expect(said('en')).toBe('December 5, 2026 / 12,345.5');
    expect(said('fr-CA')).toBe('5 décembre 2026 / 12\u202f345,5');
    expect(said('th', 'buddhist')).toContain('2569');
    expect(said('de')).toBe('December 5, 2026 / 12,345.5');
  });

  it('keeps whatever a customer is called from being markup, HTML, an address or a header', () => {
    const customer = person({ name: '[x](https://evil.example) **b** <img src=x>\r\nBcc: all@evil.example' });
    const result = renderFor(
      campaign(
        contentOf({ en: { subject: 'For {{customer.name}}', body: '{{customer.name}}\n\n[Go](https://shop.example/{{customer.name}})' } }),
      ),
      customer,
      { workspace, now, links },
    );
    if ('problem' in result) throw new Error('rendered');
    expect(result.html).not.toContain('<img');
    expect(result.html).not.toContain('href="https://evil.example');
    expect(result.html).not.toContain('<strong>');
    expect(result.html?.match(/href="https:\/\/shop\.example\/[^"<>\s]*"/)).not.toBeNull();
    expect(result.subject).not.toMatch(/[\r\n]/);
  });

  it('leaves out a customer without a value that the text needs, and takes what stands in its place where something does', () => {
    const nameless = person({ kind: 'company', givenName: null });
    expect(render('Dear {{customer.givenName}}', nameless)).toEqual({ problem: { code: 'absent', variable: 'customer.givenName' } });
    expect(render('Dear {{ customer.givenName | friend }}', nameless, 'sms')).toMatchObject({ text: 'Dear friend' });
    expect(render('Dear {{customer.givenName|}}', nameless, 'sms')).toMatchObject({ text: 'Dear ' });
  });

  it('leaves out a customer whose value is not what the field says, whatever stands in its place', () => {
    const broken = person({ custom: { serviceDue: 'next week', litres: 1 } });
    expect(render('{{customer.custom.serviceDue | soon}}', broken)).toEqual({
      problem: { code: 'broken', variable: 'customer.custom.serviceDue' },
    });
  });

  it('is right to left in Urdu, and says in its language how to get no more', () => {
    const result = renderFor(
      campaign(contentOf({ ur: { subject: 'سلام', body: 'سلام' } }, { fallbackLanguage: 'ur' })),
      person({ preferences: { language: 'ur' } }),
      { workspace, now, links },
    );
    if ('problem' in result) throw new Error('rendered');
    expect(result.html).toContain('<html lang="ur" dir="rtl">');
    expect(result.html).toContain('مزید ای میل نہ بھیجیں');
    expect(result.text).toContain('مزید ای میل نہ بھیجیں: https://suki.example/p/u/1');
  });

  it('makes headings, lists, buttons, images and rules of its lines, and a text part of the same', () => {
    const result = render(
      '# Clean water\n## Again\nOne **bold**\ntwo\n\n- a\n- b\n\n---\n![A filter](https://img.example/a.png)\n[Order](https://shop.example/a?b=1&c=2)',
    );
    if ('problem' in result) throw new Error('rendered');
    for (const part of ['<h1', '<h2', '<strong>bold</strong><br>two', '<ul', '<li>a</li><li>b</li>', '<hr', 'alt="A filter"'])
      expect(result.html).toContain(part);
    expect(result.html).toContain('href="https://shop.example/a?b=1&amp;c=2"');
    expect(result.text).toContain(
      'Clean water\n\nAgain\n\nOne bold\ntwo\n\n- a\n- b\n\n---\n\nA filter\n\nOrder: https://shop.example/a?b=1&c=2',
    );
  });
});

describe('a content that cannot be sent is refused with its place', () => {
  it('knows no variable but those of the catalogue and of live fields', () => {
    expect(errors('Hi\n {{customer.nmae}}')).toEqual(['unknown_variable: line 2, column 2: there is no such variable']);
    for (const name of ['customer.custom.old', 'customer.custom.constructor', 'customer.__proto__.x', 'constructor', 'toString', 'links'])
      expect(errors(`{{${name}}}`), name).toHaveLength(1);
    expect(errors('{{customer.custom.serviceDue}} {{today}} {{links.unsubscribe}}')).toEqual([]);
  });

  it('runs no code, and minds braces that are left open', () => {
    for (const body of ['{{1+1}}', '{{customer["name"]}}', '{{#if customer.name}}', '{{customer.name()}}'])
      expect(errors(body)[0]).toMatch(/^invalid_variable/);
    expect(errors('a {{customer.name')).toEqual([
      'unclosed_variable: line 1, column 3: a variable begins with {{ and ends with }} on its line',
    ]);
    expect(errors('}} b')).toHaveLength(1);
  });

  it('takes links by https with the host written out, by mailto and tel, and images by https alone', () => {
    for (const url of ['https://a.example/{{customer.name}}', 'mailto:a@b.example', 'tel:+63 2 555', '{{links.preferences}}'])
      expect(errors(`[x](${url.replaceAll(' ', '')})`), url).toEqual([]);
    for (const url of [
      'http://a.example',
      'javascript:alert(1)',
      '{{customer.name}}',
      'https://{{customer.name}}.example',
      '//a.example',
      'https://a',
    ])
      expect(errors(`[x](${url})`), url).toHaveLength(1);
    expect(errors('![x](data:image/png;base64,AAAA)')).toHaveLength(1);
    expect(errors('[x](javascript:alert(1))', 'sms')).toEqual([]);
  });

  it('has a text in its fallback language, a subject for a mail, and fits into one row', () => {
    const codes = (content: Content) => contentErrors(content, 'email', []).map(({ code }) => code);
    expect(codes(contentOf({ fr: { subject: 'x', body: 'y' } }))).toEqual(['no_fallback']);
    expect(codes(contentOf({ en: { body: 'y' } }))).toEqual(['required']);
    const long = Object.fromEntries(
      ['en', 'fr', 'th', 'ur', 'de', 'es', 'it'].map((language) => [language, { subject: 'x', body: 'z'.repeat(10_000) }]),
    );
    expect(codes(contentOf(long))).toEqual(['too_long']);
  });
});

describe('chance', () => {
  const ids = Array.from({ length: 20_000 }, (_, at) => `cus_${String(at).padStart(26, '0')}`);

  it('keeps the share asked for as control, the same customers each time and over all campaigns of a goal group', () => {
    const audience = { include: [], exclude: [], holdoutPercent: 20 };
    const goal = (group: string | null) => ({
      metric: { kind: 'clicked' as const },
      target: 1,
      deadline: '2027-01-01T00:00:00Z',
      withinDays: 14,
      worth: null,
      group,
    });
    const chosen = (id: string, group: string | null) =>
      ids.filter((customerId) => isControl({ id, goal: goal(group), audience }, customerId));
    const first = chosen('cmp_1', null);
    expect(first.length / ids.length).toBeCloseTo(0.2, 1);
    expect(chosen('cmp_1', null)).toEqual(first);
    expect(chosen('cmp_2', 'win-back')).toEqual(chosen('cmp_1', 'win-back'));
    const both = chosen('cmp_2', null).filter((id) => first.includes(id)).length;
    expect(both / ids.length).toBeCloseTo(0.04, 1);
  });

  it('gives variants their shares', () => {
    const content = contentOf({ en: { subject: 'x', body: 'y' } });
    const variants = [
      { ...content.variants[0], key: 'A', weight: 3 },
      { ...content.variants[0], key: 'B', weight: 1 },
    ] as Content['variants'];
    const b = ids.filter((id) => variantOf({ ...content, variants }, 'cmp_1', id).key === 'B').length;
    expect(b / ids.length).toBeGreaterThan(0.23);
    expect(b / ids.length).toBeLessThan(0.27);
  });
});
