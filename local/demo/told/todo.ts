/** What the told stories leave to do: by whom, with whom, on which day from the start on, at which time of her clock. */
interface ToldTodo {
  owner: string;
  customerKey: string;
  day: -1 | 0;
  at: string | null;
  title: string;
  channel: 'call' | 'email' | 'visit' | 'letter' | null;
  priority: 'normal' | 'high';
  /** It follows from the last thing that happened with her. */
  fromLast?: true;
}

export const toldTodos: ToldTodo[] = [
  {
    owner: 'claire',
    customerKey: 'fournier',
    day: -1,
    at: '15:00',
    title: 'Rappeler Mme Fournier, c’était promis : un prix pour deux appareils',
    channel: 'call',
    priority: 'high',
    fromLast: true,
  },
  {
    owner: 'claire',
    customerKey: 'chapuis',
    day: 0,
    at: null,
    title: 'Demander à M. Chapuis sa nouvelle adresse de courriel',
    channel: 'call',
    priority: 'normal',
  },
  {
    owner: 'sana',
    customerKey: 'gulzar',
    day: 0,
    at: null,
    title: 'گلزار ہوٹلز کا معاہدہ تین ہفتوں میں ختم ہو رہا ہے: تجدید کی پیشکش بھیجیں',
    channel: 'email',
    priority: 'high',
  },
  {
    owner: 'sana',
    customerKey: 'ayesha',
    day: 0,
    at: null,
    title: 'عائشہ صدیقی سے پوچھیں کہ کیا ہم انہیں پیغام بھیج سکتے ہیں',
    channel: 'call',
    priority: 'normal',
  },
  {
    owner: 'jun',
    customerKey: 'liza-web',
    day: 0,
    at: null,
    title: 'Iisa ba sina Liza at Elizabeth Manalo? Tanungin at pagsamahin',
    channel: 'call',
    priority: 'normal',
  },
  {
    owner: 'natthapol',
    customerKey: 'siriporn',
    day: 0,
    at: null,
    title: 'ถามคุณศิริพรว่าเครื่องที่ติดตั้งใหม่ใช้ได้ดีหรือไม่',
    channel: 'call',
    priority: 'normal',
  },
];
