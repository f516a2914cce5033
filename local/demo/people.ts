import { createHash } from 'node:crypto';

export const languages = ['en', 'fr', 'fil', 'ur', 'th'] as const;
export type Language = (typeof languages)[number];
export type Texts = Record<Language, string>;

export const demoRoles = ['admin', 'manager', 'sales', 'service', 'marketing', 'analyst', 'partner'] as const;
export type DemoRole = (typeof demoRoles)[number];

/** Somebody who can sign in, as the list of people keeps her: one of the demo, or one invited by hand. */
export interface SignInPerson {
  /** What tokens call her; a UUID, as in Cognito. */
  sub: string;
  email: string;
  name: string;
  /** The language she is greeted in. */
  locale: string;
  enabled?: boolean;
  /** In machine ms: sessions and tokens from before are over. */
  signedOutAt?: number;
}

/** What the sign-in needs of the durable list of people. */
export interface SignInPeople {
  list(): Promise<SignInPerson[]> | SignInPerson[];
  find(sub: string): Promise<SignInPerson | undefined> | SignInPerson | undefined;
}

export interface DemoTeam {
  key: string;
  name: string;
  city: Texts;
  timeZone: string;
  country: 'PH' | 'PK' | 'FR' | 'TH';
}

export interface DemoMember extends SignInPerson {
  locale: Language;
  role: DemoRole;
  city: string;
  /** One line on what she does, in each language of the page. */
  about: Texts;
  /** Workspace key and the keys of her teams there. */
  workspaces: { workspace: string; role: DemoRole; teams: string[] }[];
}

export interface DemoWorkspace {
  key: 'batis' | 'sarisari';
  /** Eight characters, as the table's keys want them. */
  tenant: string;
  name: string;
  language: Language;
  country: string;
  currency: string;
  timeZone: string;
  teams: DemoTeam[];
  /** Consent topics beside `transactional`. */
  topics: string[];
  /** Custom fields of its customers. */
  fields: { key: string; label: string; kind: 'text' | 'number' | 'date' | 'choice'; choices: string[] }[];
}

/** A UUID that a name always leads to. */
export const subOf = (name: string) => {
  const hex = createHash('sha256').update(`suki demo ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const filterModels = ['Batis Uno', 'Batis Duo', 'Batis Shower', 'Batis Pro 40', 'Batis Tank 100', 'Batis Bar'];

export const demoWorkspaces: DemoWorkspace[] = [
  {
    key: 'batis',
    tenant: 'batis001',
    name: 'Batis',
    language: 'en',
    country: 'PH',
    currency: 'PHP',
    timeZone: 'Asia/Manila',
    topics: ['service', 'offers', 'news'],
    fields: [
      { key: 'model', label: 'Filter', kind: 'choice', choices: filterModels },
      { key: 'cartridgeDueOn', label: 'Cartridge due', kind: 'date', choices: [] },
      { key: 'contractEndsOn', label: 'Contract ends', kind: 'date', choices: [] },
      { key: 'users', label: 'People at the tap', kind: 'number', choices: [] },
      { key: 'access', label: 'How to get in', kind: 'text', choices: [] },
    ],
    teams: [
      {
        key: 'manila',
        name: 'Manila',
        city: { en: 'Manila', fr: 'Manille', fil: 'Maynila', ur: 'منیلا', th: 'มะนิลา' },
        timeZone: 'Asia/Manila',
        country: 'PH',
      },
      {
        key: 'karachi',
        name: 'Karachi',
        city: { en: 'Karachi', fr: 'Karachi', fil: 'Karachi', ur: 'کراچی', th: 'การาจี' },
        timeZone: 'Asia/Karachi',
        country: 'PK',
      },
      {
        key: 'lyon',
        name: 'Lyon',
        city: { en: 'Lyon', fr: 'Lyon', fil: 'Lyon', ur: 'لیون', th: 'ลียง' },
        timeZone: 'Europe/Paris',
        country: 'FR',
      },
      {
        key: 'bangkok',
        name: 'Bangkok',
        city: { en: 'Bangkok', fr: 'Bangkok', fil: 'Bangkok', ur: 'بنکاک', th: 'กรุงเทพฯ' },
        timeZone: 'Asia/Bangkok',
        country: 'TH',
      },
    ],
  },
  {
    key: 'sarisari',
    tenant: 'sarisari',
    name: 'Sari-sari',
    language: 'fil',
    country: 'PH',
    currency: 'PHP',
    timeZone: 'Asia/Manila',
    topics: ['offers'],
    fields: [],
    teams: [
      {
        key: 'cebu',
        name: 'Cebu',
        city: { en: 'Cebu', fr: 'Cebu', fil: 'Cebu', ur: 'سیبو', th: 'เซบู' },
        timeZone: 'Asia/Manila',
        country: 'PH',
      },
    ],
  },
];

const batis = (role: DemoRole, team: string) => ({ workspace: 'batis', role, teams: [team] });

/** The eight of the sign-in page. Grace runs the second workspace too, so that the wall between the two can be seen. */
export const demoPeople: DemoMember[] = [
  {
    sub: subOf('grace'),
    email: 'grace.villanueva@batis.example',
    name: 'Grace Villanueva',
    role: 'admin',
    city: 'Manila',
    locale: 'en',
    about: {
      en: 'Runs the office: people, settings, imports',
      fr: 'Dirige le bureau : équipe, réglages, imports',
      fil: 'Namamahala ng opisina: mga tao, settings, import',
      ur: 'دفتر چلاتی ہیں: عملہ، ترتیبات، درآمد',
      th: 'ดูแลสำนักงาน: คน การตั้งค่า การนำเข้า',
    },
    workspaces: [batis('admin', 'manila'), { workspace: 'sarisari', role: 'admin', teams: ['cebu'] }],
  },
  {
    sub: subOf('claire'),
    email: 'claire.morel@batis.example',
    name: 'Claire Morel',
    role: 'manager',
    city: 'Lyon',
    locale: 'fr',
    about: {
      en: 'Leads the four shops and approves what goes out',
      fr: 'Pilote les quatre magasins et valide les envois',
      fil: 'Namumuno sa apat na tindahan at nag-aapruba ng ipinapadala',
      ur: 'چاروں دکانوں کی سربراہ، ہر پیغام کی منظوری دیتی ہیں',
      th: 'ดูแลร้านทั้งสี่แห่งและอนุมัติสิ่งที่ส่งออกไป',
    },
    workspaces: [batis('manager', 'lyon')],
  },
  {
    sub: subOf('jun'),
    email: 'jun.bautista@batis.example',
    name: 'Jun Bautista',
    role: 'sales',
    city: 'Manila',
    locale: 'fil',
    about: {
      en: 'Sells filters to homes and canteens in Manila',
      fr: 'Vend des filtres aux foyers et cantines de Manille',
      fil: 'Nagbebenta ng filter sa mga bahay at kantina sa Maynila',
      ur: 'منیلا کے گھروں اور کینٹینوں کو فلٹر فروخت کرتے ہیں',
      th: 'ขายเครื่องกรองให้บ้านและโรงอาหารในมะนิลา',
    },
    workspaces: [batis('sales', 'manila')],
  },
  {
    sub: subOf('sana'),
    email: 'sana.qureshi@batis.example',
    name: 'ثنا قریشی',
    role: 'sales',
    city: 'Karachi',
    locale: 'ur',
    about: {
      en: 'Sells to hotels and clinics in Karachi',
      fr: 'Vend aux hôtels et cliniques de Karachi',
      fil: 'Nagbebenta sa mga hotel at klinika sa Karachi',
      ur: 'کراچی کے ہوٹلوں اور کلینکوں کو فروخت کرتی ہیں',
      th: 'ขายให้โรงแรมและคลินิกในการาจี',
    },
    workspaces: [batis('sales', 'karachi')],
  },
  {
    sub: subOf('natthapol'),
    email: 'natthapol.srisuk@batis.example',
    name: 'ณัฐพล ศรีสุข',
    role: 'service',
    city: 'Bangkok',
    locale: 'th',
    about: {
      en: 'Answers, repairs and visits: the service desk',
      fr: 'Répond, répare et se déplace : le service après-vente',
      fil: 'Sumasagot, nag-aayos at bumibisita: ang service desk',
      ur: 'جواب، مرمت اور دورے: سروس ڈیسک',
      th: 'รับเรื่อง ซ่อม และออกเยี่ยม: ฝ่ายบริการ',
    },
    workspaces: [batis('service', 'bangkok')],
  },
  {
    sub: subOf('bilal'),
    email: 'bilal.ahmed@batis.example',
    name: 'بلال احمد',
    role: 'marketing',
    city: 'Karachi',
    locale: 'ur',
    about: {
      en: 'Writes the newsletters and watches consent',
      fr: 'Rédige les lettres et veille aux consentements',
      fil: 'Sumusulat ng newsletter at nagbabantay ng pahintulot',
      ur: 'خبرنامے لکھتے ہیں اور اجازتوں پر نظر رکھتے ہیں',
      th: 'เขียนจดหมายข่าวและดูแลเรื่องความยินยอม',
    },
    workspaces: [batis('marketing', 'karachi')],
  },
  {
    sub: subOf('thomas'),
    email: 'thomas.garnier@batis.example',
    name: 'Thomas Garnier',
    role: 'analyst',
    city: 'Lyon',
    locale: 'fr',
    about: {
      en: 'Reads everything, counts everything, changes nothing',
      fr: 'Lit tout, compte tout, ne modifie rien',
      fil: 'Binabasa at binibilang ang lahat, walang binabago',
      ur: 'سب پڑھتے ہیں، سب گنتے ہیں، کچھ نہیں بدلتے',
      th: 'อ่านทุกอย่าง นับทุกอย่าง ไม่แก้ไขอะไร',
    },
    workspaces: [batis('analyst', 'lyon')],
  },
  {
    sub: subOf('pimchanok'),
    email: 'pimchanok@chang-pim.example',
    name: 'พิมพ์ชนก วงศ์สกุล',
    role: 'partner',
    city: 'Bangkok',
    locale: 'th',
    about: {
      en: 'A plumber outside the company, sees what is shared',
      fr: 'Plombière indépendante, voit ce qui est partagé',
      fil: 'Tubero sa labas ng kumpanya, ibinahagi lang ang nakikita',
      ur: 'کمپنی سے باہر کی پلمبر، صرف مشترکہ ریکارڈ دیکھتی ہیں',
      th: 'ช่างประปานอกบริษัท เห็นเฉพาะที่แบ่งปันให้',
    },
    workspaces: [batis('partner', 'bangkok')],
  },
];
