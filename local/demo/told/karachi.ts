import { said, type Told } from '../told-shape.ts';

/** The hotel group whose contract ends, and the one who was never asked. */
export const karachiTold: Told[] = [
  {
    key: 'gulzar',
    kind: 'hotel-group',
    shop: 'karachi',
    type: 'company',
    name: 'گلزار ہوٹلز',
    email: 'daftar@gulzar-hotels.example',
    landline: '(021) 3000 7711',
    fax: '(021) 3000 7712',
    street: '22 شارعِ فیصل',
    quarter: 4,
    tags: ['karachi', 'plan', 'wholesale', 'hotel'],
    lifecycle: 'active',
    consent: 'all',
    contractEndsIn: 21,
    events: said(`
      349 11:15 visit out enquiry promised 90m | پہلی ملاقات | تین ہوٹل، ہر منزل پر ایک Batis Tank 100۔ کچن اور بار کے لیے الگ پیشکش مانگی۔
      346 12:40 email out enquiry answered | پیشکش: تین ہوٹل | گیارہ ٹینک، سالانہ سروس اور سہ ماہی کارٹرج سمیت پیشکش ساتھ ہے۔
      344 15:30 fax in order none | معاہدہ، دستخط شدہ | ایک سال کا معاہدہ دستخط کے ساتھ واپس بھیج رہے ہیں۔ تنصیب اگلے ہفتے شروع کریں۔
      338 10:20 visit out service resolved 240m | تنصیب، صدر | صدر والے ہوٹل میں چار ٹینک لگا دیے، عملے کو بتیاں دیکھنا سکھا دیا۔
      247 11:00 order in order none | آرڈر: T-100 | سہ ماہی کارٹرج، گیارہ عدد T-100، تینوں ہوٹلوں پر الگ ترسیل۔
      121 17:45 fax in complaint none | کلفٹن میں پانی بند | تیسری منزل کا ٹینک صبح سے بند ہے، مہمان شکایت کر رہے ہیں۔ آج ہی کسی کو بھیجیں۔
      121 18:10 call out complaint promised 6m |  | کاریگر راستے میں ہے، ایک گھنٹے میں پہنچے گا۔ متبادل ٹینک ساتھ ہے۔
      120 10:05 visit out complaint resolved 110m | ٹینک بدل دیا | پمپ جل گیا تھا۔ وارنٹی میں پورا ٹینک بدل دیا، رپورٹ پر جی ایم کے دستخط۔
      30 12:15 email out order none | معاہدے کی تجدید | آپ کا معاہدہ {contract} کو ختم ہو رہا ہے۔ اگلے سال کے لیے نرخ ساتھ ہیں، چوتھا ہوٹل بھی شامل کیا جا سکتا ہے۔
      6 16:20 call in enquiry promised 12m |  | چوتھے ہوٹل کی پیشکش چاہتے ہیں، {contract} سے پہلے فیصلہ کریں گے۔ ثنا نے منگل کو آنے کا وعدہ کیا۔
    `),
  },
  {
    key: 'gulzar-owner',
    kind: 'hotel-group',
    shop: 'karachi',
    type: 'person',
    name: 'نادیہ گلزار',
    given: 'نادیہ',
    family: 'گلزار',
    company: 'gulzar',
    jobTitle: 'مالک',
    email: 'nadia@gulzar-hotels.example',
    mobile: '0321 000 7701',
    street: '22 شارعِ فیصل',
    quarter: 4,
    tags: ['karachi', 'hotel'],
    lifecycle: 'active',
    consent: 'all',
    events: said(`
      352 13:00 call in enquiry promised 8m |  | ایک دوست کے دفتر میں فلٹر دیکھا۔ تین ہوٹلوں کے لیے بات کرنا چاہتی ہیں۔
      119 11:30 chat in feedback none |  | کل جس تیزی سے ٹینک بدلا گیا، اُس پر شکریہ۔ اگلی بار فون پہلی گھنٹی پر اٹھائیے گا۔
      5 17:20 chat out enquiry promised |  | چوتھے ہوٹل کے نقشے مل گئے، منگل کو پیشکش لے کر آؤں گی۔
    `),
  },
  {
    key: 'gulzar-gm',
    kind: 'hotel-group',
    shop: 'karachi',
    type: 'person',
    name: 'فیصل رحمان',
    given: 'فیصل',
    family: 'رحمان',
    company: 'gulzar',
    jobTitle: 'جنرل مینیجر',
    email: 'faisal@gulzar-hotels.example',
    mobile: '0300 000 7702',
    street: '5 خیابانِ سحر',
    quarter: 0,
    tags: ['karachi', 'hotel'],
    lifecycle: 'active',
    consent: 'service',
    events: said(`
      330 10:45 call in service answered 5m |  | صفائی کا عملہ بدل گیا ہے، بتیوں کی تربیت دوبارہ چاہیے۔
      326 11:20 visit out service resolved 55m | عملے کی تربیت | کلفٹن میں نو افراد کو کاؤنٹر صفر کرنا اور والو بند کرنا سکھایا۔
      62 15:05 email in other none | رسید کا فرق | پچھلی رسید میں دو کارٹرج زیادہ لکھے ہیں، درست کر کے بھیجیں۔
      61 12:10 email out other answered | درست رسید | رسید درست کر دی، فرق اگلی سہ ماہی میں منہا ہو گا۔
    `),
  },
  {
    key: 'gulzar-buyer',
    kind: 'hotel-group',
    shop: 'karachi',
    type: 'person',
    name: 'ماریہ جوزف',
    given: 'ماریہ',
    family: 'جوزف',
    company: 'gulzar',
    jobTitle: 'خریداری',
    email: 'maria@gulzar-hotels.example',
    mobile: '0333 000 7703',
    street: '22 شارعِ فیصل',
    quarter: 4,
    tags: ['karachi', 'hotel'],
    lifecycle: 'active',
    consent: 'all',
    events: said(`
      248 14:30 chat in order none |  | اگلی کھیپ کے لیے گیارہ کارٹرج، تین الگ ڈبوں میں رکھیں۔
      155 12:25 chat in order none |  | اس بار صدر کے لیے پانچ اور باقی کے لیے تین تین بھیجیں۔
      155 12:50 chat out order answered |  | ٹھیک ہے، جمعرات کو صبح تینوں جگہ پہنچ جائیں گے۔
    `),
  },
  {
    key: 'ayesha',
    kind: 'without-consent',
    shop: 'karachi',
    type: 'person',
    name: 'عائشہ صدیقی',
    given: 'عائشہ',
    family: 'صدیقی',
    email: 'ayesha.siddiqui@khat.example',
    mobile: '0345 000 5540',
    street: '17 خیابانِ اتحاد',
    quarter: 2,
    tags: ['karachi'],
    lifecycle: 'active',
    consent: 'none',
    events: said(`
      133 12:00 visit in order resolved 20m | دکان پر | دکان سے Batis Uno خریدا، خود لگائیں گی۔ کوئی پیغام نہیں چاہتیں، رضامندی کا خانہ خالی چھوڑا۔
      131 16:40 call in service resolved 11m |  | لگاتے ہوئے والو نہیں کھل رہا تھا، فون پر رہنمائی کی، لگ گیا۔
      70 11:35 call in enquiry answered 3m |  | پوچھا کہ کارٹرج کتنے دن اور چلے گا۔ بتایا کہ تقریباً چار ماہ۔
    `),
  },
];
