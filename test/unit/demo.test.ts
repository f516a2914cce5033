import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { InteractionInput, isUnanswered } from '../../functions/interactions/interaction.ts';
import { timeOf } from '../../functions/kernel/ids.ts';
import { offerList, segments } from '../../local/demo/groups.ts';
import { demoPeople, demoRoles, demoWorkspaces, languages } from '../../local/demo/people.ts';
import { shops } from '../../local/demo/shops.ts';
import { reach, type StoryInteraction, story } from '../../local/demo/story.ts';
import { en } from '../../local/demo/texts/en.ts';
import { fil } from '../../local/demo/texts/fil.ts';
import { fr } from '../../local/demo/texts/fr.ts';
import { th } from '../../local/demo/texts/th.ts';
import { ur } from '../../local/demo/texts/ur.ts';
import { isOpen } from '../../local/demo/threads.ts';
import { toldKinds } from '../../local/demo/told-shape.ts';

const start = new Date('2026-11-22T06:30:00Z');
const told = story('batis', start);
const customers = told.customers.filter((customer) => customer.workspace === 'batis');
const interactions = told.interactions.filter((one) => one.workspace === 'batis');
const ofKind = (kind: string) => customers.filter((customer) => customer.record.kind === kind);
const shopOf = new Map(customers.map((customer) => [customer.key, shops.find((shop) => shop.key === customer.shop)!]));

const timelines = (list: StoryInteraction[]) => Map.groupBy(list, (one) => one.customerKey);
const textOf = (one: StoryInteraction) => `${one.subject ?? ''} ${one.body ?? ''}`;

describe('the story of Batis', () => {
  it('has 420 people and 90 companies', () => {
    expect([ofKind('person').length, ofKind('company').length]).toEqual([420, 90]);
  });

  it('has eight members with every role, in four teams', () => {
    expect(demoPeople).toHaveLength(8);
    expect(new Set(demoPeople.map((person) => person.role))).toEqual(new Set(demoRoles));
    expect(demoWorkspaces[0]!.teams).toHaveLength(4);
    const teams = new Set(
      demoPeople.flatMap((person) => person.workspaces.filter(({ workspace }) => workspace === 'batis').flatMap((one) => one.teams)),
    );
    expect(teams.size).toBe(4);
  });

  it('has about 5,000 interactions over all channels, with 20 faxes and 20 letters at least', () => {
    expect(interactions.length).toBeGreaterThan(4800);
    expect(interactions.length).toBeLessThan(5200);
    const channels = Map.groupBy(interactions, (one) => one.channel);
    expect([...channels.keys()].sort()).toEqual([
      'call',
      'chat',
      'email',
      'fax',
      'letter',
      'note',
      'order',
      'other',
      'sms',
      'visit',
      'web',
    ]);
    expect(channels.get('fax')!.length).toBeGreaterThanOrEqual(20);
    expect(channels.get('letter')!.length).toBeGreaterThanOrEqual(20);
  });

  it('is the same for the same seed and start, and another for another seed', () => {
    expect(story('batis', start)).toEqual(told);
    expect(story('other', start).interactions[0]!.id).not.toBe(told.interactions[0]!.id);
  });

  it.each(['2027-03-28T01:10:00Z', '2028-02-29T23:59:00Z', '2026-12-25T12:00:00Z'])(
    'stays within its fourteen months when it starts at %s',
    (moment) => {
      const from = new Date(moment).getTime();
      const list = story('batis', new Date(moment)).interactions;
      for (const one of list) {
        expect(Date.parse(one.occurredAt)).toBeLessThan(from);
        expect(Date.parse(one.occurredAt)).toBeGreaterThan(from - (reach + 10) * 86_400_000);
      }
      expect(list.length).toBeGreaterThan(4800);
    },
  );

  it('happens in the working hours of each zone', () => {
    const late = interactions.filter((one) => !isOpen(shopOf.get(one.customerKey)!, Date.parse(one.occurredAt)));
    expect(late.map((one) => [one.customerKey, one.occurredAt])).toEqual([]);
  });

  it('says nothing twice on one timeline', () => {
    for (const [key, list] of timelines(told.interactions)) expect(new Set(list.map((one) => one.body)).size, key).toBe(list.length);
  });

  it("speaks each customer's language", () => {
    const script: Record<string, RegExp> = { ur: /[\u0600-\u06FF]/, th: /[\u0E00-\u0E7F]/ };
    const byCustomer = timelines(interactions);
    for (const customer of customers) {
      const language = customer.record.preferences!.language!;
      for (const one of byCustomer.get(customer.key) ?? [])
        for (const [code, letters] of Object.entries(script))
          expect(letters.test(textOf(one)), `${customer.key} ${textOf(one)}`).toBe(code === language);
    }
  });

  it('has names in Latin, Urdu and Thai letters', () => {
    const named = (letters: RegExp) => customers.filter((customer) => letters.test(customer.record.name)).length;
    expect(named(/[\u0600-\u06FF]/)).toBeGreaterThan(80);
    expect(named(/[\u0E00-\u0E7F]/)).toBeGreaterThan(80);
    expect(named(/^[\p{Script=Latin}\s.’'&,-]+$/u)).toBeGreaterThan(220);
  });

  it('leaves no slot of a sentence open', () => {
    expect(told.interactions.filter((one) => /[{}]|undefined|NaN/.test(textOf(one)))).toEqual([]);
  });

  it('tells of eight customers', () => {
    expect(new Set(customers.map((customer) => customer.told).filter(Boolean))).toEqual(new Set(toldKinds));
    const hotel = customers.filter((customer) => customer.told === 'hotel-group');
    expect(hotel.filter((customer) => customer.companyKey === 'gulzar')).toHaveLength(3);
    expect(hotel[0]!.record.custom).toEqual({ contractEndsOn: '2026-12-13' });
  });

  it.each(Array.from({ length: 7 }, (_, day) => day))('keeps the written stories in order, whatever weekday it starts on (%i)', (day) => {
    const moment = new Date(start.getTime() + day * 86_400_000);
    const whole = story('batis', moment);
    for (const { key } of whole.customers.filter((customer) => customer.told)) {
      const list = whole.interactions.filter((one) => one.customerKey === key);
      expect(list.at(-1)!.occurredAt < moment.toISOString()).toBe(true);
      if (key === 'fournier')
        expect(list.map((one) => one.channel).join(' ')).toMatch(
          /^web call visit order visit letter call order call fax call visit web email email letter order call$/,
        );
    }
  });

  it('has a duplicate that only the phone gives away', () => {
    const two = customers.filter((customer) => customer.told === 'two-phone-forms');
    const numbers = two.map((customer) => parsePhoneNumberFromString(customer.record.phones![0]!.number, 'PH')!.number);
    expect(new Set(two.map((customer) => customer.record.phones![0]!.number)).size).toBe(2);
    expect(new Set(numbers).size).toBe(1);
  });

  it('asks nothing of who gave no consent, and knows who took it back', () => {
    const consentsOf = (kind: string) => {
      const keys = new Set(customers.filter((customer) => customer.told === kind).map((customer) => customer.key));
      return told.consents.filter((consent) => keys.has(consent.customerKey));
    };
    expect(consentsOf('without-consent')).toEqual([]);
    expect(consentsOf('unsubscribed').map((consent) => `${consent.topic} ${consent.status}`)).toEqual([
      'service granted',
      'news withdrawn',
      'offers withdrawn',
    ]);
  });

  it('leaves a few complaints unanswered, for somebody to find', () => {
    const waiting = [...timelines(interactions).values()].filter((list) => {
      const lastOut = list.filter((one) => one.direction === 'out').at(-1)?.occurredAt ?? null;
      return list.some((one) => isUnanswered({ ...one, archivedAt: null, answeredAt: null } as never, lastOut));
    });
    expect(waiting.length).toBeGreaterThanOrEqual(5);
    expect(waiting.length).toBeLessThanOrEqual(40);
  });

  it('writes to nobody real: every address ends in .example and every number parses', () => {
    for (const { record } of told.customers) {
      for (const { address } of record.emails ?? []) expect(address).toMatch(/@[a-z0-9.-]+\.example$/);
      for (const { number } of record.phones ?? [])
        expect(parsePhoneNumberFromString(number, record.addresses![0]!.country as 'PH')?.isPossible(), number).toBe(true);
    }
    for (const person of demoPeople) expect(person.email).toMatch(/\.example$/);
  });

  it('uses the French numbers reserved for stories, and the block 000 elsewhere', () => {
    for (const { record } of told.customers)
      for (const { number } of record.phones ?? [])
        if (record.addresses![0]!.country === 'FR') expect(number).toMatch(/^(06 39 98|04 65 71) \d\d \d\d$/);
        else expect(number).toMatch(/^(\+63 9\d\d|0\d{1,3}|\(0\d\d?\)) (000|[38]000) \d{4}$/);
  });

  it('gives no e-mail and no phone to two customers but where the story says so', () => {
    const twice = (values: string[]) => [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
    expect(twice(customers.flatMap(({ record }) => (record.emails ?? []).map(({ address }) => `${record.kind} ${address}`)))).toEqual([]);
    expect(twice(customers.flatMap(({ record }) => (record.phones ?? []).map(({ number }) => number)))).toEqual(['02 000 6600']);
  });

  it('answers the searches of the tour', () => {
    const hits = (text: string) =>
      customers.filter(({ record }) =>
        [record.name, ...(record.phones ?? []).map(({ number }) => number)].join(' ').toLowerCase().includes(text),
      ).length;
    for (const text of ['0917', 'นภา', 'گلزار', 'cartri']) expect(hits(text), text).toBeGreaterThanOrEqual(1);
  });

  it('is accepted by the schemas of the product', () => {
    for (const { record } of told.customers) expect(() => CustomerInput.parse({ ...record })).not.toThrow();
    for (const { customerKey, workspace, memberSub, ...one } of told.interactions) {
      expect(() => InteractionInput.parse(one)).not.toThrow();
      expect([customerKey, workspace, memberSub].every(Boolean)).toBe(true);
    }
  });

  it('gives each interaction an id that carries its time', () => {
    for (const one of told.interactions) expect(timeOf(one.id)).toBe(Date.parse(one.occurredAt));
    expect(new Set(told.interactions.map((one) => one.id)).size).toBe(told.interactions.length);
  });

  it.each(['2026-11-22T06:30:00Z', '2026-12-25T23:10:00Z', '2027-03-28T01:10:00Z'])(
    'gives each member six to ten things today, two overdue, one put off, each with a customer, when it starts at %s',
    (moment) => {
      const { followUps } = story('batis', new Date(moment));
      for (const { sub, name } of demoPeople) {
        const mine = followUps.filter(({ ownerSub }) => ownerSub === sub);
        const today = new Date(moment).toLocaleDateString('en-CA', { timeZone: mine[0]!.due.zone });
        const late = mine.filter(({ due }) => due.on < today);
        const snoozed = mine.filter(({ snoozedUntil }) => snoozedUntil);
        const left = mine.length - late.length - snoozed.length;
        expect([late.length, snoozed.length], name).toEqual([2, 1]);
        expect(left, name).toBeGreaterThanOrEqual(6);
        expect(left, name).toBeLessThanOrEqual(10);
        expect(new Set(mine.map(({ customerKey }) => customerKey)).size, name).toBe(mine.length);
        expect(
          mine.every(({ title, customerKey }) => customerKey && !/[{}]|undefined/.test(title)),
          name,
        ).toBe(true);
        for (const { due } of mine.filter((one) => one.due.on === today && one.due.at))
          expect(Date.parse(moment), name).toBeLessThan(DateTime.fromISO(`${due.on}T${due.at}`, { zone: due.zone }).toMillis());
      }
    },
  );

  it('has six segments of different names, and a list of 100 to 150 who permit service mails', () => {
    expect(new Set(segments.map(({ name }) => name)).size).toBe(6);
    const keys = offerList.keys(told.customers, told.consents);
    expect(keys.length).toBeGreaterThanOrEqual(100);
    expect(keys.length).toBeLessThanOrEqual(150);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('shares nothing with the second workspace', () => {
    const second = told.customers.filter((customer) => customer.workspace === 'sarisari');
    expect(second).toHaveLength(30);
    expect(told.interactions.filter((one) => one.workspace === 'sarisari' && /Batis/.test(textOf(one)))).toEqual([]);
  });
});

describe('the sentences', () => {
  it.each([en, fr, fil, ur, th])('are at least 60 in $language, no two alike, in the same order as the others', (voice) => {
    const all = Object.values(voice.sentences).flat();
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(new Set(all).size).toBe(all.length);
    for (const [step, list] of Object.entries(voice.sentences)) expect(list.length, step).toBe(en.sentences[step as 'ask'].length);
    expect(languages).toContain(voice.language);
  });
});
