import type { NotificationKind } from './kinds.ts';

/** What a daily mail says, in the product's languages. A kind's line is made of the notification's own data and the customer's name. */
export type Line = { by: string; text: string; title: string; rule: string; name: string; customer: string };
export type DigestWords = {
  subject: (count: number, workspace: string) => string;
  hello: (name: string) => string;
  lead: (count: number) => string;
  more: (count: number) => string;
  open: string;
  why: string;
  lines: Record<NotificationKind, (line: Line) => string>;
};

const one = (language: string, count: number) => new Intl.PluralRules(language).select(count) === 'one';
/** ` · Ana Trujillo`, where a customer is named. */
const of = ({ customer }: Line) => (customer ? ` · ${customer}` : '');

export const digestWords: Record<'en' | 'fr' | 'fil' | 'ur' | 'th', DigestWords> = {
  en: {
    subject: (count, workspace) => `${count} new for you in ${workspace}`,
    hello: (name) => `Good morning, ${name}.`,
    lead: (count) => (one('en', count) ? 'One thing waits for you:' : `${count} things wait for you:`),
    more: (count) => (one('en', count) ? 'and one more' : `and ${count} more`),
    open: 'Open them',
    why: 'You get this mail once a day while something is unread. You choose what and when under Notifications.',
    lines: {
      mention: (line) => `${line.by || 'Somebody'} mentioned you: ${line.text}${of(line)}`,
      'followUp.due': (line) => `Due: ${line.title}${of(line)}`,
      'followUp.assigned': (line) => `Yours now: ${line.title}${of(line)}`,
      rule: (line) => `${line.text} (${line.rule})${of(line)}`,
      'rule.paused': (line) => `The rule “${line.rule}” was turned off, because it failed again and again`,
      'approval.asked': (line) => `“${line.name}” waits for your approval`,
      'campaign.paused': (line) => `“${line.name}” is paused`,
      'run.finished': (line) => `“${line.name}” is done`,
      'message.received': (line) => `A message came in: ${line.title}${of(line)}`,
      'case.assigned': (line) => `Yours now: case ${line.title}${of(line)}`,
      'case.warned': (line) => `Soon too late: case ${line.title}${of(line)}`,
      'case.breached': (line) => `Too late: case ${line.title}${of(line)}`,
      'case.answered': (line) => `The customer answered on case ${line.title}${of(line)}`,
      'form.held': (line) => `On “${line.name}” something is held back: it may be spam`,
    },
  },
  fr: {
    subject: (count, workspace) =>
      one('fr', count) ? `${count} nouveauté pour vous dans ${workspace}` : `${count} nouveautés pour vous dans ${workspace}`,
    hello: (name) => `Bonjour ${name},`,
    lead: (count) => (one('fr', count) ? 'Une chose vous attend :' : `${count} choses vous attendent :`),
    more: (count) => (one('fr', count) ? 'et une autre' : `et ${count} autres`),
    open: 'Les ouvrir',
    why: 'Vous recevez ce message une fois par jour tant que quelque chose n’est pas lu. Vous choisissez quoi et quand sous Notifications.',
    lines: {
      mention: (line) => `${line.by || 'Quelqu’un'} vous a mentionné : ${line.text}${of(line)}`,
      'followUp.due': (line) => `À faire : ${line.title}${of(line)}`,
      'followUp.assigned': (line) => `C’est à vous : ${line.title}${of(line)}`,
      rule: (line) => `${line.text} (${line.rule})${of(line)}`,
      'rule.paused': (line) => `La règle « ${line.rule} » a été désactivée après plusieurs échecs`,
      'approval.asked': (line) => `« ${line.name} » attend votre accord`,
      'campaign.paused': (line) => `« ${line.name} » est en pause`,
      'run.finished': (line) => `« ${line.name} » est terminée`,
      'message.received': (line) => `Un message est arrivé : ${line.title}${of(line)}`,
      'case.assigned': (line) => `C’est à vous : dossier ${line.title}${of(line)}`,
      'case.warned': (line) => `Bientôt en retard : dossier ${line.title}${of(line)}`,
      'case.breached': (line) => `En retard : dossier ${line.title}${of(line)}`,
      'case.answered': (line) => `Le client a répondu dans le dossier ${line.title}${of(line)}`,
      'form.held': (line) => `Sur « ${line.name} », un message est retenu : peut-être indésirable`,
    },
  },
  fil: {
    subject: (count, workspace) => `${count} bago para sa iyo sa ${workspace}`,
    hello: (name) => `Magandang umaga, ${name}.`,
    lead: (count) => (count === 1 ? 'May isang naghihintay sa iyo:' : `May ${count} naghihintay sa iyo:`),
    more: (count) => `at ${count} pa`,
    open: 'Buksan',
    why: 'Isang beses sa isang araw dumarating ang email na ito habang may hindi pa nababasa. Piliin kung ano at kailan sa Mga Abiso.',
    lines: {
      mention: (line) => `Binanggit ka ni ${line.by || 'isang kasama'}: ${line.text}${of(line)}`,
      'followUp.due': (line) => `Oras na: ${line.title}${of(line)}`,
      'followUp.assigned': (line) => `Sa iyo na: ${line.title}${of(line)}`,
      rule: (line) => `${line.text} (${line.rule})${of(line)}`,
      'rule.paused': (line) => `Pinatay ang panuntunang “${line.rule}” dahil paulit-ulit itong pumalya`,
      'approval.asked': (line) => `Naghihintay ng pagsang-ayon mo ang “${line.name}”`,
      'campaign.paused': (line) => `Nakahinto muna ang “${line.name}”`,
      'run.finished': (line) => `Tapos na ang “${line.name}”`,
      'message.received': (line) => `May dumating na mensahe: ${line.title}${of(line)}`,
      'case.assigned': (line) => `Sa iyo na: kaso ${line.title}${of(line)}`,
      'case.warned': (line) => `Malapit nang lumampas sa oras: kaso ${line.title}${of(line)}`,
      'case.breached': (line) => `Lampas na sa oras: kaso ${line.title}${of(line)}`,
      'case.answered': (line) => `Sumagot ang customer sa kaso ${line.title}${of(line)}`,
      'form.held': (line) => `May nakabinbin sa “${line.name}” na maaaring spam`,
    },
  },
  ur: {
    subject: (count, workspace) => `${workspace} میں آپ کے لیے ${count} نئی اطلاعات`,
    hello: (name) => `صبح بخیر، ${name}۔`,
    lead: (count) => (count === 1 ? 'ایک چیز آپ کی منتظر ہے:' : `${count} چیزیں آپ کی منتظر ہیں:`),
    more: (count) => `اور ${count} مزید`,
    open: 'کھولیں',
    why: 'جب تک کچھ پڑھا نہ گیا ہو یہ ای میل دن میں ایک بار آتی ہے۔ کیا اور کب، یہ آپ اطلاعات میں چن سکتے ہیں۔',
    lines: {
      mention: (line) => `${line.by || 'کسی ساتھی'} نے آپ کا ذکر کیا: ${line.text}${of(line)}`,
      'followUp.due': (line) => `وقت ہو گیا: ${line.title}${of(line)}`,
      'followUp.assigned': (line) => `اب یہ آپ کا کام ہے: ${line.title}${of(line)}`,
      rule: (line) => `${line.text} (${line.rule})${of(line)}`,
      'rule.paused': (line) => `اصول ”${line.rule}“ بار بار ناکام ہونے پر بند کر دیا گیا`,
      'approval.asked': (line) => `”${line.name}“ آپ کی منظوری کا منتظر ہے`,
      'campaign.paused': (line) => `”${line.name}“ روک دی گئی ہے`,
      'run.finished': (line) => `”${line.name}“ مکمل ہو گئی`,
      'message.received': (line) => `ایک پیغام آیا: ${line.title}${of(line)}`,
      'case.assigned': (line) => `اب یہ آپ کا ہے: معاملہ ${line.title}${of(line)}`,
      'case.warned': (line) => `وقت ختم ہونے کو ہے: معاملہ ${line.title}${of(line)}`,
      'case.breached': (line) => `وقت گزر گیا: معاملہ ${line.title}${of(line)}`,
      'case.answered': (line) => `گاہک نے معاملے ${line.title} میں جواب دیا${of(line)}`,
      'form.held': (line) => `“${line.name}” پر ایک بات روکی گئی: شاید فضول ہو`,
    },
  },
  th: {
    subject: (count, workspace) => `${count} เรื่องใหม่สำหรับคุณใน ${workspace}`,
    hello: (name) => `สวัสดีตอนเช้า คุณ${name}`,
    lead: (count) => `มี ${count} เรื่องรอคุณอยู่:`,
    more: (count) => `และอีก ${count} เรื่อง`,
    open: 'เปิดดู',
    why: 'อีเมลนี้มาวันละครั้งเมื่อยังมีเรื่องที่ไม่ได้อ่าน เลือกเรื่องและเวลาได้ในหน้าการแจ้งเตือน',
    lines: {
      mention: (line) => `${line.by || 'เพื่อนร่วมงาน'}กล่าวถึงคุณ: ${line.text}${of(line)}`,
      'followUp.due': (line) => `ถึงกำหนด: ${line.title}${of(line)}`,
      'followUp.assigned': (line) => `เป็นงานของคุณแล้ว: ${line.title}${of(line)}`,
      rule: (line) => `${line.text} (${line.rule})${of(line)}`,
      'rule.paused': (line) => `กฎ “${line.rule}” ถูกปิดเพราะล้มเหลวซ้ำหลายครั้ง`,
      'approval.asked': (line) => `“${line.name}” รอการอนุมัติจากคุณ`,
      'campaign.paused': (line) => `“${line.name}” หยุดชั่วคราว`,
      'run.finished': (line) => `“${line.name}” เสร็จแล้ว`,
      'message.received': (line) => `มีข้อความเข้ามา: ${line.title}${of(line)}`,
      'case.assigned': (line) => `เป็นของคุณแล้ว: เคส ${line.title}${of(line)}`,
      'case.warned': (line) => `ใกล้เกินเวลา: เคส ${line.title}${of(line)}`,
      'case.breached': (line) => `เกินเวลาแล้ว: เคส ${line.title}${of(line)}`,
      'case.answered': (line) => `ลูกค้าตอบกลับในเคส ${line.title}${of(line)}`,
      'form.held': (line) => `มีข้อความใน “${line.name}” ที่กันไว้: อาจเป็นสแปม`,
    },
  },
};
