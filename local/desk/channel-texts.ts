import type { Language } from '../demo/people.ts';

/** The words of the desk about what customers receive, and about the process that sends. */
export interface ChannelTexts {
  mailboxes: string;
  noMail: string;
  from: string;
  delivered: string;
  bounce: string;
  softBounce: string;
  complain: string;
  opened: string;
  reported: string;
  answer: string;
  answerSend: string;
  /** Opens the survey that a mail asks. */
  survey: string;
  phones: string;
  noText: string;
  unreachable: string;
  noNumber: string;
  stop: string;
  sender: string;
  senderLead: string;
  kill: string;
  kills: (count: string) => string;
  identities: string;
  identitiesLead: string;
  verify: string;
  allVerified: string;
}

export const channelTexts: Record<Language, ChannelTexts> = {
  en: {
    mailboxes: 'Mailboxes',
    noMail: 'Nothing has been sent yet.',
    from: 'from',
    delivered: 'Delivered',
    bounce: 'Bounce for good',
    softBounce: 'Mailbox full',
    complain: 'Complaint',
    opened: 'Opened',
    reported: 'Reported',
    answer: 'Answer',
    answerSend: 'Send the answer',
    survey: 'Answer on her phone',
    phones: 'Phones',
    noText: 'No text message has been sent yet.',
    unreachable: 'Out of reach',
    noNumber: 'No such number',
    stop: 'Answer STOP',
    sender: 'The sender',
    senderLead:
      'Everything asynchronous runs in a process of its own. Kill it in the middle of a campaign: nothing is lost, nothing goes out twice.',
    kill: 'Kill the sender now',
    kills: (count) => `Killed so far: ${count}. It started again by itself each time.`,
    identities: 'Senders to be proved',
    identitiesLead: 'In the cloud this is a DNS record or a link in a mail. Here it is a button.',
    verify: 'It is proved',
    allVerified: 'No sender is waiting for its proof.',
  },
  fr: {
    mailboxes: 'Boîtes aux lettres',
    noMail: 'Rien n’a encore été envoyé.',
    from: 'de',
    delivered: 'Remis',
    bounce: 'Rejet définitif',
    softBounce: 'Boîte pleine',
    complain: 'Plainte',
    opened: 'Ouvert',
    reported: 'Signalé',
    answer: 'Répondre',
    answerSend: 'Envoyer la réponse',
    survey: 'Répondre sur son téléphone',
    phones: 'Téléphones',
    noText: 'Aucun SMS n’a encore été envoyé.',
    unreachable: 'Injoignable',
    noNumber: 'Numéro inexistant',
    stop: 'Répondre STOP',
    sender: 'L’expéditeur',
    senderLead:
      'Tout ce qui est asynchrone tourne dans un processus à part. Tuez-le au milieu d’une campagne : rien n’est perdu, rien ne part deux fois.',
    kill: 'Tuer l’expéditeur maintenant',
    kills: (count) => `Tué jusqu’ici : ${count} fois. Il est reparti de lui-même chaque fois.`,
    identities: 'Expéditeurs à prouver',
    identitiesLead: 'Dans le nuage, c’est un enregistrement DNS ou un lien dans un message. Ici, c’est un bouton.',
    verify: 'C’est prouvé',
    allVerified: 'Aucun expéditeur n’attend sa preuve.',
  },
  fil: {
    mailboxes: 'Mga mailbox',
    noMail: 'Wala pang naipapadala.',
    from: 'mula kay',
    delivered: 'Naihatid',
    bounce: 'Tuluyang bumalik',
    softBounce: 'Puno ang mailbox',
    complain: 'Reklamo',
    opened: 'Nabuksan',
    reported: 'Naiulat',
    answer: 'Sumagot',
    answerSend: 'Ipadala ang sagot',
    survey: 'Sagutin sa telepono niya',
    phones: 'Mga telepono',
    noText: 'Wala pang naipapadalang text.',
    unreachable: 'Hindi maabot',
    noNumber: 'Walang ganitong numero',
    stop: 'Sumagot ng STOP',
    sender: 'Ang tagapagpadala',
    senderLead:
      'Tumatakbo sa sariling proseso ang lahat ng hindi agad ginagawa. Patayin ito sa gitna ng kampanya: walang mawawala, walang madodoble.',
    kill: 'Patayin ang tagapagpadala ngayon',
    kills: (count) => `Napatay na nang ${count} beses. Kusa itong nagsimula muli sa bawat pagkakataon.`,
    identities: 'Mga nagpapadalang patutunayan',
    identitiesLead: 'Sa cloud, DNS record ito o link sa email. Dito, isang pindutan lang.',
    verify: 'Napatunayan na',
    allVerified: 'Walang nagpapadalang naghihintay ng patunay.',
  },
  ur: {
    mailboxes: 'ڈاک خانے',
    noMail: 'ابھی کچھ نہیں بھیجا گیا۔',
    from: 'از',
    delivered: 'پہنچ گیا',
    bounce: 'ہمیشہ کے لیے واپس',
    softBounce: 'ڈاک خانہ بھرا ہوا',
    complain: 'شکایت',
    opened: 'کھولا گیا',
    reported: 'اطلاع ملی',
    answer: 'جواب دیں',
    answerSend: 'جواب بھیجیں',
    survey: 'اس کے فون پر جواب دیں',
    phones: 'فون',
    noText: 'ابھی کوئی ایس ایم ایس نہیں بھیجا گیا۔',
    unreachable: 'رابطے سے باہر',
    noNumber: 'ایسا کوئی نمبر نہیں',
    stop: 'STOP کا جواب دیں',
    sender: 'بھیجنے والا عمل',
    senderLead: 'پس منظر کا سارا کام ایک الگ عمل میں چلتا ہے۔ اسے مہم کے بیچ میں ختم کر دیں: نہ کچھ گم ہوگا، نہ کچھ دو بار جائے گا۔',
    kill: 'بھیجنے والے کو ابھی ختم کریں',
    kills: (count) => `${count} بار ختم کیا گیا، اور ہر بار خود ہی دوبارہ شروع ہوا۔`,
    identities: 'جن بھیجنے والوں کا ثبوت باقی ہے',
    identitiesLead: 'کلاؤڈ میں یہ DNS ریکارڈ یا ای میل کا لنک ہوتا ہے۔ یہاں ایک بٹن ہے۔',
    verify: 'ثابت ہو گیا',
    allVerified: 'کوئی بھیجنے والا ثبوت کا منتظر نہیں۔',
  },
  th: {
    mailboxes: 'กล่องจดหมาย',
    noMail: 'ยังไม่มีการส่งอะไร',
    from: 'จาก',
    delivered: 'ส่งถึงแล้ว',
    bounce: 'ตีกลับถาวร',
    softBounce: 'กล่องจดหมายเต็ม',
    complain: 'ร้องเรียน',
    opened: 'เปิดอ่านแล้ว',
    reported: 'รายงานแล้ว',
    answer: 'ตอบ',
    answerSend: 'ส่งคำตอบ',
    survey: 'ตอบบนโทรศัพท์ของลูกค้า',
    phones: 'โทรศัพท์',
    noText: 'ยังไม่มีการส่ง SMS',
    unreachable: 'ติดต่อไม่ได้',
    noNumber: 'ไม่มีหมายเลขนี้',
    stop: 'ตอบว่า STOP',
    sender: 'ตัวส่ง',
    senderLead: 'งานเบื้องหลังทั้งหมดทำในโพรเซสของตัวเอง ลองปิดมันกลางแคมเปญ: ไม่มีอะไรหาย ไม่มีอะไรส่งซ้ำ',
    kill: 'ปิดตัวส่งเดี๋ยวนี้',
    kills: (count) => `ถูกปิด ${count} ครั้ง และเริ่มใหม่เองทุกครั้ง`,
    identities: 'ผู้ส่งที่รอพิสูจน์',
    identitiesLead: 'บนคลาวด์จะเป็นระเบียน DNS หรือลิงก์ในอีเมล ที่นี่เป็นปุ่ม',
    verify: 'พิสูจน์แล้ว',
    allVerified: 'ไม่มีผู้ส่งที่รอพิสูจน์',
  },
};
