import type { Language } from '../people.ts';

/** Why there is something to do with a customer. */
export const causes = ['complaint', 'unreached', 'enquiry', 'cartridge', 'visit', 'order', 'quiet'] as const;
export type Cause = (typeof causes)[number];

/** What a member is to do, in her language: {name} is the customer, {date} the day it follows from. */
export const todo: Record<Language, Record<Cause, string>> = {
  en: {
    complaint: 'Answer the complaint of {name} from {date}',
    unreached: '{name} did not pick up on {date}: try again',
    enquiry: '{name} asked on {date}: send a quote',
    cartridge: 'The cartridge of {name} is due on {date}: offer the next one',
    visit: 'Ask {name} whether all is well since the visit of {date}',
    order: 'Ask {name} how the order of {date} is doing',
    quiet: 'Nothing heard from {name} since {date}: call',
  },
  fr: {
    complaint: 'Répondre à la réclamation de {name} du {date}',
    unreached: '{name} n’a pas décroché le {date} : réessayer',
    enquiry: '{name} a demandé un prix le {date} : envoyer le devis',
    cartridge: 'Cartouche de {name} à changer le {date} : proposer la suivante',
    visit: 'Demander à {name} si tout va bien depuis la visite du {date}',
    order: 'Demander à {name} si la commande du {date} convient',
    quiet: 'Sans nouvelles de {name} depuis le {date} : appeler',
  },
  fil: {
    complaint: 'Sagutin ang reklamo ni {name} noong {date}',
    unreached: 'Hindi sumagot si {name} noong {date}: tawagan ulit',
    enquiry: 'Nagtanong si {name} noong {date}: ipadala ang presyo',
    cartridge: 'Palitan na ang cartridge ni {name} sa {date}: ialok ang kasunod',
    visit: 'Kumustahin si {name} pagkatapos ng bisita noong {date}',
    order: 'Kumustahin kay {name} ang order noong {date}',
    quiet: 'Walang balita kay {name} mula {date}: tawagan',
  },
  ur: {
    complaint: '{name} کی {date} کی شکایت کا جواب دیں',
    unreached: '{name} نے {date} کو فون نہیں اٹھایا: دوبارہ کوشش کریں',
    enquiry: '{name} نے {date} کو پوچھا تھا: نرخ بھیجیں',
    cartridge: '{name} کا کارٹرج {date} کو بدلنا ہے: نیا پیش کریں',
    visit: '{date} کے دورے کے بعد {name} سے خیریت پوچھیں',
    order: '{name} سے {date} کے آرڈر کا حال پوچھیں',
    quiet: '{date} سے {name} کی کوئی خبر نہیں: فون کریں',
  },
  th: {
    complaint: 'ตอบข้อร้องเรียนของ {name} วันที่ {date}',
    unreached: '{name} ไม่รับสายเมื่อ {date}: โทรอีกครั้ง',
    enquiry: '{name} สอบถามเมื่อ {date}: ส่งใบเสนอราคา',
    cartridge: 'ไส้กรองของ {name} ครบกำหนด {date}: เสนอชุดใหม่',
    visit: 'ถาม {name} ว่าเรียบร้อยดีไหมหลังเข้าเยี่ยมเมื่อ {date}',
    order: 'ถาม {name} เรื่องคำสั่งซื้อวันที่ {date}',
    quiet: 'ไม่ได้ข่าวจาก {name} ตั้งแต่ {date}: โทรหา',
  },
};
