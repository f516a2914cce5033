import type { Language } from '../people.ts';

/** What Batis writes to many, in each language of its readers. */
type Letter = Record<Language, { subject: string; body: string }>;

export const letters = {
  offer: {
    en: {
      subject: 'Your next cartridge, 10 % off',
      body: 'Hello {{customer.name}},\n\norder your next cartridge by the end of the month and pay 10 % less. We bring it to your door.\n\n[Order now](https://batis.example/cartridges)',
    },
    fr: {
      subject: 'Votre prochaine cartouche, 10 % de moins',
      body: 'Bonjour {{customer.name}},\n\ncommandez votre prochaine cartouche avant la fin du mois et payez 10 % de moins. Nous la livrons chez vous.\n\n[Commander](https://batis.example/cartridges)',
    },
    fil: {
      subject: 'Ang susunod ninyong cartridge, bawas 10 %',
      body: 'Magandang araw, {{customer.name}}!\n\nUmorder bago matapos ang buwan at makakabawas kayo ng 10 %. Ihahatid namin sa inyo.\n\n[Umorder na](https://batis.example/cartridges)',
    },
    ur: {
      subject: 'اگلا کارٹرج 10 فیصد رعایت پر',
      body: 'السلام علیکم {{customer.name}}،\n\nمہینے کے آخر تک اگلا کارٹرج منگوائیں اور 10 فیصد کم ادا کریں۔ ہم گھر پہنچا دیں گے۔\n\n[ابھی منگوائیں](https://batis.example/cartridges)',
    },
    th: {
      subject: 'ไส้กรองชุดต่อไป ลด 10 %',
      body: 'สวัสดีคุณ {{customer.name}}\n\nสั่งไส้กรองชุดต่อไปภายในสิ้นเดือน รับส่วนลด 10 % เราส่งถึงบ้าน\n\n[สั่งซื้อเลย](https://batis.example/cartridges)',
    },
  },
  hours: {
    en: {
      subject: 'Our service hours over the holidays',
      body: 'Hello {{customer.name}},\n\nwe are there for you over the holidays, from 10 to 16 o’clock. Tell us early if you need a visit.',
    },
    fr: {
      subject: 'Nos horaires pendant les fêtes',
      body: 'Bonjour {{customer.name}},\n\nnous sommes là pendant les fêtes, de 10 h à 16 h. Prévenez-nous tôt si vous souhaitez une visite.',
    },
    fil: {
      subject: 'Oras ng serbisyo ngayong pista',
      body: 'Magandang araw, {{customer.name}}!\n\nBukas kami ngayong pista, 10 hanggang 4 ng hapon. Sabihan kami nang maaga kung kailangan ninyo ng bisita.',
    },
    ur: {
      subject: 'تعطیلات میں ہمارے اوقات',
      body: 'السلام علیکم {{customer.name}}،\n\nہم تعطیلات میں 10 سے 4 بجے تک حاضر ہیں۔ دورہ چاہیے تو پہلے بتا دیں۔',
    },
    th: {
      subject: 'เวลาทำการช่วงวันหยุด',
      body: 'สวัสดีคุณ {{customer.name}}\n\nช่วงวันหยุดเราเปิด 10.00–16.00 น. หากต้องการนัดเข้าเยี่ยม โปรดแจ้งล่วงหน้า',
    },
  },
  bars: {
    en: {
      subject: 'New: the Batis Bar for your kitchen',
      body: 'Hello {{customer.name}},\n\nthe Batis Bar is here: cold, warm and sparkling from one tap. Come and try it in the shop.\n\n[See the Batis Bar](https://batis.example/bar)',
    },
    fr: {
      subject: 'Nouveau : le Batis Bar pour votre cuisine',
      body: 'Bonjour {{customer.name}},\n\nle Batis Bar est arrivé : eau froide, tiède et pétillante d’un seul robinet. Venez l’essayer au magasin.\n\n[Voir le Batis Bar](https://batis.example/bar)',
    },
    fil: {
      subject: 'Bago: Batis Bar para sa kusina ninyo',
      body: 'Magandang araw, {{customer.name}}!\n\nNarito na ang Batis Bar: malamig, maligamgam at sparkling mula sa iisang gripo. Subukan ninyo sa tindahan.\n\n[Tingnan ang Batis Bar](https://batis.example/bar)',
    },
    ur: {
      subject: 'نیا: آپ کے باورچی خانے کے لیے Batis Bar',
      body: 'السلام علیکم {{customer.name}}،\n\nBatis Bar آ گیا: ایک ہی نل سے ٹھنڈا، نیم گرم اور گیس والا پانی۔ دکان پر آ کر آزمائیں۔\n\n[Batis Bar دیکھیں](https://batis.example/bar)',
    },
    th: {
      subject: 'ใหม่: Batis Bar สำหรับครัวของคุณ',
      body: 'สวัสดีคุณ {{customer.name}}\n\nBatis Bar มาแล้ว: น้ำเย็น น้ำอุ่น และน้ำโซดาจากก๊อกเดียว เชิญลองที่ร้าน\n\n[ดู Batis Bar](https://batis.example/bar)',
    },
  },
  due: {
    en: {
      subject: 'Time for a new cartridge',
      body: 'Hello {{customer.name}},\n\nyour cartridge has done its half year. Answer this mail and we bring the next one.',
    },
    fr: {
      subject: 'C’est l’heure d’une nouvelle cartouche',
      body: 'Bonjour {{customer.name}},\n\nvotre cartouche a fait son semestre. Répondez à ce message et nous apportons la suivante.',
    },
    fil: {
      subject: 'Oras na para sa bagong cartridge',
      body: 'Magandang araw, {{customer.name}}!\n\nAnim na buwan na ang cartridge ninyo. Sumagot lang dito at ihahatid namin ang kasunod.',
    },
    ur: {
      subject: 'نئے کارٹرج کا وقت',
      body: 'السلام علیکم {{customer.name}}،\n\nآپ کے کارٹرج کو چھ ماہ ہو گئے۔ اس پیغام کا جواب دیں، نیا ہم پہنچا دیں گے۔',
    },
    th: { subject: 'ถึงเวลาเปลี่ยนไส้กรอง', body: 'สวัสดีคุณ {{customer.name}}\n\nไส้กรองของคุณครบหกเดือนแล้ว ตอบอีเมลนี้ แล้วเราจะนำชุดใหม่ไปให้' },
  },
} as const satisfies Record<string, Letter>;

/** What the order that follows the offer is called on the timeline. */
export const orderSubjects: Record<Language, string> = {
  en: 'Cartridge ordered, at the offer’s price',
  fr: 'Cartouche commandée au prix de l’offre',
  fil: 'Umorder ng cartridge sa presyo ng alok',
  ur: 'رعایتی قیمت پر کارٹرج منگوایا',
  th: 'สั่งไส้กรองในราคาพิเศษ',
};
