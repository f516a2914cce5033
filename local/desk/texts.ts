import type { Language } from '../demo/people.ts';
import type { ToldKind } from '../demo/told-shape.ts';

export interface DeskTexts {
  title: string;
  lead: string;
  languages: string;
  openApp: string;
  clock: string;
  clockLead: string;
  hour: string;
  tomorrow: string;
  month: string;
  ahead: string;
  onTime: string;
  people: string;
  peopleLead: string;
  told: string;
  notYet: string;
  works: string;
  behind: string;
  waiting: string;
  inFlight: string;
  queue: string;
  consumer: string;
  keys: string;
  keysLead: string;
  otherWorkspace: string;
  demo: string;
  demoLead: string;
  refresh: string;
  refreshing: string;
  toldKinds: Record<ToldKind, string>;
}

export const deskTexts: Record<Language, DeskTexts> = {
  en: {
    title: 'The desk',
    lead: 'The other side of the product: what customers receive, what time it is, and what is under way. Only on this machine.',
    languages: 'Language of this page',
    openApp: 'Open Suki',
    clock: 'Clock',
    clockLead: 'The product’s clock moves forward, never back. Tokens and signatures keep the machine’s time.',
    hour: '+ 1 hour',
    tomorrow: 'Tomorrow 9:00',
    month: '+ 30 days',
    ahead: 'ahead of this machine by',
    onTime: 'the same as this machine’s',
    people: 'Open as',
    peopleLead: 'In a new tab, signed in at once.',
    told: 'Customers with a story',
    notYet: 'The demo data are still coming in.',
    works: 'Under way',
    behind: 'records behind',
    waiting: 'waiting',
    inFlight: 'in hand',
    queue: 'Queue',
    consumer: 'Consumer',
    keys: 'API keys',
    keysLead: 'One per role, as in local.json. They work on this machine only.',
    otherWorkspace: 'second workspace',
    demo: 'Demo data',
    demoLead: 'Tells the fourteen months again as of now. What you logged yourself stays.',
    refresh: 'Tell the story anew',
    refreshing: 'The story is being told anew; it takes a minute.',
    toldKinds: {
      loyal: 'The loyal one',
      'hotel-group': 'The hotel group, contract ending',
      'two-phone-forms': 'A duplicate by two phone forms',
      'shared-address': 'Two who share one address',
      unsubscribed: 'Unsubscribed',
      'hard-bounced': 'Mailbox gone',
      'without-consent': 'Without consent',
      'closed-and-returned': 'Closed and returned',
    },
  },
  fr: {
    title: 'Le comptoir',
    lead: 'L’envers du produit : ce que reçoivent les clients, l’heure qu’il est et ce qui est en cours. Sur cette machine seulement.',
    languages: 'Langue de cette page',
    openApp: 'Ouvrir Suki',
    clock: 'Horloge',
    clockLead: 'L’horloge du produit avance, jamais en arrière. Jetons et signatures gardent l’heure de la machine.',
    hour: '+ 1 heure',
    tomorrow: 'Demain 9 h',
    month: '+ 30 jours',
    ahead: 'en avance sur cette machine de',
    onTime: 'celle de cette machine',
    people: 'Ouvrir en tant que',
    peopleLead: 'Dans un nouvel onglet, connecté aussitôt.',
    told: 'Clients qui ont une histoire',
    notYet: 'Les données de démonstration arrivent encore.',
    works: 'En cours',
    behind: 'enregistrements de retard',
    waiting: 'en attente',
    inFlight: 'en traitement',
    queue: 'File',
    consumer: 'Consommateur',
    keys: 'Clés d’API',
    keysLead: 'Une par rôle, comme dans local.json. Valables sur cette machine seulement.',
    otherWorkspace: 'second espace',
    demo: 'Données de démonstration',
    demoLead: 'Raconte de nouveau les quatorze mois, jusqu’à maintenant. Ce que vous avez saisi reste.',
    refresh: 'Raconter de nouveau',
    refreshing: 'L’histoire est racontée de nouveau ; comptez une minute.',
    toldKinds: {
      loyal: 'La fidèle',
      'hotel-group': 'Le groupe hôtelier, contrat à échéance',
      'two-phone-forms': 'Un doublon, deux écritures du téléphone',
      'shared-address': 'Deux à la même adresse',
      unsubscribed: 'Désabonné',
      'hard-bounced': 'Boîte disparue',
      'without-consent': 'Sans consentement',
      'closed-and-returned': 'Partie et revenue',
    },
  },
  fil: {
    title: 'Ang mesa',
    lead: 'Ang kabilang panig ng produkto: ang natatanggap ng mga kliyente, ang oras, at ang ginagawa pa. Dito lang sa makinang ito.',
    languages: 'Wika ng pahinang ito',
    openApp: 'Buksan ang Suki',
    clock: 'Orasan',
    clockLead: 'Pasulong lang ang orasan ng produkto. Ang mga token at lagda ay sa oras ng makina.',
    hour: '+ 1 oras',
    tomorrow: 'Bukas 9:00',
    month: '+ 30 araw',
    ahead: 'nauuna sa makinang ito nang',
    onTime: 'kapareho ng sa makinang ito',
    people: 'Buksan bilang',
    peopleLead: 'Sa bagong tab, naka-sign in agad.',
    told: 'Mga kliyenteng may kuwento',
    notYet: 'Pumapasok pa ang demo data.',
    works: 'Ginagawa pa',
    behind: 'talang naiiwan',
    waiting: 'naghihintay',
    inFlight: 'hawak na',
    queue: 'Pila',
    consumer: 'Tagaproseso',
    keys: 'Mga API key',
    keysLead: 'Isa bawat tungkulin, gaya ng nasa local.json. Sa makinang ito lang gumagana.',
    otherWorkspace: 'ikalawang workspace',
    demo: 'Demo data',
    demoLead: 'Ikukuwento ulit ang labing-apat na buwan hanggang ngayon. Mananatili ang inilagay mo.',
    refresh: 'Ikuwento ulit',
    refreshing: 'Ikinukuwento na ulit; mga isang minuto.',
    toldKinds: {
      loyal: 'Ang tapat na suki',
      'hotel-group': 'Grupo ng hotel, patapos ang kontrata',
      'two-phone-forms': 'Doble, magkaibang sulat ng numero',
      'shared-address': 'Dalawa sa iisang address',
      unsubscribed: 'Nag-unsubscribe',
      'hard-bounced': 'Wala na ang mailbox',
      'without-consent': 'Walang pahintulot',
      'closed-and-returned': 'Umalis at bumalik',
    },
  },
  ur: {
    title: 'ڈیسک',
    lead: 'پروڈکٹ کا دوسرا رخ: گاہکوں کو کیا ملتا ہے، وقت کیا ہے، اور کیا چل رہا ہے۔ صرف اس مشین پر۔',
    languages: 'اس صفحے کی زبان',
    openApp: 'سُکی کھولیں',
    clock: 'گھڑی',
    clockLead: 'پروڈکٹ کی گھڑی صرف آگے چلتی ہے۔ ٹوکن اور دستخط مشین کے وقت پر رہتے ہیں۔',
    hour: '+ 1 گھنٹہ',
    tomorrow: 'کل 9:00',
    month: '+ 30 دن',
    ahead: 'اس مشین سے آگے:',
    onTime: 'اس مشین کے برابر',
    people: 'بطور کھولیں',
    peopleLead: 'نئے ٹیب میں، فوراً داخل۔',
    told: 'کہانی والے گاہک',
    notYet: 'نمونہ ڈیٹا ابھی آ رہا ہے۔',
    works: 'جاری کام',
    behind: 'ریکارڈ پیچھے',
    waiting: 'منتظر',
    inFlight: 'زیرِ کار',
    queue: 'قطار',
    consumer: 'کارندہ',
    keys: 'اے پی آئی کنجیاں',
    keysLead: 'ہر کردار کی ایک، جیسے local.json میں۔ صرف اسی مشین پر چلتی ہیں۔',
    otherWorkspace: 'دوسرا ورک اسپیس',
    demo: 'نمونہ ڈیٹا',
    demoLead: 'چودہ مہینے آج تک دوبارہ سناتا ہے۔ آپ کا اپنا لکھا رہتا ہے۔',
    refresh: 'کہانی دوبارہ سنائیں',
    refreshing: 'کہانی دوبارہ سنائی جا رہی ہے؛ ایک منٹ لگے گا۔',
    toldKinds: {
      loyal: 'وفادار گاہک',
      'hotel-group': 'ہوٹل گروپ، معاہدہ ختم ہونے کو',
      'two-phone-forms': 'نقل، فون کی دو صورتیں',
      'shared-address': 'ایک پتے پر دو',
      unsubscribed: 'رکنیت ختم',
      'hard-bounced': 'ڈاک خانہ بند',
      'without-consent': 'بغیر رضامندی',
      'closed-and-returned': 'گئے اور لوٹ آئے',
    },
  },
  th: {
    title: 'โต๊ะทดลอง',
    lead: 'อีกด้านของผลิตภัณฑ์: สิ่งที่ลูกค้าได้รับ เวลา และงานที่กำลังทำ เฉพาะในเครื่องนี้',
    languages: 'ภาษาของหน้านี้',
    openApp: 'เปิดซูกิ',
    clock: 'นาฬิกา',
    clockLead: 'นาฬิกาของผลิตภัณฑ์เดินหน้าเท่านั้น โทเคนและลายเซ็นใช้เวลาของเครื่อง',
    hour: '+ 1 ชั่วโมง',
    tomorrow: 'พรุ่งนี้ 9:00',
    month: '+ 30 วัน',
    ahead: 'เร็วกว่าเครื่องนี้',
    onTime: 'ตรงกับเครื่องนี้',
    people: 'เปิดในชื่อ',
    peopleLead: 'ในแท็บใหม่ เข้าสู่ระบบทันที',
    told: 'ลูกค้าที่มีเรื่องเล่า',
    notYet: 'ข้อมูลตัวอย่างกำลังเข้ามา',
    works: 'งานที่กำลังทำ',
    behind: 'รายการที่ค้าง',
    waiting: 'รออยู่',
    inFlight: 'กำลังทำ',
    queue: 'คิว',
    consumer: 'ผู้รับงาน',
    keys: 'คีย์ API',
    keysLead: 'บทบาทละหนึ่งคีย์ ตามไฟล์ local.json ใช้ได้เฉพาะเครื่องนี้',
    otherWorkspace: 'พื้นที่ทำงานที่สอง',
    demo: 'ข้อมูลตัวอย่าง',
    demoLead: 'เล่าสิบสี่เดือนใหม่จนถึงตอนนี้ สิ่งที่คุณบันทึกเองยังอยู่',
    refresh: 'เล่าเรื่องใหม่',
    refreshing: 'กำลังเล่าเรื่องใหม่ ใช้เวลาราวหนึ่งนาที',
    toldKinds: {
      loyal: 'ลูกค้าประจำ',
      'hotel-group': 'กลุ่มโรงแรม สัญญาใกล้หมด',
      'two-phone-forms': 'ข้อมูลซ้ำ เขียนเบอร์สองแบบ',
      'shared-address': 'สองคนที่อยู่เดียวกัน',
      unsubscribed: 'ยกเลิกรับข่าว',
      'hard-bounced': 'กล่องจดหมายหายไป',
      'without-consent': 'ไม่ได้ให้ความยินยอม',
      'closed-and-returned': 'ปิดแล้วกลับมา',
    },
  },
};
