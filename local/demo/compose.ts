import { dayMs } from './hours.ts';
import type { Random } from './random.ts';
import { answers, fitting } from './texts/pairs.ts';
import type { Step, Voice } from './texts/voice.ts';

/** Turns sentences with slots into what somebody wrote on a day. */
export interface Product {
  name: string;
  cartridge: string;
}

export const homeProducts: Product[] = [
  { name: 'Batis Uno', cartridge: 'U-10' },
  { name: 'Batis Duo', cartridge: 'D-20' },
  { name: 'Batis Shower', cartridge: 'S-5' },
];
export const firmProducts: Product[] = [
  { name: 'Batis Pro 40', cartridge: 'P-40' },
  { name: 'Batis Tank 100', cartridge: 'T-100' },
  { name: 'Batis Bar', cartridge: 'B-25' },
];

/** Sentences about children, neighbours, landlords and dogs do not come from a firm. */
const homeOnly =
  /at home|neighbour|[Cc]hild|sister|family|moving|Landlord|Dog|foyer|ma sœur|enfant|propriétaire|chien|appartement|\bbata|[Kk]apatid|May-ari|aso sa|bagong bahay|kapangalan|بچ|بہن|مالک مکان|کتا|گھر|บ้านมี|เด็ก|น้องสาว|เจ้าของบ้าน|สุนัข|ย้ายบ้าน|แถวบ้าน/;

const times = ['9:30', '10:00', '10:30', '11:00', '14:00', '14:30', '15:30', '16:00'];
const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(key: string, make: () => Intl.DateTimeFormat, instant: number) {
  let format = formats.get(key);
  if (!format) {
    format = make();
    formats.set(key, format);
  }
  return format.format(instant).replace(/[\u202F\u00A0]/g, ' ');
}

/** A day and a month as the voice's readers write them. */
export const dayIn = (voice: Voice, timeZone: string, instant: number) =>
  formatted(
    `${voice.locale}|${timeZone}`,
    () => new Intl.DateTimeFormat(voice.locale, { day: 'numeric', month: voice.language === 'th' ? 'short' : 'long', timeZone }),
    instant,
  );

function timeIn(voice: Voice, clock: string) {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const make = () => new Intl.DateTimeFormat(voice.locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  return formatted(`${voice.locale}|time`, make, Date.UTC(2026, 0, 1, hour, minute));
}

/** What was said at the earlier steps of a thread, by place, so that an answer answers. */
export interface Talk {
  thread: string;
  places: Map<Step, number>;
  inv: string;
}

export interface Writer {
  voice: Voice;
  timeZone: string;
  product: Product;
  firm: boolean;
  random: Random;
  /** What this customer's timeline already says. */
  said: Set<string>;
  /** Sentences used on it. */
  used: Set<string>;
}

/** How many days back a sentence of a step looks. */
const back: Partial<Record<Step, readonly [number, number]>> = { remind: [172, 186], leak: [2, 9], late: [2, 8], fix: [2, 9] };

function slots({ voice, timeZone, product, firm, random }: Writer, step: Step, at: number): Record<string, string> {
  const [near, far] = back[step] ?? [4, 28];
  return {
    product: product.name,
    cartridge: product.cartridge,
    place: random.pick(firm ? voice.firms : voice.homes),
    past: dayIn(voice, timeZone, at - random.between(near, far) * dayMs),
    soon: dayIn(voice, timeZone, at + random.between(1, 12) * dayMs),
    time: timeIn(voice, random.pick(times)),
    n: String(random.between(2, 6)),
  };
}

const fill = (text: string, values: Record<string, string>) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** The places that make sense here: those that answer the thread's last steps, else those that fit its kind, else all. */
function candidates({ voice, firm, used }: Writer, step: Step, talk: Talk): number[] {
  const all = voice.sentences[step].map((_, place) => place).filter((place) => !firm || !homeOnly.test(voice.sentences[step][place]!));
  const asked = [...talk.places].findLast(([earlier]) => answers[step]?.[earlier]);
  const meant = asked ? answers[step]![asked[0]]![asked[1]] : fitting[talk.thread]?.[step];
  const fit = meant ? all.filter((place) => meant.includes(place)) : all;
  const fresh = fit.filter((place) => !used.has(voice.sentences[step][place]!));
  return fresh.length > 0 ? fresh : fit.length > 0 ? fit : all;
}

/** What is said at a step, unlike anything on the timeline so far, and a subject for channels that have one. */
export function write(writer: Writer, step: Step, at: number, talk: Talk): { subject: string; body: string } {
  const { voice, random, said, used } = writer;
  const fit = candidates(writer, step, talk);
  for (let tries = 0; ; tries++) {
    const values = { ...slots(writer, step, at), inv: talk.inv };
    const place = tries < 8 ? random.pick(fit) : random.between(0, voice.sentences[step].length - 1);
    const sentence = voice.sentences[step][place]!;
    const body = fill(sentence, values);
    if (said.has(body) && tries < 60) continue;
    said.add(body);
    used.add(sentence);
    talk.places.set(step, place);
    return { subject: fill(random.pick(voice.subjects[step]), values), body };
  }
}
