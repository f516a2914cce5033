import type { Condition, Definition, Option, Question, QuestionKind } from '../../../functions/surveys/logic.ts';
import type { Language } from '../i18n/languages.ts';

/** Surveys for the usual cases, in every language, to begin with and to change. Pure. */
export const templateNames = ['visit', 'case', 'relationship', 'product', 'why'] as const;
export type TemplateName = (typeof templateNames)[number];

type Five = readonly [en: string, fr: string, fil: string, ur: string, th: string];
const codes: readonly Language[] = ['en', 'fr', 'fil', 'ur', 'th'];

const titled = (said: Five) => Object.fromEntries(codes.map((code, at) => [code, { title: said[at] ?? '' }]));
const asked = (said: Five) => Object.fromEntries(codes.map((code, at) => [code, { title: said[at] ?? '', help: null }]));
const thanked = (title: Five, body: Five) =>
  Object.fromEntries(codes.map((code, at) => [code, { title: title[at] ?? '', body: body[at] ?? null }]));

type Rest = Partial<Pick<Question, 'required' | 'showIf' | 'max'>> & { options?: readonly Five[] };
const question = (key: string, kind: QuestionKind, said: Five, { options = [], ...rest }: Rest = {}): Question => ({
  key,
  kind,
  texts: asked(said),
  options: options.map((option, at): Option => ({ key: `o${at + 1}`, texts: titled(option) })),
  min: null,
  max: null,
  required: false,
  requiredIf: null,
  showIf: null,
  topic: null,
  ...rest,
});

const atMost = (key: string, value: number): Condition => ({ question: key, is: 'atMost', value });
const atLeast = (key: string, value: number): Condition => ({ question: key, is: 'atLeast', value });

const thanks: Definition['thanks'] = {
  texts: thanked(
    ['Thank you', 'Merci', 'Salamat', 'شکریہ', 'ขอบคุณ'],
    [
      'Somebody reads every answer.',
      'Chaque réponse est lue par quelqu’un.',
      'May bumabasa sa bawat sagot.',
      'ہر جواب کوئی نہ کوئی پڑھتا ہے۔',
      'มีคนอ่านทุกคำตอบ',
    ],
  ),
  redirectUrl: null,
};
const one = (questions: Question[]): Definition => ({
  sections: [{ key: 's1', texts: {}, questions, showIf: null }],
  jumps: [],
  thanks,
});

const better: Five = [
  'What could we have done better?',
  'Qu’aurions-nous pu mieux faire ?',
  'Ano ang mas mapapabuti pa namin?',
  'ہم کیا بہتر کر سکتے تھے؟',
  'เราควรทำอะไรให้ดีกว่านี้',
];

const visit = () =>
  one([
    question(
      'q1',
      'csat',
      [
        'How satisfied are you with our visit?',
        'Êtes-vous satisfait de notre visite ?',
        'Gaano ka nasiyahan sa aming pagbisita?',
        'آپ ہمارے دورے سے کتنے مطمئن ہیں؟',
        'คุณพอใจกับการเข้าพบของเราแค่ไหน',
      ],
      { required: true },
    ),
    question(
      'q2',
      'single',
      [
        'Is everything in order now?',
        'Tout est-il en ordre maintenant ?',
        'Ayos na ba ang lahat ngayon?',
        'کیا اب سب کچھ ٹھیک ہے؟',
        'ตอนนี้ทุกอย่างเรียบร้อยแล้วหรือยัง',
      ],
      {
        options: [
          ['Yes', 'Oui', 'Oo', 'جی ہاں', 'เรียบร้อยแล้ว'],
          ['In part', 'En partie', 'May kulang pa', 'کسی حد تک', 'บางส่วน'],
          ['No', 'Non', 'Hindi', 'نہیں', 'ยังไม่เรียบร้อย'],
        ],
      },
    ),
    question('q3', 'text', better, { showIf: { any: [atMost('q1', 3), { question: 'q2', is: 'not', value: 'o1' }] } }),
    question(
      'q4',
      'text',
      ['What did you like?', 'Qu’avez-vous apprécié ?', 'Ano ang nagustuhan mo?', 'آپ کو کیا پسند آیا؟', 'คุณชอบอะไร'],
      { showIf: atLeast('q1', 4) },
    ),
  ]);

const caseDone = () =>
  one([
    question(
      'q1',
      'ces',
      [
        'It was easy to have my matter settled.',
        'Il a été facile de régler mon affaire.',
        'Madaling naayos ang aking usapin.',
        'میرا معاملہ آسانی سے حل ہو گیا۔',
        'เรื่องของฉันได้รับการจัดการอย่างง่ายดาย',
      ],
      { required: true },
    ),
    question('q2', 'csat', [
      'How satisfied are you with the answer?',
      'Êtes-vous satisfait de la réponse ?',
      'Gaano ka nasiyahan sa sagot?',
      'آپ جواب سے کتنے مطمئن ہیں؟',
      'คุณพอใจกับคำตอบแค่ไหน',
    ]),
    question('q3', 'text', better, { showIf: { any: [atMost('q1', 4), atMost('q2', 3)] } }),
  ]);

const relationship = () =>
  one([
    question(
      'q1',
      'nps',
      [
        'How likely are you to recommend {{workspace.name}} to a friend or colleague?',
        'Recommanderiez-vous {{workspace.name}} à un ami ou à un collègue ?',
        'Irerekomenda mo ba ang {{workspace.name}} sa kaibigan o katrabaho?',
        'کیا آپ {{workspace.name}} کی سفارش کسی دوست یا ساتھی سے کریں گے؟',
        'คุณจะแนะนำ {{workspace.name}} ให้เพื่อนหรือเพื่อนร่วมงานไหม',
      ],
      { required: true },
    ),
    question('q2', 'text', [
      'What is the main reason for your answer?',
      'Quelle est la raison principale de votre réponse ?',
      'Ano ang pangunahing dahilan ng sagot mo?',
      'آپ کے جواب کی بڑی وجہ کیا ہے؟',
      'เหตุผลหลักของคำตอบคืออะไร',
    ]),
    question(
      'q3',
      'multiple',
      [
        'What should we improve first?',
        'Que devrions-nous améliorer d’abord ?',
        'Ano ang dapat naming unahing pagbutihin?',
        'ہمیں سب سے پہلے کیا بہتر کرنا چاہیے؟',
        'เราควรปรับปรุงอะไรก่อน',
      ],
      {
        showIf: atMost('q1', 8),
        options: [
          ['The product', 'Le produit', 'Ang produkto', 'مصنوعات', 'สินค้า'],
          ['The service', 'Le service', 'Ang serbisyo', 'خدمت', 'การบริการ'],
          ['The price', 'Le prix', 'Ang presyo', 'قیمت', 'ราคา'],
          ['The waiting time', 'Le temps d’attente', 'Ang tagal ng paghihintay', 'انتظار کا وقت', 'เวลารอ'],
        ],
      },
    ),
  ]);

const product = () =>
  one([
    question(
      'q1',
      'rating',
      [
        'How do you like the product?',
        'Comment trouvez-vous le produit ?',
        'Gusto mo ba ang produkto?',
        'آپ کو مصنوعات کیسی لگی؟',
        'คุณชอบสินค้านี้แค่ไหน',
      ],
      { required: true, max: 5 },
    ),
    question(
      'q2',
      'multiple',
      ['What is good about it?', 'Qu’est-ce qui est bien ?', 'Ano ang maganda rito?', 'اس میں کیا اچھا ہے؟', 'ข้อดีคืออะไร'],
      {
        options: [
          ['It lasts', 'Il dure', 'Matibay', 'پائیدار ہے', 'ทนทาน'],
          ['It is easy to use', 'Facile à utiliser', 'Madaling gamitin', 'استعمال میں آسان', 'ใช้ง่าย'],
          ['It is worth its price', 'Il vaut son prix', 'Sulit ang presyo', 'قیمت کے لائق', 'คุ้มราคา'],
          ['It looks good', 'Il est beau', 'Maganda ang itsura', 'خوبصورت ہے', 'ดูดี'],
        ],
      },
    ),
    question('q3', 'text', ['What is missing?', 'Que manque-t-il ?', 'Ano ang kulang?', 'کیا کمی ہے؟', 'ยังขาดอะไร']),
  ]);

const why = () =>
  one([
    question(
      'q1',
      'single',
      [
        'How did you hear of us?',
        'Comment avez-vous entendu parler de nous ?',
        'Paano mo kami nakilala?',
        'آپ نے ہمارے بارے میں کیسے سنا؟',
        'คุณรู้จักเราได้อย่างไร',
      ],
      {
        required: true,
        options: [
          ['From somebody I know', 'Par une connaissance', 'Mula sa kakilala', 'کسی جاننے والے سے', 'จากคนรู้จัก'],
          ['On the internet', 'Sur internet', 'Sa internet', 'انٹرنیٹ پر', 'ทางอินเทอร์เน็ต'],
          ['In a shop', 'En magasin', 'Sa tindahan', 'دکان میں', 'ที่ร้าน'],
          ['Elsewhere', 'Ailleurs', 'Sa iba', 'کہیں اور', 'ที่อื่น'],
        ],
      },
    ),
    question(
      'q2',
      'multiple',
      [
        'Why did you choose us?',
        'Pourquoi nous avez-vous choisis ?',
        'Bakit kami ang pinili mo?',
        'آپ نے ہمیں کیوں چنا؟',
        'ทำไมคุณจึงเลือกเรา',
      ],
      {
        options: [
          ['The product', 'Le produit', 'Ang produkto', 'مصنوعات', 'สินค้า'],
          ['The advice', 'Le conseil', 'Ang payo', 'مشورہ', 'คำแนะนำ'],
          ['The price', 'Le prix', 'Ang presyo', 'قیمت', 'ราคา'],
          ['You are near', 'La proximité', 'Malapit kayo', 'آپ قریب ہیں', 'อยู่ใกล้'],
        ],
      },
    ),
    question('q3', 'text', [
      'What nearly kept you from it?',
      'Qu’est-ce qui a failli vous en empêcher ?',
      'Ano ang muntik nang pumigil sa iyo?',
      'کیا چیز آپ کو تقریباً روک رہی تھی؟',
      'มีอะไรที่เกือบทำให้คุณไม่เลือกเรา',
    ]),
  ]);

const makers: Record<TemplateName, () => Definition> = { visit, case: caseDone, relationship, product, why };

/** A template's definition, in five languages. */
export const templateOf = (name: TemplateName): Definition => makers[name]();

/** A survey of a single question, to begin with. */
export function blank(): Definition {
  const first = relationship().sections[0]?.questions[0];
  return one(first ? [first] : []);
}
