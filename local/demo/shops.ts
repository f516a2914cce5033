import { firms, french, type Name, type NamePool, pakistani, philippine, thai } from './names.ts';
import { subOf } from './people.ts';
import { en } from './texts/en.ts';
import { fil } from './texts/fil.ts';
import { fr } from './texts/fr.ts';
import { th } from './texts/th.ts';
import { ur } from './texts/ur.ts';
import type { Voice } from './texts/voice.ts';

export type Weights = Record<string, number>;

/** A place with its postal code, as people there write it. */
interface Place {
  city: string;
  region: string | null;
  streets: string[];
  quarters: readonly (readonly [name: string, postalCode: string])[];
}

/** A shop: who it serves, when it is open, and how its customers like to be in touch. */
export interface Shop {
  key: 'manila' | 'karachi' | 'lyon' | 'bangkok';
  timeZone: string;
  country: 'PH' | 'PK' | 'FR' | 'TH';
  tag: string;
  people: number;
  names: NamePool;
  firms: Name[];
  voices: readonly (readonly [voice: Voice, weight: number])[];
  /** ISO weekdays and the hours of the local clock in which the shop works. */
  open: { days: number[]; from: number; to: number };
  place: Place;
  /** Home of private mail addresses. */
  mailHosts: string[];
  owners: readonly (readonly [sub: string, weight: number])[];
  /** Who logs what happens. */
  staff: string[];
  inbound: Weights;
  outbound: Weights;
  messenger: 'viber' | 'messenger' | 'whatsapp' | 'line' | 'telegram';
  /**
   * Numbers for one customer, the n-th of the shop. France reserves 06 39 98 and 04 65 71 for stories. The other three countries reserve
   * nothing: there the block 000 of a carrier's or an exchange's prefix is used, which we know of nobody to hand out.
   */
  mobile(n: number): string;
  landline(n: number): string;
  fax(n: number): string;
}

const four = (n: number) => String(n % 10_000).padStart(4, '0');
const spread = (n: number) => (n * 7919 + 4813) % 10_000;
const french2 = (n: number) => four(spread(n)).replace(/(..)(..)/, '$1 $2');

export const shops: Shop[] = [
  {
    key: 'manila',
    timeZone: 'Asia/Manila',
    country: 'PH',
    tag: 'manila',
    people: 140,
    names: philippine,
    firms: firms.manila,
    voices: [
      [en, 45],
      [fil, 55],
    ],
    open: { days: [1, 2, 3, 4, 5, 6], from: 9, to: 18 },
    place: {
      city: 'Manila',
      region: 'Metro Manila',
      streets: ['Mabini St.', 'Rizal Ave.', 'Kalaw St.', 'Katipunan Ave.', 'Sampaguita St.', 'Maginhawa St.', 'Del Pilar St.', 'Narra St.'],
      quarters: [
        ['Ermita', '1000'],
        ['Sampaloc', '1008'],
        ['Quezon City', '1101'],
        ['Makati', '1200'],
        ['Pasig', '1600'],
        ['Mandaluyong', '1550'],
        ['Marikina', '1800'],
        ['Taguig', '1630'],
      ],
    },
    mailHosts: ['sulatan.example', 'koreo.example', 'bahay.example'],
    owners: [
      [subOf('jun'), 75],
      [subOf('grace'), 25],
    ],
    staff: [subOf('jun'), subOf('jun'), subOf('grace')],
    inbound: { chat: 34, call: 24, sms: 12, email: 16, web: 11, fax: 1.5, letter: 1, other: 0.5 },
    outbound: { chat: 30, call: 26, sms: 26, email: 16, fax: 1, letter: 1 },
    messenger: 'viber',
    mobile: (n) => `${['0917', '0917', '0918', '0927', '0998'][n % 5]} 000 ${four(spread(n))}`,
    landline: (n) => `(02) 8000 ${four(spread(n))}`,
    fax: (n) => `(02) 8000 ${four(spread(n + 5000))}`,
  },
  {
    key: 'karachi',
    timeZone: 'Asia/Karachi',
    country: 'PK',
    tag: 'karachi',
    people: 100,
    names: pakistani,
    firms: firms.karachi,
    voices: [[ur, 100]],
    open: { days: [1, 2, 3, 4, 5, 6], from: 10, to: 19 },
    place: {
      city: 'کراچی',
      region: 'سندھ',
      streets: ['خیابانِ سحر', 'شارعِ فیصل', 'طارق روڈ', 'یونیورسٹی روڈ', 'ایم اے جناح روڈ', 'خیابانِ اتحاد'],
      quarters: [
        ['کلفٹن', '75600'],
        ['گلشنِ اقبال', '75300'],
        ['ڈیفنس', '75500'],
        ['ناظم آباد', '74600'],
        ['صدر', '74400'],
        ['نارتھ ناظم آباد', '74700'],
      ],
    },
    mailHosts: ['daak.example', 'khat.example', 'ghar.example'],
    owners: [
      [subOf('sana'), 85],
      [subOf('bilal'), 15],
    ],
    staff: [subOf('sana'), subOf('sana'), subOf('bilal')],
    inbound: { chat: 38, call: 30, email: 13, web: 8, sms: 5, fax: 2.5, letter: 2, other: 1 },
    outbound: { chat: 38, call: 34, email: 14, sms: 10, fax: 2, letter: 2 },
    messenger: 'whatsapp',
    mobile: (n) => `${['0300', '0301', '0321', '0333', '0345'][n % 5]} 000 ${four(spread(n))}`,
    landline: (n) => `(021) 3000 ${four(spread(n))}`,
    fax: (n) => `(021) 3000 ${four(spread(n + 5000))}`,
  },
  {
    key: 'lyon',
    timeZone: 'Europe/Paris',
    country: 'FR',
    tag: 'lyon',
    people: 80,
    names: french,
    firms: firms.lyon,
    voices: [[fr, 100]],
    open: { days: [1, 2, 3, 4, 5], from: 9, to: 18 },
    place: {
      city: 'Lyon',
      region: 'Auvergne-Rhône-Alpes',
      streets: [
        'rue Mercière',
        'cours Lafayette',
        'rue de la République',
        'montée de la Grande-Côte',
        'rue Garibaldi',
        'quai Saint-Antoine',
        'avenue Berthelot',
      ],
      quarters: [
        ['Lyon', '69001'],
        ['Lyon', '69002'],
        ['Lyon', '69003'],
        ['Lyon', '69006'],
        ['Lyon', '69007'],
        ['Villeurbanne', '69100'],
        ['Caluire-et-Cuire', '69300'],
      ],
    },
    mailHosts: ['courriel.example', 'boite.example', 'maison.example'],
    owners: [[subOf('claire'), 100]],
    staff: [subOf('claire')],
    inbound: { email: 32, call: 28, web: 16, letter: 9, fax: 7, sms: 7, other: 1 },
    outbound: { email: 40, call: 34, letter: 10, sms: 12, fax: 4 },
    messenger: 'telegram',
    mobile: (n) => `06 39 98 ${french2(n)}`,
    landline: (n) => `04 65 71 ${french2(n)}`,
    fax: (n) => `04 65 71 ${french2(n + 5000)}`,
  },
  {
    key: 'bangkok',
    timeZone: 'Asia/Bangkok',
    country: 'TH',
    tag: 'bangkok',
    people: 100,
    names: thai,
    firms: firms.bangkok,
    voices: [[th, 100]],
    open: { days: [1, 2, 3, 4, 5, 6], from: 9, to: 18 },
    place: {
      city: 'กรุงเทพมหานคร',
      region: null,
      streets: ['ถนนสีลม', 'ถนนสุขุมวิท', 'ถนนพหลโยธิน', 'ถนนเจริญกรุง', 'ถนนลาดพร้าว', 'ถนนราชวิถี'],
      quarters: [
        ['บางรัก', '10500'],
        ['สาทร', '10120'],
        ['วัฒนา', '10110'],
        ['จตุจักร', '10900'],
        ['พญาไท', '10400'],
        ['ธนบุรี', '10600'],
      ],
    },
    mailHosts: ['chotmai.example', 'songkhao.example', 'thibaan.example'],
    owners: [[subOf('natthapol'), 100]],
    staff: [subOf('natthapol')],
    inbound: { chat: 42, call: 28, email: 9, web: 10, sms: 4, fax: 4, letter: 1.5, other: 1.5 },
    outbound: { chat: 40, call: 32, email: 12, sms: 11, fax: 2.5, letter: 2.5 },
    messenger: 'line',
    mobile: (n) => `${['080', '081', '089', '062', '095'][n % 5]} 000 ${four(spread(n))}`,
    landline: (n) => `02 000 ${four(spread(n))}`,
    fax: (n) => `02 000 ${four(spread(n + 5000))}`,
  },
];
