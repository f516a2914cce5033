import { expect, it } from 'vitest';
import { Content } from '../../functions/campaigns/campaign.ts';
import { plannedParts } from '../../functions/campaigns/planned-parts.ts';
import { textParts } from '../../functions/channels/text-parts.ts';

it('a text of the alphabet of mobile phones goes in parts of 160, then 153', () => {
  expect(textParts('a'.repeat(160))).toBe(1);
  expect(textParts('a'.repeat(161))).toBe(2);
  expect(textParts('à'.repeat(306))).toBe(2);
  expect(textParts('a'.repeat(307))).toBe(3);
});

it('a sign of the extended alphabet counts twice and is never torn apart', () => {
  expect(textParts('€'.repeat(80))).toBe(1);
  expect(textParts('€'.repeat(81))).toBe(2);
  expect(textParts(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toBe(2);
  expect(textParts(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toBe(3);
});

it('a text with one letter of another script goes in parts of 70, then 67', () => {
  expect(textParts('ท'.repeat(70))).toBe(1);
  expect(textParts('گ'.repeat(71))).toBe(2);
  expect(textParts(`${'a'.repeat(134)}ท`)).toBe(3);
  expect(textParts('😀'.repeat(35))).toBe(1);
  // 33 of them fill a part of 67: a half is not sent alone.
  expect(textParts('😀'.repeat(67))).toBe(3);
});

const planned = (bodies: Record<string, string>, channel: 'sms' | 'email' = 'sms') => {
  const texts = Object.fromEntries(Object.entries(bodies).map(([language, body]) => [language, { body, subject: 'News' }]));
  const content = Content.parse({ topic: 'news', fallbackLanguage: 'en', variants: [{ key: 'A', texts }] });
  return plannedParts({ channel, content, waves: [] });
};

it('a campaign plans with the parts of its longest text, a name or a link in place of each variable', () => {
  expect(planned({ en: 'Hello {{customer.name}}' })).toBe(1);
  expect(planned({ en: 'Hello', th: 'ก'.repeat(71) })).toBe(2);
  expect(planned({ en: `${'a'.repeat(150)}{{customer.name}}` })).toBe(2);
  expect(planned({ en: 'Leave: {{links.unsubscribe}}' })).toBe(2);
  expect(planned({ en: 'a'.repeat(500) }, 'email')).toBe(1);
});
