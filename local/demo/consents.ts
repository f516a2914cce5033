import type { Consent } from '../../functions/customers/customer.ts';
import { dayIn } from './compose.ts';
import { dayMs } from './hours.ts';
import type { Language } from './people.ts';
import type { Draft } from './people-maker.ts';
import { randomOf } from './random.ts';

export interface StoryConsent {
  customerKey: string;
  channel: Consent['channel'];
  topic: string;
  status: Consent['status'];
  source: string;
  evidence: string | null;
  at: string;
}

interface ConsentWords {
  counter: string;
  website: string;
  call: string;
  signed: string;
  ticked: string;
  said: string;
  unsubscribed: string;
}

/** Where a permission came from and what proves it; {date} is the day. */
const words: Record<Language, ConsentWords> = {
  en: {
    counter: 'form at the counter',
    website: 'website',
    call: 'phone call',
    signed: 'signed form of {date}',
    ticked: 'box ticked on {date}',
    said: 'said so on {date}, noted by the shop',
    unsubscribed: 'unsubscribe link, {date}',
  },
  fr: {
    counter: 'formulaire au comptoir',
    website: 'site web',
    call: 'appel téléphonique',
    signed: 'formulaire signé le {date}',
    ticked: 'case cochée le {date}',
    said: 'accord oral du {date}, noté au magasin',
    unsubscribed: 'lien de désabonnement, {date}',
  },
  fil: {
    counter: 'form sa counter',
    website: 'website',
    call: 'tawag',
    signed: 'pinirmahang form noong {date}',
    ticked: 'minarkahan noong {date}',
    said: 'sinabi noong {date}, isinulat ng tindahan',
    unsubscribed: 'link na unsubscribe, {date}',
  },
  ur: {
    counter: 'کاؤنٹر کا فارم',
    website: 'ویب سائٹ',
    call: 'فون',
    signed: '{date} کا دستخط شدہ فارم',
    ticked: '{date} کو خانہ بھرا',
    said: '{date} کو زبانی کہا، دکان نے لکھا',
    unsubscribed: 'رکنیت ختم کرنے کا ربط، {date}',
  },
  th: {
    counter: 'แบบฟอร์มที่เคาน์เตอร์',
    website: 'เว็บไซต์',
    call: 'โทรศัพท์',
    signed: 'แบบฟอร์มลงชื่อ {date}',
    ticked: 'ทำเครื่องหมายเมื่อ {date}',
    said: 'แจ้งทางโทรศัพท์ {date} ร้านจดไว้',
    unsubscribed: 'ลิงก์ยกเลิกรับข่าว {date}',
  },
};

type Way = 'counter' | 'website' | 'call' | 'unsubscribed';
const proof: Record<Way, keyof ConsentWords> = { counter: 'signed', website: 'ticked', call: 'said', unsubscribed: 'unsubscribed' };

function consent(draft: Draft, permission: Pick<StoryConsent, 'channel' | 'topic' | 'status'>, way: Way, at: number): StoryConsent {
  const { voice, shop, customer } = draft;
  const said = words[voice.language];
  const evidence = said[proof[way]].replace('{date}', dayIn(voice, shop.timeZone, at));
  return {
    customerKey: customer.key,
    ...permission,
    source: said[way === 'unsubscribed' ? 'website' : way],
    evidence,
    at: new Date(at).toISOString(),
  };
}

const granted = (channel: StoryConsent['channel'], topic: string) => ({ channel, topic, status: 'granted' }) as const;

/** What the told ones permit is written down; of the others some say yes, some take it back, some were never asked. */
export function consentsOf(seed: string, draft: Draft, joined: number, until: number): StoryConsent[] {
  const random = randomOf(seed, draft.customer.key, 'consents');
  const wish = draft.told?.consent;
  if (wish === 'none') return [];
  const hasMail = (draft.customer.record.emails?.length ?? 0) > 0;
  const way = random.pick(['counter', 'website', 'call'] as const);
  const list: StoryConsent[] = [];
  if (hasMail && (wish !== undefined || random.chance(0.62))) list.push(consent(draft, granted('email', 'service'), way, joined));
  if (hasMail && wish === 'withdrawn') {
    const left = { channel: 'email', status: 'withdrawn' } as const;
    const at = Math.min(until - dayMs, until - 88 * dayMs);
    return [
      ...list,
      consent(draft, { ...left, topic: 'news' }, 'unsubscribed', at),
      consent(draft, { ...left, topic: 'offers' }, 'unsubscribed', at),
    ];
  }
  if (wish === 'service') return list;
  if (hasMail && (wish === 'all' || random.chance(0.45))) {
    const gone = wish === undefined && random.chance(0.12);
    const at = gone ? joined + random.next() * (until - joined) : joined;
    const permission = { channel: 'email', topic: 'offers', status: gone ? 'withdrawn' : 'granted' } as const;
    list.push(consent(draft, permission, gone ? 'unsubscribed' : way, at));
  }
  if (wish === undefined && random.chance(0.22))
    list.push(consent(draft, granted(random.pick(['sms', 'chat', 'call', 'letter'] as const), 'service'), way, joined));
  return list;
}
