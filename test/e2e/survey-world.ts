import type { Answers, Definition, Question, QuestionKind } from '../../functions/surveys/logic.ts';
import { asAdmin } from './own-link.ts';
import { type Suki, unique } from './suki.ts';

/** Surveys for the tests of the browser, made over HTTP. */
export const ask = (key: string, kind: QuestionKind, said: Record<string, string>, more: Partial<Question> = {}): Question => ({
  key,
  kind,
  texts: Object.fromEntries(Object.entries(said).map(([language, title]) => [language, { title, help: null }])),
  options: [],
  min: null,
  max: null,
  required: false,
  requiredIf: null,
  showIf: null,
  topic: null,
  ...more,
});
export const option = (key: string, said: Record<string, string>) => ({
  key,
  texts: Object.fromEntries(Object.entries(said).map(([language, title]) => [language, { title }])),
});

/** Two parts: how likely and why, then the rest; each kind of question once. */
export const everyKind = (topic = 'news'): Definition => ({
  sections: [
    {
      key: 's1',
      texts: { en: { title: 'About us' }, ur: { title: 'ہمارے بارے میں' }, th: { title: 'เกี่ยวกับเรา' } },
      showIf: null,
      questions: [
        ask('q1', 'nps', { en: 'Would you recommend us?', ur: 'کیا آپ ہماری سفارش کریں گے؟', th: 'คุณจะแนะนำเราไหม' }, { required: true }),
        ask(
          'q2',
          'text',
          { en: 'What went wrong?', ur: 'کیا غلط ہوا؟', th: 'เกิดอะไรขึ้น' },
          { showIf: { question: 'q1', is: 'atMost', value: 6 } },
        ),
        ask(
          'q3',
          'single',
          { en: 'How do you reach us?' },
          {
            options: [
              option('o1', { en: 'By phone', ur: 'فون سے', th: 'ทางโทรศัพท์' }),
              option('o2', { en: 'By mail', ur: 'ای میل سے', th: 'ทางอีเมล' }),
            ],
          },
        ),
      ],
    },
    {
      key: 's2',
      texts: { en: { title: 'About the visit' } },
      showIf: null,
      questions: [
        ask('q4', 'csat', { en: 'How satisfied are you?' }),
        ask('q5', 'ces', { en: 'It was easy.' }),
        ask('q6', 'rating', { en: 'How many stars?' }, { max: 5 }),
        ask('q7', 'multiple', { en: 'What do you use?' }, { options: [option('o1', { en: 'Filter' }), option('o2', { en: 'Cartridge' })] }),
        ask('q8', 'number', { en: 'How many litres a day?' }, { min: 0, max: 500 }),
        ask('q9', 'date', { en: 'When did you buy it?' }),
        ask('q10', 'consent', { en: 'May we write to you about news?' }, { topic: { channel: 'email', topic } }),
      ],
    },
  ],
  jumps: [],
  thanks: { texts: { en: { title: 'Thanks a lot', body: 'We read every answer.' } }, redirectUrl: null },
});

export interface MadeSurvey {
  id: string;
  name: string;
}

/** A survey that takes answers. */
export async function published(definition: Definition, languages = ['en', 'fr', 'fil', 'ur', 'th']): Promise<MadeSurvey> {
  const name = unique('Lyon');
  const { id } = await asAdmin<{ id: string }>('POST', '/v1/surveys', { name, languages, fallbackLanguage: 'en', definition });
  await asAdmin('POST', `/v1/surveys/${id}/publish`);
  return { id, name };
}

/** The path of a link by which a customer of her own answers once. */
export async function invited(
  suki: Suki,
  surveyId: string,
  body: Record<string, unknown> = {},
): Promise<{ path: string; customerId: string }> {
  const { id: customerId } = await suki.api.customer(body);
  const { url } = await asAdmin<{ url: string }>('POST', `/v1/customers/${customerId}/survey-links`, { surveyId, channel: 'link' });
  return { path: new URL(url).pathname, customerId };
}

/** Hands answers in as the public page does. */
export async function answer(path: string, answers: Answers): Promise<void> {
  const base = process.env.E2E_BASE_URL ?? '';
  const response = await fetch(`${base}/p/api/s/${path.slice('/p/s/'.length)}/complete`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rev: 0, language: 'en', answers, shown: Object.keys(answers) }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Two who would recommend us, and four who would not or are not sure; a survey with something to report. */
export async function answered(suki: Suki, surveyId: string): Promise<{ customerId: string }> {
  let last = '';
  for (const value of [9, 10, 7, 2, 6, 8]) {
    const { path, customerId } = await invited(suki, surveyId);
    await answer(path, { q1: value, ...(value < 7 && { q2: 'Lyon' }), q3: 'o1', q4: 4 });
    last = customerId;
  }
  return { customerId: last };
}
