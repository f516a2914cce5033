import { SurveyInput } from '../../functions/surveys/survey.ts';

/** What Batis asks: whether it would be recommended, every quarter, and how its visits were. */
export const surveyNames = { relationship: 'Relationship, every quarter', visit: 'After a visit' } as const;
export type SurveyKey = keyof typeof surveyNames;

type Five = readonly [en: string, fr: string, fil: string, ur: string, th: string];
const order = ['en', 'fr', 'fil', 'ur', 'th'] as const;
const said = (five: Five) => Object.fromEntries(order.map((language, at) => [language, { title: five[at] ?? '' }]));
const question = (key: string, kind: string, five: Five, more: object = {}) => ({ key, kind, texts: said(five), ...more });

const thanks = {
  texts: said(['Thank you', 'Merci', 'Salamat', 'شکریہ', 'ขอบคุณ']),
};

const definitions: Record<SurveyKey, object> = {
  relationship: {
    sections: [
      {
        key: 's1',
        questions: [
          question(
            'q1',
            'nps',
            [
              'How likely are you to recommend Batis to a friend or colleague?',
              'Recommanderiez-vous Batis à un ami ou à un collègue ?',
              'Irerekomenda ba ninyo ang Batis sa kaibigan o katrabaho?',
              'کیا آپ باتِس کی سفارش کسی دوست یا ساتھی سے کریں گے؟',
              'คุณจะแนะนำ Batis ให้เพื่อนหรือเพื่อนร่วมงานไหม',
            ],
            { required: true },
          ),
          question('q2', 'text', [
            'What is the main reason for your answer?',
            'Quelle est la raison principale de votre réponse ?',
            'Ano ang pangunahing dahilan ng sagot ninyo?',
            'آپ کے جواب کی بڑی وجہ کیا ہے؟',
            'เหตุผลหลักของคำตอบคืออะไร',
          ]),
        ],
      },
    ],
    thanks,
  },
  visit: {
    sections: [
      {
        key: 's1',
        questions: [
          question(
            'q1',
            'csat',
            [
              'How satisfied are you with our visit?',
              'Êtes-vous satisfait de notre visite ?',
              'Gaano kayo nasiyahan sa aming pagbisita?',
              'آپ ہمارے دورے سے کتنے مطمئن ہیں؟',
              'คุณพอใจกับการเข้าพบของเราแค่ไหน',
            ],
            { required: true },
          ),
          question(
            'q2',
            'text',
            [
              'What could we have done better?',
              'Qu’aurions-nous pu mieux faire ?',
              'Ano ang mas mapapabuti pa namin?',
              'ہم کیا بہتر کر سکتے تھے؟',
              'เราควรทำอะไรให้ดีกว่านี้',
            ],
            { showIf: { question: 'q1', is: 'atMost', value: 3 } },
          ),
          question(
            'q3',
            'text',
            ['What did you like?', 'Qu’avez-vous apprécié ?', 'Ano ang nagustuhan ninyo?', 'آپ کو کیا پسند آیا؟', 'คุณชอบอะไร'],
            { showIf: { question: 'q1', is: 'atLeast', value: 4 } },
          ),
        ],
      },
    ],
    thanks,
  },
};

/** As `POST /v1/surveys` takes it. */
export const surveyInput = (key: SurveyKey): SurveyInput =>
  SurveyInput.parse({
    name: surveyNames[key],
    languages: [...order],
    fallbackLanguage: 'en',
    coolDownDays: key === 'visit' ? 30 : 60,
    definition: definitions[key],
  });

/** The four quarters: how long ago each was asked, in days, and what came of it. */
export const quarters = [
  { daysAgo: 320, nps: 31 },
  { daysAgo: 229, nps: 35 },
  { daysAgo: 138, nps: 39 },
  { daysAgo: 40, nps: 44 },
] as const;
