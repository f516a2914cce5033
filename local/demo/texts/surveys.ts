import type { Language } from '../people.ts';

/** What Batis asks, and what its customers answer in their own words. */
export const invitation: Record<Language, { subject: string; body: string }> = {
  en: {
    subject: 'Would you recommend Batis?',
    body: 'Hello {{customer.name}},\n\ntwo questions, one minute: how are we doing?\n\n[Answer]({{links.survey}})',
  },
  fr: {
    subject: 'Recommanderiez-vous Batis ?',
    body: 'Bonjour {{customer.name}},\n\ndeux questions, une minute : êtes-vous content de nous ?\n\n[Répondre]({{links.survey}})',
  },
  fil: {
    subject: 'Irerekomenda ba ninyo ang Batis?',
    body: 'Magandang araw, {{customer.name}}!\n\nDalawang tanong, isang minuto: kumusta ang serbisyo namin?\n\n[Sumagot]({{links.survey}})',
  },
  ur: {
    subject: 'کیا آپ باتِس کی سفارش کریں گے؟',
    body: 'السلام علیکم {{customer.name}}،\n\nدو سوال، ایک منٹ: ہماری خدمت کیسی ہے؟\n\n[جواب دیں]({{links.survey}})',
  },
  th: {
    subject: 'คุณจะแนะนำ Batis ไหม',
    body: 'สวัสดีคุณ {{customer.name}}\n\nสองคำถาม หนึ่งนาที: เราทำได้ดีไหม\n\n[ตอบ]({{links.survey}})',
  },
};

export type Mood = 'low' | 'middle' | 'high';

/** Why somebody would recommend Batis, or not. */
export const reasons: Record<Language, Record<Mood, string[]>> = {
  en: {
    low: [
      'The filter leaked for a week before anybody came.',
      'Every call ends in a queue, and nobody calls back.',
      'The cartridge was to last six months. It lasted four.',
      'I was promised a visit on Monday and waited all day.',
      'The price has gone up twice this year without a word.',
    ],
    middle: [
      'The water is good, the waiting is long.',
      'Nothing to complain about, nothing special either.',
      'The shop is friendly; the telephone less so.',
      'Fine so far. I would like a reminder before the cartridge is due.',
      'Good filter, but the spare parts are expensive.',
    ],
    high: [
      'The children drink water again, that says it all.',
      'The technician came the same evening and left the kitchen clean.',
      'Two years, not one problem.',
      'They remember my filter better than I do.',
      'Honest advice: they sold me the smaller one.',
    ],
  },
  fr: {
    low: [
      'La fuite a duré une semaine avant que quelqu’un vienne.',
      'Au téléphone on attend, et personne ne rappelle.',
      'La cartouche devait durer six mois, elle en a duré quatre.',
      'Rendez-vous lundi, personne n’est venu.',
      'Le prix a augmenté deux fois sans un mot.',
    ],
    middle: [
      'L’eau est bonne, l’attente est longue.',
      'Rien à redire, rien d’exceptionnel non plus.',
      'La boutique est aimable, le téléphone un peu moins.',
      'Bien jusqu’ici. Un rappel avant l’échéance serait utile.',
      'Bon filtre, mais les pièces sont chères.',
    ],
    high: [
      'Les enfants boivent de nouveau de l’eau, tout est dit.',
      'Le technicien est venu le soir même et a tout laissé propre.',
      'Deux ans, pas un problème.',
      'Ils connaissent mon filtre mieux que moi.',
      'Un conseil honnête : ils m’ont vendu le plus petit.',
    ],
  },
  fil: {
    low: [
      'Isang linggong tumagas bago may dumating.',
      'Laging pila sa telepono at walang tumatawag pabalik.',
      'Anim na buwan daw ang cartridge, apat lang ang itinagal.',
      'Lunes daw ang bisita, maghapon akong naghintay.',
      'Dalawang beses tumaas ang presyo nang walang pasabi.',
    ],
    middle: [
      'Masarap ang tubig, matagal ang paghihintay.',
      'Walang reklamo, wala rin namang espesyal.',
      'Mabait sa tindahan, sa telepono hindi masyado.',
      'Ayos naman. Sana may paalala bago mapalitan ang cartridge.',
      'Maganda ang filter, mahal lang ang piyesa.',
    ],
    high: [
      'Umiinom na ulit ng tubig ang mga bata, iyon na iyon.',
      'Dumating ang teknisyan noong gabing iyon at malinis ang iniwan.',
      'Dalawang taon, walang problema.',
      'Mas kabisado nila ang filter ko kaysa sa akin.',
      'Tapat ang payo: ang mas maliit ang ibinenta nila.',
    ],
  },
  ur: {
    low: [
      'ایک ہفتہ پانی ٹپکتا رہا، پھر کوئی آیا۔',
      'فون پر انتظار ہی انتظار، کوئی واپس کال نہیں کرتا۔',
      'کارٹرج چھ مہینے چلنا تھا، چار چلا۔',
      'پیر کا وعدہ تھا، سارا دن انتظار کیا۔',
      'قیمت دو بار بڑھی اور بتایا تک نہیں۔',
    ],
    middle: [
      'پانی اچھا ہے، انتظار لمبا ہے۔',
      'کوئی شکایت نہیں، کوئی خاص بات بھی نہیں۔',
      'دکان والے خوش اخلاق ہیں، فون والے کم۔',
      'اب تک ٹھیک ہے۔ کارٹرج سے پہلے یاد دہانی ہو تو بہتر۔',
      'فلٹر اچھا ہے مگر پرزے مہنگے ہیں۔',
    ],
    high: [
      'بچے پھر سے پانی پینے لگے ہیں، بس یہی کافی ہے۔',
      'مستری اسی شام آیا اور باورچی خانہ صاف چھوڑ گیا۔',
      'دو سال میں ایک بھی مسئلہ نہیں۔',
      'میرے فلٹر کا حساب وہ مجھ سے بہتر رکھتے ہیں۔',
      'ایماندار مشورہ: انہوں نے چھوٹا والا بیچا۔',
    ],
  },
  th: {
    low: [
      'น้ำรั่วอยู่หนึ่งสัปดาห์กว่าจะมีคนมา',
      'โทรไปก็รอสาย แล้วไม่มีใครโทรกลับ',
      'บอกว่าไส้กรองใช้ได้หกเดือน แต่ใช้ได้สี่เดือน',
      'นัดวันจันทร์ รอทั้งวันก็ไม่มา',
      'ขึ้นราคาสองครั้งโดยไม่บอก',
    ],
    middle: [
      'น้ำดี แต่รอนาน',
      'ไม่มีอะไรให้ติ แต่ก็ไม่มีอะไรพิเศษ',
      'ที่ร้านใจดี แต่ทางโทรศัพท์ไม่ค่อยเท่าไร',
      'ก็ดีอยู่ อยากให้เตือนก่อนถึงกำหนดเปลี่ยนไส้กรอง',
      'เครื่องกรองดี แต่อะไหล่แพง',
    ],
    high: [
      'เด็ก ๆ กลับมาดื่มน้ำเปล่า แค่นี้ก็พอแล้ว',
      'ช่างมาเย็นวันนั้นเลย และเก็บครัวสะอาด',
      'สองปี ไม่มีปัญหาสักครั้ง',
      'เขาจำเครื่องกรองของฉันได้ดีกว่าฉันเอง',
      'แนะนำอย่างซื่อสัตย์ ขายรุ่นเล็กให้',
    ],
  },
};

/** What is said after a visit, where something is said. */
export const afterVisit: Record<Language, Record<'low' | 'high', string[]>> = {
  en: {
    low: ['It still drips a little.', 'He came two hours late.', 'The old cartridge was left behind.'],
    high: ['On time and friendly.', 'He explained everything twice, gladly.', 'Clean, quick, done.'],
  },
  fr: {
    low: ['Cela goutte encore un peu.', 'Deux heures de retard.', 'L’ancienne cartouche est restée là.'],
    high: ['À l’heure et aimable.', 'Il a tout expliqué deux fois, volontiers.', 'Propre, rapide, fini.'],
  },
  fil: {
    low: ['Tumutulo pa rin nang kaunti.', 'Dalawang oras na huli.', 'Naiwan ang lumang cartridge.'],
    high: ['Nasa oras at magalang.', 'Dalawang beses ipinaliwanag, walang reklamo.', 'Malinis, mabilis, tapos.'],
  },
  ur: {
    low: ['اب بھی تھوڑا ٹپکتا ہے۔', 'دو گھنٹے دیر سے آیا۔', 'پرانا کارٹرج یہیں چھوڑ گیا۔'],
    high: ['وقت پر اور خوش اخلاق۔', 'سب کچھ دو بار سمجھایا، خوشی سے۔', 'صاف، تیز، کام پورا۔'],
  },
  th: {
    low: ['ยังหยดอยู่นิดหน่อย', 'มาสายสองชั่วโมง', 'ทิ้งไส้กรองเก่าไว้'],
    high: ['ตรงเวลาและสุภาพ', 'อธิบายสองรอบด้วยความยินดี', 'สะอาด รวดเร็ว เรียบร้อย'],
  },
};

/** What customers say of how their case was dealt with. */
export const afterCase: Record<Language, Record<'low' | 'high', string[]>> = {
  en: {
    low: ['It was mended, but it took three calls.', 'I had to ask twice what was going on.', 'The bill is still not right.'],
    high: ['Quick and friendly.'],
  },
  fr: {
    low: [
      'C’est réparé, mais après trois appels.',
      'J’ai dû demander deux fois où en était mon dossier.',
      'La facture n’est toujours pas bonne.',
    ],
    high: ['Rapide et aimable.'],
  },
  fil: {
    low: ['Naayos naman, pero tatlong tawag muna.', 'Dalawang beses akong nagtanong kung ano na.', 'Mali pa rin ang singil.'],
    high: ['Mabilis at magiliw.'],
  },
  ur: {
    low: ['ٹھیک تو ہو گیا مگر تین فون کرنے پڑے۔', 'مجھے دو بار پوچھنا پڑا کہ کیا ہو رہا ہے۔', 'بل اب بھی درست نہیں۔'],
    high: ['جلدی اور خوش اخلاقی سے۔'],
  },
  th: {
    low: ['ซ่อมเสร็จแล้ว แต่ต้องโทรถึงสามครั้ง', 'ต้องถามสองครั้งว่าไปถึงไหนแล้ว', 'บิลยังไม่ถูกต้อง'],
    high: ['รวดเร็วและเป็นกันเอง'],
  },
};

/** Whether it has become better, thirty days after an unhappy answer. */
export const better: Record<Language, Record<'low' | 'high', string[]>> = {
  en: {
    low: ['A little better, but I still wait on the phone.'],
    high: ['Somebody called back and it was put right.', 'The new seal holds. Thank you for asking again.'],
  },
  fr: {
    low: ['Un peu mieux, mais j’attends toujours au téléphone.'],
    high: ['On m’a rappelé et tout est rentré dans l’ordre.', 'Le nouveau joint tient. Merci d’avoir redemandé.'],
  },
  fil: {
    low: ['Medyo bumuti, pero naghihintay pa rin ako sa telepono.'],
    high: ['May tumawag muli at naayos na.', 'Matibay ang bagong selyo. Salamat sa muling pagtatanong.'],
  },
  ur: {
    low: ['کچھ بہتر ہے، مگر فون پر اب بھی انتظار کرنا پڑتا ہے۔'],
    high: ['کسی نے واپس فون کیا اور مسئلہ حل ہو گیا۔', 'نئی سیل ٹھیک ہے۔ دوبارہ پوچھنے کا شکریہ۔'],
  },
  th: {
    low: ['ดีขึ้นนิดหน่อย แต่ยังต้องรอสาย'],
    high: ['มีคนโทรกลับและแก้ไขให้แล้ว', 'ซีลใหม่ใช้ได้ดี ขอบคุณที่ถามอีกครั้ง'],
  },
};
