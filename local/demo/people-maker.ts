import type * as z from 'zod';
import type { CustomerInput, Lifecycle } from '../../functions/customers/customer.ts';
import { firmProducts, homeProducts, type Product } from './compose.ts';
import type { Name } from './names.ts';
import type { Random } from './random.ts';
import { randomOf } from './random.ts';
import type { Shop } from './shops.ts';
import type { Voice } from './texts/voice.ts';
import type { Told, ToldKind } from './told-shape.ts';

/** Customers as the story has them; what ties them together is said by key, for ids come from the product. */
type CustomerRecord = Omit<z.input<typeof CustomerInput>, 'companyId' | 'ownerId' | 'parentId' | 'mainContactId'>;

export interface StoryCustomer {
  /** Its external key with the source `batis`. */
  key: string;
  workspace: 'batis' | 'sarisari';
  shop: string;
  told: ToldKind | null;
  companyKey: string | null;
  ownerSub: string | null;
  record: CustomerRecord;
  /** Life cycles after the first, in order. */
  moves: { lifecycle: Lifecycle; reason: string }[];
  /** What the provider is to report of the first e-mail. */
  mailState: 'bounced' | null;
}

/** A customer in the making, with what her texts need. */
export interface Draft {
  customer: StoryCustomer;
  shop: Shop;
  voice: Voice;
  product: Product;
  firm: boolean;
  role: 'private' | 'company' | 'contact';
  told: Told | null;
  random: Random;
}

const jobs: Record<Shop['key'], string[]> = {
  manila: ['Owner', 'Office manager', 'Purchasing', 'Head cook', 'Admin officer'],
  karachi: ['مالک', 'مینیجر', 'خریداری', 'باورچی', 'منتظمِ دفتر'],
  lyon: ['Gérante', 'Responsable achats', 'Intendant', 'Chef de cuisine', 'Assistante de direction'],
  bangkok: ['เจ้าของ', 'ผู้จัดการ', 'ฝ่ายจัดซื้อ', 'หัวหน้าครัว', 'ธุรการ'],
};

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const plain = (word: string) =>
  word
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

function address(shop: Shop, random: Random, firm: boolean): CustomerRecord['addresses'] {
  const { city, region, streets, quarters } = shop.place;
  const [quarter, postalCode] = random.pick(quarters);
  const street = `${random.between(1, 180)} ${random.pick(streets)}`;
  const lines = quarter === city ? [street] : [street, quarter];
  return [{ label: firm ? 'work' : 'home', lines, city, region, postalCode, country: shop.country, primary: true }];
}

const preferences = (voice: Voice, shop: Shop, random: Random): CustomerRecord['preferences'] => ({
  language: voice.language,
  channel: random.weighted(
    Object.entries(shop.inbound).map(([name, weight]) => [name as 'email', name === 'web' || name === 'other' ? 0 : weight] as const),
  ),
  hours: random.chance(0.25) ? { from: '09:00', to: '12:00' } : null,
  topics: random.chance(0.5) ? ['service'] : ['service', 'offers'],
});

const lifecycleOf = (random: Random): Lifecycle =>
  random.weighted([
    ['active', 81],
    ['prospect', 9],
    ['lapsed', 7],
    ['closed', 3],
  ]);

function base(shop: Shop, key: string, random: Random): Omit<StoryCustomer, 'record'> {
  const ownerSub = random.weighted(shop.owners);
  return { key, workspace: 'batis', shop: shop.key, told: null, companyKey: null, ownerSub, moves: [], mailState: null };
}

function common(draft: { shop: Shop; voice: Voice; random: Random; firm: boolean }) {
  const { shop, voice, random, firm } = draft;
  return {
    lifecycle: lifecycleOf(random),
    addresses: address(shop, random, firm),
    preferences: preferences(voice, shop, random),
    timeZone: shop.timeZone,
  };
}

/** The tags that lists and segments ask for. */
const tagsOf = (shop: Shop, random: Random, firm: boolean) => [
  shop.tag,
  ...(random.chance(0.42) ? ['plan'] : []),
  ...(firm && random.chance(0.3) ? ['wholesale'] : []),
];

export function makeFirm(seed: string, shop: Shop, index: number): Draft {
  const key = `${shop.key}-firm-${String(index + 1).padStart(3, '0')}`;
  const random = randomOf(seed, key);
  const [name, domain] = shop.firms[index]!;
  const voice = random.weighted(shop.voices);
  const fax = random.chance(shop.key === 'lyon' ? 0.75 : 0.45);
  const phones: CustomerRecord['phones'] = [
    { number: shop.landline(300 + index), type: 'landline', label: 'work', primary: true },
    ...(fax ? [{ number: shop.fax(300 + index), type: 'fax' as const, label: 'work' }] : []),
  ];
  const record: CustomerRecord = {
    ...common({ shop, voice, random, firm: true }),
    kind: 'company',
    name,
    tags: tagsOf(shop, random, true),
    emails: [{ address: `office@${domain}.example`, label: 'work', primary: true }],
    phones,
  };
  const customer = { ...base(shop, key, random), record };
  return { customer, shop, voice, product: random.pick(firmProducts), firm: true, role: 'company', told: null, random };
}

interface Seat {
  shop: Shop;
  index: number;
  name: readonly [Name, Name];
  firm: Draft | undefined;
}

const writtenOf = ({ shop, name: [given, family] }: Seat, random: Random) => {
  // Some write their name in Latin letters even where the script is another.
  const latin = (shop.key === 'karachi' && random.chance(0.18)) || (shop.key === 'bangkok' && random.chance(0.12));
  return latin ? [capital(given[1]), capital(family[1])] : [given[0], family[0]];
};

function phonesOf(shop: Shop, index: number, random: Random): CustomerRecord['phones'] {
  const mobile = { number: shop.mobile(index), type: 'mobile' as const, label: 'mobile', primary: true };
  const landline = { number: shop.landline(index), type: 'landline' as const, label: 'home', primary: false };
  if (!random.chance(0.93)) return [{ ...landline, primary: true }];
  return random.chance(shop.key === 'lyon' ? 0.4 : 0.15) ? [mobile, landline] : [mobile];
}

export function makePerson(seed: string, seat: Seat): Draft {
  const { shop, index, firm } = seat;
  const key = `${shop.key}-${String(index + 1).padStart(3, '0')}`;
  const random = randomOf(seed, key);
  const [givenName = '', familyName = ''] = writtenOf(seat, random);
  const voice = firm?.voice ?? random.weighted(shop.voices);
  const local = `${plain(seat.name[0][1])}.${plain(seat.name[1][1])}`;
  const host = firm ? firm.customer.record.emails![0]!.address.split('@')[1]! : random.pick(shop.mailHosts);
  const made = base(shop, key, random);
  const record: CustomerRecord = {
    ...common({ shop, voice, random, firm: firm !== undefined }),
    kind: 'person',
    name: `${givenName} ${familyName}`,
    givenName,
    familyName,
    jobTitle: firm ? random.pick(jobs[shop.key]) : null,
    tags: tagsOf(shop, random, false),
    emails: random.chance(firm ? 1 : 0.84) ? [{ address: `${local}@${host}`, label: firm ? 'work' : 'home', primary: true }] : [],
    phones: phonesOf(shop, index, random),
    ...(firm && { addresses: firm.customer.record.addresses, lifecycle: firm.customer.record.lifecycle }),
  };
  const lost = !firm && record.lifecycle === 'prospect' && random.chance(0.25);
  const ownerSub = lost ? null : (firm?.customer.ownerSub ?? made.ownerSub);
  const customer = { ...made, ownerSub, companyKey: firm?.customer.key ?? null, record };
  const product = firm?.product ?? random.pick(homeProducts);
  return { customer, shop, voice, product, firm: firm !== undefined, role: firm ? 'contact' : 'private', told: null, random };
}

function toldPhones({ mobile, landline, fax }: Told): CustomerRecord['phones'] {
  const rows = [
    mobile && { number: mobile, type: 'mobile' as const, label: 'mobile' },
    landline && { number: landline, type: 'landline' as const, label: 'home' },
    fax && { number: fax, type: 'fax' as const, label: 'fax' },
  ].filter((row) => typeof row === 'object');
  return rows.map((row, at) => ({ ...row, primary: at === 0 }));
}

/** One of the eight whose story is written out. */
export function makeTold(seed: string, told: Told, shop: Shop, start: Date): Draft {
  const random = randomOf(seed, told.key);
  const { city, region, quarters } = shop.place;
  const [quarter, postalCode] = quarters[told.quarter]!;
  const voice = told.key === 'rico' ? shop.voices[0]![0] : shop.voices.at(-1)![0];
  const firm = told.type === 'company';
  const record: CustomerRecord = {
    kind: told.type,
    name: told.name,
    lifecycle: told.moves ? 'active' : told.lifecycle,
    tags: told.tags,
    emails: told.email ? [{ address: told.email, label: firm || told.company ? 'work' : 'home', primary: true }] : [],
    phones: toldPhones(told),
    addresses: [
      {
        label: firm ? 'work' : 'home',
        lines: quarter === city ? [told.street] : [told.street, quarter],
        city,
        region,
        postalCode,
        country: shop.country,
        primary: true,
      },
    ],
    preferences: { language: voice.language, channel: 'email', topics: ['service'] },
    timeZone: shop.timeZone,
    ...(firm
      ? {}
      : {
          givenName: told.given ?? null,
          familyName: told.family ?? null,
          salutation: told.salutation ?? null,
          jobTitle: told.jobTitle ?? null,
        }),
    ...(told.contractEndsIn !== undefined && {
      custom: { contractEndsOn: new Date(start.getTime() + told.contractEndsIn * 86_400_000).toISOString().slice(0, 10) },
    }),
  };
  const customer: StoryCustomer = {
    ...base(shop, told.key, random),
    ownerSub: shop.owners[0]![0],
    told: told.kind,
    companyKey: told.company ?? null,
    moves: told.moves ?? [],
    mailState: told.mailState ?? null,
    record,
  };
  return { customer, shop, voice, product: homeProducts[0]!, firm, role: 'private', told, random };
}
