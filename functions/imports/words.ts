import type * as z from 'zod';
import type { Channel, Consent } from '../customers/customer.ts';
import type { lifecycles } from '../customers/kinds.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { directions, outcomes, reasons } from '../interactions/kinds.ts';
import { fold } from '../kernel/fold.ts';

/** Words of other programs for our channels, reasons, directions and the rest. Folded; undefined where a word is none of them. */
type ChannelName = z.output<typeof Channel>;
const lists = <K extends string>(entries: Record<K, string>): Map<string, K> =>
  new Map(
    Object.entries<string>(entries).flatMap(([name, words]) =>
      [name, ...words.split('|')].filter(Boolean).map((word): [string, K] => [fold(word), name as K]),
    ),
  );

const channelWords = lists<Exclude<ChannelName, 'other'>>({
  email: 'e-mail|mail|courriel|ای میل|อีเมล',
  call: 'phone|phone call|telephone|tel|appel|téléphone|tawag|کال|فون|โทร|โทรศัพท์|inbound call|outbound call',
  fax: 'facsimile|télécopie|فیکس|แฟกซ์|โทรสาร',
  letter: 'postal mail|post|postal|lettre|courrier|liham|sulat|خط|จดหมาย|ไปรษณีย์|snail mail',
  visit: 'meeting|in person|walk-in|walk in|visite|rendez-vous|bisita|pagbisita|ملاقات|เยี่ยม|ประชุม|branch|store',
  web: 'website|web form|online|internet|portal|form|site web|ویب|เว็บ|เว็บไซต์',
  chat: 'live chat|whatsapp|messenger|viber|line|telegram|چیٹ|แชท',
  sms: 'text|text message|texto|ایس ایم ایس|ข้อความ',
  order: 'purchase|sale|commande|آرڈر|คำสั่งซื้อ',
  note: 'memo|remark|remarque|tala|نوٹ|บันทึก',
});
const vias = new Set(['whatsapp', 'messenger', 'viber', 'line', 'telegram']);

/** A channel from a source's word; a word that none of them is keeps itself beside `other`. */
export function channelOf(word: string): Pick<Interaction, 'channel' | 'via' | 'sourceWord'> {
  const folded = fold(word);
  const channel = channelWords.get(folded) ?? 'other';
  const via = channel === 'chat' && vias.has(folded) ? (folded as Interaction['via']) : null;
  return { channel, via, sourceWord: channel === 'other' && folded !== 'other' ? word.slice(0, 60) : null };
}

const reasonWords = lists<(typeof reasons)[number]>({
  enquiry: 'inquiry|question|demande|tanong|سوال|สอบถาม',
  order: 'purchase|commande|آرڈر|สั่งซื้อ',
  complaint: 'complain|plainte|réclamation|reklamo|شکایت|ร้องเรียน',
  service: 'support|help|serbisyo|سروس|บริการ',
  feedback: 'review|avis|puna|رائے|ความคิดเห็น',
  other: 'autre|iba|دیگر|อื่นๆ|อื่น ๆ',
});
const directionWords = lists<(typeof directions)[number]>({
  in: 'inbound|incoming|received|entrant|papasok|آمد|ขาเข้า|รับ',
  out: 'outbound|outgoing|sent|sortant|palabas|روانہ|ขาออก|ส่ง',
  none: 'internal|interne',
});
const outcomeWords = lists<(typeof outcomes)[number]>({
  answered: 'replied|répondu',
  promised: 'callback|promis',
  no_answer: 'no answer|not reached|voicemail|missed|sans réponse',
  resolved: 'closed|done|solved|résolu',
  none: '',
});
const kindWords = lists<'person' | 'company'>({
  person: 'individual|contact|p|personne|tao|فرد|บุคคล|natural person|people',
  company: 'business|organisation|organization|account|firm|c|entreprise|société|kumpanya|کمپنی|บริษัท|legal entity',
});
const lifecycleWords = lists<(typeof lifecycles)[number]>({
  prospect: 'lead|opportunity|new|prospective|ممکنہ|ผู้สนใจ',
  active: 'customer|client|current|actif|aktibo|فعال|ใช้งาน|ลูกค้า',
  lapsed: 'inactive|dormant|inactif|hindi aktibo|غیر فعال|ไม่เคลื่อนไหว',
  closed: 'lost|former|churned|fermé|sarado|بند|ปิด',
});

const consentWords = lists<Consent['status']>({
  granted: 'yes|y|true|1|x|opt-in|opted in|opt in|subscribed|agreed|oui|o|abonné|oo|pumayag|ہاں|جی ہاں|رضامند|ใช่|ยินยอม|ja|sí',
  withdrawn: 'no|n|false|0|opt-out|opted out|opt out|unsubscribed|refused|non|désabonné|hindi|binawi|نہیں|ไม่|ไม่ยินยอม|ถอน|nein',
});

export const consentOf = (word: string) => consentWords.get(fold(word));
export const reasonOf = (word: string) => reasonWords.get(fold(word));
export const directionOf = (word: string) => directionWords.get(fold(word));
export const outcomeOf = (word: string) => outcomeWords.get(fold(word));
export const kindOf = (word: string) => kindWords.get(fold(word));
export const lifecycleOf = (word: string) => lifecycleWords.get(fold(word));
