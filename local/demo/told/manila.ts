import { said, type Told } from '../told-shape.ts';

/** A duplicate by two phone forms, and the one who unsubscribed. */
export const manilaTold: Told[] = [
  {
    key: 'liza',
    kind: 'two-phone-forms',
    shop: 'manila',
    type: 'person',
    name: 'Liza Manalo',
    given: 'Liza',
    family: 'Manalo',
    email: 'liza.manalo@sulatan.example',
    mobile: '0917 000 4821',
    street: '31 Maginhawa St.',
    quarter: 2,
    tags: ['manila', 'plan'],
    lifecycle: 'active',
    consent: 'all',
    events: said(`
      290 10:30 chat in enquiry none |  | Hi po, may Batis Uno pa ba kayo sa Quezon City? Kulay kalawang po ang tubig namin.
      290 11:02 chat out enquiry answered |  | Meron po. Puwede naming ikabit sa Sabado ng umaga, kasama na ang unang cartridge.
      286 09:40 visit out service resolved 45m | Kabit ng Batis Uno | Naikabit sa ilalim ng lababo. Kalawang galing sa lumang tubo; pinayuhan na palitan ang dulo.
      103 14:10 sms out service none |  | Anim na buwan na po ang U-10 ninyo. Sagot lang ng OO at ipapadala namin ang bago.
      102 16:33 sms in order none |  | OO po, salamat. Iwan na lang sa guard.
    `),
  },
  {
    key: 'liza-web',
    kind: 'two-phone-forms',
    shop: 'manila',
    type: 'person',
    name: 'Elizabeth R. Manalo',
    given: 'Elizabeth',
    family: 'Manalo',
    mobile: '+63 917 000 4821',
    street: '31 Maginhawa Street',
    quarter: 2,
    tags: ['manila'],
    lifecycle: 'active',
    consent: 'none',
    events: said(`
      47 13:25 web in complaint none | Mabagal ang tulo | Mahina na po ulit ang tulo ng filter kahit bago ang cartridge. Pakitingnan naman po.
      46 10:15 call out complaint resolved 7m |  | Hindi nabuksan nang buo ang balbula pagkatapos ng palit. Ginabayan sa telepono, ayos na.
      44 15:00 note none other none | Baka iisa | Parehong numero at address kay Liza Manalo; dumaan sa website gamit ang buong pangalan. Pagsamahin?
    `),
  },
  {
    key: 'rico',
    kind: 'unsubscribed',
    shop: 'manila',
    type: 'person',
    name: 'Rico Salonga',
    given: 'Rico',
    family: 'Salonga',
    email: 'rico.salonga@koreo.example',
    mobile: '0918 000 2230',
    street: '8 Katipunan Ave.',
    quarter: 6,
    tags: ['manila', 'plan'],
    lifecycle: 'active',
    consent: 'withdrawn',
    events: said(`
      365 11:45 order in order none | Order: Batis Duo | Batis Duo with a spare D-20, picked up at the shop.
      190 10:20 email out service none | Your D-20 is due | Your cartridge has done its six months. One click and a new one is on its way.
      189 15:12 email in order none | Re: Your D-20 is due | Yes please, one piece. But is a weekly newsletter really needed?
      88 09:31 web in feedback none | Unsubscribed | Clicked “unsubscribe” under the newsletter. Reason given: too many mails. Reminders are fine.
      87 10:05 note none other none | No newsletters | Wants service reminders only. Do not call to ask why.
    `),
  },
];
