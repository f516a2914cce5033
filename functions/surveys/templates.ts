import * as z from 'zod';
import { SurveyDefinition } from './definition.ts';

/** Surveys for the usual cases, in five languages, to begin with. Pure. */
export const templateLanguages = ['en', 'fr', 'fil', 'ur', 'th'] as const;

export const SurveyTemplate = z
  .strictObject({
    key: z.string(),
    /** By language. */
    names: z.record(z.string(), z.string()),
    languages: z.array(z.string()),
    fallbackLanguage: z.string(),
    coolDownDays: z.int().nonnegative(),
    definition: SurveyDefinition,
  })
  .meta({ id: 'SurveyTemplate' });
export type SurveyTemplate = z.output<typeof SurveyTemplate>;

/** The same said in English, French, Filipino, Urdu and Thai. */
type Said = readonly [string, string, string, string, string];

const inAll = <T>(said: Said, make: (text: string) => T) =>
  Object.fromEntries(templateLanguages.map((language, at) => [language, make(said[at] ?? said[0])]));
const titled = (said: Said) => inAll(said, (title) => ({ title }));
const option = (key: string, said: Said) => ({ key, texts: titled(said) });
const question = (key: string, kind: string, said: Said, more: object = {}) => ({ key, kind, texts: titled(said), ...more });

const thanks = {
  texts: inAll(
    ['Thank you for your answer.', 'Merci de votre réponse.', 'Salamat sa iyong sagot.', 'آپ کے جواب کا شکریہ۔', 'ขอบคุณสำหรับคำตอบของคุณ'],
    (title) => ({ title }),
  ),
};
const better: Said = [
  'What could we do better?',
  'Que pourrions-nous mieux faire ?',
  'Ano ang mas mapapabuti pa namin?',
  'ہم کیا بہتر کر سکتے ہیں؟',
  'เราควรปรับปรุงอะไร',
];
const recommend: Said = [
  'How likely are you to recommend us to a friend?',
  'Recommanderiez-vous notre entreprise à un ami ?',
  'Gaano ka malamang na irekomenda kami sa isang kaibigan?',
  'آپ کسی دوست کو ہماری سفارش کرنے کا کتنا امکان رکھتے ہیں؟',
  'คุณจะแนะนำเราให้เพื่อนมากน้อยเพียงใด',
];
const reason: Said = [
  'What is the main reason for your answer?',
  'Quelle est la raison principale de votre réponse ?',
  'Ano ang pangunahing dahilan ng iyong sagot?',
  'آپ کے جواب کی سب سے بڑی وجہ کیا ہے؟',
  'เหตุผลหลักของคำตอบคืออะไร',
];
const other = option('other', ['Something else', 'Autre chose', 'Iba pa', 'کچھ اور', 'อย่างอื่น']);

type Sketch = { key: string; names: Said; coolDownDays: number; questions: object[] };
const made = ({ key, names, coolDownDays, questions }: Sketch): SurveyTemplate =>
  SurveyTemplate.parse({
    key,
    names: inAll(names, (name) => name),
    languages: [...templateLanguages],
    fallbackLanguage: 'en',
    coolDownDays,
    definition: { sections: [{ key: 'main', questions }], thanks },
  });

const afterVisit = () =>
  made({
    key: 'afterVisit',
    names: ['After a visit', 'Après une visite', 'Pagkatapos ng bisita', 'ملاقات کے بعد', 'หลังการเข้าพบ'],
    coolDownDays: 30,
    questions: [
      question(
        'satisfied',
        'csat',
        [
          'How satisfied are you with our visit?',
          'Êtes-vous satisfait de notre visite ?',
          'Gaano ka nasiyahan sa aming pagbisita?',
          'آپ ہماری ملاقات سے کتنے مطمئن ہیں؟',
          'คุณพอใจกับการเข้าพบของเราเพียงใด',
        ],
        { required: true },
      ),
      question('good', 'multiple', ['What was good?', 'Qu’est-ce qui était bien ?', 'Ano ang maganda?', 'کیا اچھا تھا؟', 'อะไรที่ดี'], {
        showIf: { question: 'satisfied', is: 'atLeast', value: 4 },
        options: [
          option('punctual', ['On time', 'À l’heure', 'Nasa oras', 'وقت پر', 'ตรงเวลา']),
          option('friendly', ['Friendly', 'Aimable', 'Magiliw', 'خوش اخلاق', 'เป็นมิตร']),
          option('solved', ['It was solved', 'C’était résolu', 'Nalutas ito', 'مسئلہ حل ہوا', 'แก้ปัญหาได้']),
          option('explained', ['Well explained', 'Bien expliqué', 'Malinaw ang paliwanag', 'اچھی وضاحت', 'อธิบายดี']),
        ],
      }),
      question('better', 'text', better, { showIf: { question: 'satisfied', is: 'atMost', value: 3 } }),
    ],
  });

const afterCase = () =>
  made({
    key: 'afterCase',
    names: ['After a case', 'Après un dossier', 'Pagkatapos ng kaso', 'معاملہ ختم ہونے کے بعد', 'หลังปิดเรื่อง'],
    coolDownDays: 0,
    questions: [
      question(
        'satisfied',
        'csat',
        [
          'How satisfied are you with the way we dealt with your matter?',
          'Êtes-vous satisfait de la façon dont nous avons traité votre demande ?',
          'Gaano ka nasiyahan sa pag-asikaso namin sa iyong usapin?',
          'ہم نے آپ کا معاملہ جس طرح نمٹایا اس سے آپ کتنے مطمئن ہیں؟',
          'คุณพอใจกับการจัดการเรื่องของคุณเพียงใด',
        ],
        { required: true },
      ),
      question('easy', 'ces', [
        'It was easy to get my matter solved. Do you agree?',
        'Il a été facile de faire régler ma demande. Êtes-vous d’accord ?',
        'Madaling nalutas ang aking usapin. Sang-ayon ka ba?',
        'میرا معاملہ آسانی سے حل ہوا۔ کیا آپ متفق ہیں؟',
        'เรื่องของฉันได้รับการแก้ไขอย่างง่ายดาย คุณเห็นด้วยไหม',
      ]),
      question('solved', 'single', ['Is it solved?', 'Est-ce résolu ?', 'Nalutas na ba?', 'کیا یہ حل ہو گیا؟', 'แก้ไขแล้วหรือยัง'], {
        options: [
          option('yes', ['Yes', 'Oui', 'Oo', 'جی ہاں', 'แล้ว']),
          option('partly', ['In part', 'En partie', 'Bahagya', 'کچھ حد تک', 'บางส่วน']),
          option('no', ['No', 'Non', 'Hindi', 'نہیں', 'ยัง']),
        ],
      }),
      question(
        'missing',
        'text',
        ['What is still missing?', 'Que manque-t-il encore ?', 'Ano pa ang kulang?', 'ابھی کیا باقی ہے؟', 'ยังขาดอะไร'],
        {
          showIf: {
            any: [
              { question: 'solved', is: 'equals', value: 'partly' },
              { question: 'solved', is: 'equals', value: 'no' },
            ],
          },
        },
      ),
      question('better', 'text', better, { showIf: { question: 'satisfied', is: 'atMost', value: 3 } }),
    ],
  });

const relationship = () =>
  made({
    key: 'relationship',
    names: [
      'Relationship, twice a year',
      'Relation, deux fois par an',
      'Ugnayan, dalawang beses sa isang taon',
      'تعلق، سال میں دو بار',
      'ความสัมพันธ์ ปีละสองครั้ง',
    ],
    coolDownDays: 150,
    questions: [
      question('recommend', 'nps', recommend, { required: true }),
      question('reason', 'text', reason),
      question('better', 'text', better, { showIf: { question: 'recommend', is: 'atMost', value: 8 } }),
    ],
  });

const product = () =>
  made({
    key: 'product',
    names: ['Feedback on a product', 'Avis sur un produit', 'Puna sa produkto', 'مصنوعات پر رائے', 'ความเห็นต่อสินค้า'],
    coolDownDays: 30,
    questions: [
      question(
        'stars',
        'rating',
        [
          'How do you like the product?',
          'Que pensez-vous du produit ?',
          'Ano ang masasabi mo sa produkto?',
          'آپ کو مصنوعات کیسی لگی؟',
          'คุณชอบสินค้านี้เพียงใด',
        ],
        { required: true },
      ),
      question('value', 'rating', [
        'Is it worth its price?',
        'Vaut-il son prix ?',
        'Sulit ba ang presyo?',
        'کیا یہ اپنی قیمت کے لائق ہے؟',
        'คุ้มราคาหรือไม่',
      ]),
      question(
        'uses',
        'single',
        [
          'How often do you use it?',
          'À quelle fréquence l’utilisez-vous ?',
          'Gaano mo kadalas ginagamit?',
          'آپ اسے کتنی بار استعمال کرتے ہیں؟',
          'คุณใช้บ่อยเพียงใด',
        ],
        {
          options: [
            option('daily', ['Every day', 'Chaque jour', 'Araw-araw', 'روزانہ', 'ทุกวัน']),
            option('weekly', ['Every week', 'Chaque semaine', 'Linggo-linggo', 'ہر ہفتے', 'ทุกสัปดาห์']),
            option('rarely', ['Rarely', 'Rarement', 'Bihira', 'کبھی کبھار', 'นาน ๆ ครั้ง']),
          ],
        },
      ),
      question('better', 'text', better),
    ],
  });

const whyUs = () =>
  made({
    key: 'whyUs',
    names: [
      'Why did you choose us?',
      'Pourquoi nous avoir choisis ?',
      'Bakit kami ang pinili mo?',
      'آپ نے ہمیں کیوں چنا؟',
      'ทำไมจึงเลือกเรา',
    ],
    coolDownDays: 30,
    questions: [
      question(
        'why',
        'single',
        ['Why did you choose us?', 'Pourquoi nous avoir choisis ?', 'Bakit kami ang pinili mo?', 'آپ نے ہمیں کیوں چنا؟', 'ทำไมจึงเลือกเรา'],
        {
          required: true,
          options: [
            option('price', ['The price', 'Le prix', 'Ang presyo', 'قیمت', 'ราคา']),
            option('quality', ['The quality', 'La qualité', 'Ang kalidad', 'معیار', 'คุณภาพ']),
            option('recommended', ['Somebody recommended you', 'On vous a recommandés', 'May nagrekomenda', 'کسی نے سفارش کی', 'มีคนแนะนำ']),
            option('near', ['You are near', 'Vous êtes proches', 'Malapit kayo', 'آپ قریب ہیں', 'อยู่ใกล้']),
            option('service', ['The service', 'Le service', 'Ang serbisyo', 'خدمت', 'การบริการ']),
            other,
          ],
        },
      ),
      question('else', 'text', ['What else was it?', 'Quoi d’autre ?', 'Ano pa iyon?', 'اور کیا تھا؟', 'อะไรอีก'], {
        showIf: { question: 'why', is: 'equals', value: 'other' },
        requiredIf: { question: 'why', is: 'equals', value: 'other' },
      }),
      question('recommend', 'nps', recommend),
    ],
  });

export const surveyTemplates = (): SurveyTemplate[] => [afterVisit(), afterCase(), relationship(), product(), whyUs()];
