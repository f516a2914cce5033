import type { StoryConsent } from './consents.ts';
import type { StoryCustomer } from './people-maker.ts';

/** The segments that Batis keeps; each is asked anew whenever it is looked at. */
export const segments = [
  {
    name: 'Manila: cartridge due, silent for 90 days',
    description: 'The cartridge is due within 30 days or overdue, and nothing was heard for 90 days.',
    where: {
      and: [
        { field: 'tags', op: 'eq', value: 'manila' },
        { field: 'custom.cartridgeDueOn', op: 'lte', value: 'P30D' },
        { not: { field: 'lastInteractionAt', op: 'withinLast', value: 'P90D' } },
      ],
    },
  },
  {
    name: 'Hotels and wholesale',
    description: 'Houses with many taps: hotels, and firms that buy by the dozen.',
    where: { field: 'tags', op: 'in', value: ['hotel', 'wholesale'] },
  },
  {
    name: 'Loyal, but no offers please',
    description: 'Took the permission for offers back and is still in touch: talk, do not write.',
    where: {
      and: [
        { field: 'consent.email.offers', op: 'eq', value: 'withdrawn' },
        { field: 'interactions', op: 'gte', value: 5 },
        { field: 'lifecycle', op: 'eq', value: 'active' },
      ],
    },
  },
  {
    name: 'Reads Urdu',
    description: null,
    where: { field: 'language', op: 'eq', value: 'ur' },
  },
  {
    name: 'Reads Thai',
    description: null,
    where: { field: 'language', op: 'eq', value: 'th' },
  },
  {
    name: 'Contract ends within 60 days',
    description: 'Who is to be asked whether to renew.',
    where: { field: 'custom.contractEndsOn', op: 'between', value: ['P0D', 'P60D'] },
  },
];

/** How many the list of the autumn's offer holds at most. */
const onList = 150;

/** Who permits service mails and may be written to at any hour: the list that was put together for the offer of cartridges. */
export const offerList = {
  name: 'Cartridge offer, first wave',
  description: 'Permits service mails, reads them at any hour. Put together by Bilal.',
  keys(customers: readonly StoryCustomer[], consents: readonly StoryConsent[]): string[] {
    const permits = new Set(
      consents
        .filter(({ channel, topic, status }) => channel === 'email' && topic === 'service' && status === 'granted')
        .map(({ customerKey }) => customerKey),
    );
    return customers
      .filter(({ key, workspace, told, record }) => {
        const isOpen = record.lifecycle === 'active' && !record.preferences?.hours;
        return workspace === 'batis' && told === null && isOpen && permits.has(key);
      })
      .map(({ key }) => key)
      .slice(0, onList);
  },
};
