import { ulidAt } from '../../functions/kernel/ids.ts';
import { atMinute, dayMs, workday } from './hours.ts';
import { type Name, philippine } from './names.ts';
import { subOf } from './people.ts';
import type { StoryCustomer } from './people-maker.ts';
import { bytesOf, type Random, randomOf } from './random.ts';
import type { Story, StoryInteraction } from './story.ts';

/**
 * The second workspace: a wholesaler in Cebu that supplies corner shops. Small, and nothing like Batis: whoever sees rice where she
 * expected filters knows that a wall stands between the two.
 */
const zone = { timeZone: 'Asia/Manila', open: { days: [1, 2, 3, 4, 5, 6], from: 7, to: 16 } };
const stores = [
  'Aling Puring Store',
  'Tindahan ni Mang Tomas',
  'Kanto Mini Mart',
  'Lola Basyang Snacks',
  'Mabolo Trading',
  'Carcar Grocery',
];
const goods = [
  '25 kg na bigas',
  'isang kahong sardinas',
  'dalawang kahong noodles',
  'isang sakong asukal',
  'limang tray ng itlog',
  'isang galong mantika',
];

type Line = readonly [channel: StoryInteraction['channel'], direction: 'in' | 'out', reason: StoryInteraction['reason'], body: string];
const lines: Line[] = [
  ['sms', 'in', 'order', 'Pa-order po ng {goods}, paki-deliver bukas ng umaga.'],
  ['call', 'in', 'order', 'Tumawag para sa {goods}; babayaran sa Biyernes.'],
  ['order', 'in', 'order', 'Lingguhang order: {goods} at sari-saring de lata.'],
  ['visit', 'out', 'service', 'Idinaan ang {goods}; pinirmahan ang resibo sa tindahan.'],
  ['chat', 'in', 'enquiry', 'Magkano na po ngayon ang {goods}?'],
  ['chat', 'out', 'enquiry', 'Walang galaw ang presyo ng {goods} hanggang katapusan ng buwan.'],
  ['call', 'in', 'complaint', 'Basa ang ilalim ng {goods}, papalitan daw sana.'],
  ['visit', 'out', 'complaint', 'Pinalitan ang nabasang {goods}, walang bayad.'],
  ['sms', 'out', 'order', 'Paalala po: may balanse pa sa {goods} noong nakaraang linggo.'],
  ['call', 'in', 'other', 'Sarado ang tindahan hanggang Lunes dahil sa pista; ipagpaliban ang {goods}.'],
];

function customer(random: Random, n: number): StoryCustomer {
  const [given, family]: [Name, Name] = [random.pick(philippine.given), random.pick(philippine.family)];
  const firm = n < stores.length;
  const phone = { number: `0995 000 ${String(1200 + n * 37).padStart(4, '0')}`, type: 'mobile' as const, label: 'mobile', primary: true };
  return {
    key: `sarisari-${String(n + 1).padStart(3, '0')}`,
    workspace: 'sarisari',
    shop: 'cebu',
    told: null,
    companyKey: firm || n >= 2 * stores.length ? null : `sarisari-${String(n - stores.length + 1).padStart(3, '0')}`,
    ownerSub: subOf('grace'),
    moves: [],
    mailState: null,
    record: {
      kind: firm ? 'company' : 'person',
      name: firm ? stores[n]! : `${given[0]} ${family[0]}`,
      lifecycle: 'active',
      tags: ['cebu', firm ? 'suki' : 'tingi'],
      phones: [phone],
      addresses: [
        {
          label: 'work',
          lines: [`${random.between(1, 90)} Colon St.`],
          city: 'Cebu City',
          region: 'Cebu',
          postalCode: '6000',
          country: 'PH',
          primary: true,
        },
      ],
      preferences: { language: 'fil', channel: 'sms', topics: ['offers'] },
      timeZone: zone.timeZone,
      ...(firm || n >= 2 * stores.length ? {} : { jobTitle: 'May-ari' }),
    },
  };
}

function timeline(seed: string, key: string, start: number, random: Random): StoryInteraction[] {
  const said = new Set<string>();
  const count = random.between(3, 6);
  const list: StoryInteraction[] = [];
  for (let n = 0; n < count; n++) {
    const [channel, direction, reason, sentence] = random.pick(lines);
    const body = sentence.replace('{goods}', random.pick(goods));
    const at = atMinute(zone.timeZone, workday(zone, start - random.between(2, 200) * dayMs, -1), random.between(7 * 60, 15 * 60 + 50));
    if (said.has(body)) continue;
    said.add(body);
    list.push({
      id: `int_${ulidAt(at, bytesOf(seed, key, n))}`,
      customerKey: key,
      workspace: 'sarisari',
      memberSub: subOf('grace'),
      occurredAt: new Date(at).toISOString(),
      channel,
      via: channel === 'chat' ? 'messenger' : null,
      sourceWord: null,
      direction,
      reason,
      outcome: direction === 'out' ? 'answered' : 'none',
      durationSeconds: channel === 'call' ? random.between(60, 300) : null,
      subject: null,
      body,
    });
  }
  return list;
}

/** Six stores and 24 people with their orders of the last months. */
export function sariSari(seed: string, start: Date): Pick<Story, 'customers' | 'interactions' | 'consents'> {
  const customers = Array.from({ length: 30 }, (_, n) => customer(randomOf(seed, 'sarisari', n), n));
  const interactions = customers.flatMap(({ key }) => timeline(seed, key, start.getTime(), randomOf(seed, key, 'timeline')));
  const consents = customers
    .filter((_, n) => n % 3 === 0)
    .map(({ key }) => ({
      customerKey: key,
      workspace: 'sarisari' as const,
      channel: 'sms' as const,
      topic: 'offers',
      status: 'granted' as const,
      source: 'tawag',
      evidence: null,
      at: new Date(start.getTime() - 100 * dayMs).toISOString(),
    }));
  return { customers, interactions, consents };
}
