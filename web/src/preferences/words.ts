import type { Language } from '../i18n/languages.ts';

/** The words of the page behind a recipient's own link. Plain texts with values in braces: the page carries no message compiler. */
export type Words = Record<
  | 'title'
  | 'to'
  | 'unsubscribe'
  | 'unsubscribed'
  | 'notTaken'
  | 'everything'
  | 'nothing'
  | 'takeBack'
  | 'topics'
  | 'pause'
  | 'noPause'
  | 'days7'
  | 'days30'
  | 'days90'
  | 'pausedUntil'
  | 'language'
  | 'save'
  | 'saved'
  | 'locked'
  | 'wrong'
  | 'wrongLead'
  | 'unreachable'
  | 'retry'
  | 'failed'
  | 'still'
  | 'foot',
  string
>;

export const words: Record<Language, Words> = {
  en: {
    title: 'What {workspace} sends you',
    to: 'Messages to {address}',
    unsubscribe: 'Unsubscribe from “{topic}”',
    unsubscribed: 'Done. You get nothing about “{topic}” any more.',
    notTaken: 'You do not get “{topic}”.',
    everything: 'Unsubscribe from everything',
    nothing: 'You get no messages from {workspace} any more.',
    takeBack: 'Take it back',
    topics: 'What you want to get',
    pause: 'Pause',
    noPause: 'No pause',
    days7: 'For 7 days',
    days30: 'For 30 days',
    days90: 'For 90 days',
    pausedUntil: 'Until {date}',
    language: 'Your language',
    save: 'Save',
    saved: 'Saved. It holds from now on.',
    locked: 'This address is not written to any more. If that is not right, ask {workspace}.',
    wrong: 'This link does not work',
    wrongLead: 'It may not have been copied whole. Open it once more from the message.',
    unreachable: 'The page cannot be reached at the moment.',
    retry: 'Try again',
    failed: 'That did not work. Try again.',
    still: 'What you order or ask for is answered all the same.',
    foot: 'No sign-in, no cookies. What you choose holds at once.',
  },
  fr: {
    title: 'Ce que {workspace} vous envoie',
    to: 'Messages à {address}',
    unsubscribe: 'Se désabonner de « {topic} »',
    unsubscribed: 'C’est fait. Vous ne recevrez plus rien sur « {topic} ».',
    notTaken: 'Vous ne recevez pas « {topic} ».',
    everything: 'Se désabonner de tout',
    nothing: 'Vous ne recevez plus de messages de {workspace}.',
    takeBack: 'Revenir en arrière',
    topics: 'Ce que vous voulez recevoir',
    pause: 'Pause',
    noPause: 'Pas de pause',
    days7: 'Pendant 7 jours',
    days30: 'Pendant 30 jours',
    days90: 'Pendant 90 jours',
    pausedUntil: 'Jusqu’au {date}',
    language: 'Votre langue',
    save: 'Enregistrer',
    saved: 'Enregistré. C’est valable dès maintenant.',
    locked: 'Plus rien n’est envoyé à cette adresse. Si c’est une erreur, demandez à {workspace}.',
    wrong: 'Ce lien ne fonctionne pas',
    wrongLead: 'Il n’a peut-être pas été copié en entier. Ouvrez-le encore une fois depuis le message.',
    unreachable: 'La page est injoignable pour le moment.',
    retry: 'Réessayer',
    failed: 'Cela n’a pas fonctionné. Réessayez.',
    still: 'Vos commandes et vos questions recevront toujours une réponse.',
    foot: 'Sans connexion, sans cookies. Votre choix est valable aussitôt.',
  },
  fil: {
    title: 'Ang ipinadadala sa iyo ng {workspace}',
    to: 'Mga mensahe para sa {address}',
    unsubscribe: 'Itigil ang pagtanggap ng “{topic}”',
    unsubscribed: 'Tapos na. Wala ka nang matatanggap tungkol sa “{topic}”.',
    notTaken: 'Hindi ka tumatanggap ng “{topic}”.',
    everything: 'Itigil ang lahat',
    nothing: 'Wala ka nang matatanggap na mensahe mula sa {workspace}.',
    takeBack: 'Bawiin ito',
    topics: 'Ang gusto mong matanggap',
    pause: 'Pahinga',
    noPause: 'Walang pahinga',
    days7: 'Sa loob ng 7 araw',
    days30: 'Sa loob ng 30 araw',
    days90: 'Sa loob ng 90 araw',
    pausedUntil: 'Hanggang {date}',
    language: 'Ang wika mo',
    save: 'I-save',
    saved: 'Na-save na. May bisa mula ngayon.',
    locked: 'Hindi na sinusulatan ang address na ito. Kung mali iyon, magtanong sa {workspace}.',
    wrong: 'Hindi gumagana ang link na ito',
    wrongLead: 'Baka hindi nakopya nang buo. Buksan itong muli mula sa mensahe.',
    unreachable: 'Hindi maabot ang pahina sa ngayon.',
    retry: 'Subukan muli',
    failed: 'Hindi iyon gumana. Subukan muli.',
    still: 'Sasagutin pa rin ang iyong mga order at tanong.',
    foot: 'Walang sign-in, walang cookies. May bisa agad ang pinili mo.',
  },
  ur: {
    title: '{workspace} آپ کو کیا بھیجتا ہے',
    to: '{address} کے نام پیغامات',
    unsubscribe: '”{topic}“ بند کریں',
    unsubscribed: 'ہو گیا۔ اب آپ کو ”{topic}“ کے بارے میں کچھ نہیں ملے گا۔',
    notTaken: 'آپ کو ”{topic}“ نہیں ملتا۔',
    everything: 'سب کچھ بند کریں',
    nothing: 'اب آپ کو {workspace} سے کوئی پیغام نہیں ملے گا۔',
    takeBack: 'واپس لیں',
    topics: 'آپ کیا وصول کرنا چاہتے ہیں',
    pause: 'وقفہ',
    noPause: 'کوئی وقفہ نہیں',
    days7: '7 دن کے لیے',
    days30: '30 دن کے لیے',
    days90: '90 دن کے لیے',
    pausedUntil: '{date} تک',
    language: 'آپ کی زبان',
    save: 'محفوظ کریں',
    saved: 'محفوظ ہو گیا۔ ابھی سے لاگو ہے۔',
    locked: 'اس پتے پر اب کچھ نہیں بھیجا جاتا۔ اگر یہ درست نہیں تو {workspace} سے پوچھیں۔',
    wrong: 'یہ لنک کام نہیں کرتا',
    wrongLead: 'شاید یہ پورا نقل نہیں ہوا۔ اسے پیغام سے دوبارہ کھولیں۔',
    unreachable: 'صفحہ اس وقت دستیاب نہیں۔',
    retry: 'دوبارہ کوشش کریں',
    failed: 'یہ نہیں ہو سکا۔ دوبارہ کوشش کریں۔',
    still: 'آپ کے آرڈر اور سوالات کا جواب پھر بھی دیا جائے گا۔',
    foot: 'نہ سائن اِن، نہ کوکیز۔ آپ کا انتخاب فوراً لاگو ہوتا ہے۔',
  },
  th: {
    title: 'สิ่งที่ {workspace} ส่งถึงคุณ',
    to: 'ข้อความถึง {address}',
    unsubscribe: 'เลิกรับ “{topic}”',
    unsubscribed: 'เรียบร้อยแล้ว คุณจะไม่ได้รับเรื่อง “{topic}” อีก',
    notTaken: 'คุณไม่ได้รับ “{topic}”',
    everything: 'เลิกรับทั้งหมด',
    nothing: 'คุณจะไม่ได้รับข้อความจาก {workspace} อีก',
    takeBack: 'ขอเปลี่ยนกลับ',
    topics: 'สิ่งที่คุณอยากรับ',
    pause: 'หยุดพัก',
    noPause: 'ไม่หยุดพัก',
    days7: 'เป็นเวลา 7 วัน',
    days30: 'เป็นเวลา 30 วัน',
    days90: 'เป็นเวลา 90 วัน',
    pausedUntil: 'จนถึง {date}',
    language: 'ภาษาของคุณ',
    save: 'บันทึก',
    saved: 'บันทึกแล้ว มีผลตั้งแต่นี้ไป',
    locked: 'ที่อยู่นี้ไม่ได้รับข้อความแล้ว หากไม่ถูกต้อง โปรดสอบถาม {workspace}',
    wrong: 'ลิงก์นี้ใช้ไม่ได้',
    wrongLead: 'ลิงก์อาจถูกคัดลอกมาไม่ครบ โปรดเปิดจากข้อความอีกครั้ง',
    unreachable: 'ตอนนี้เปิดหน้านี้ไม่ได้',
    retry: 'ลองอีกครั้ง',
    failed: 'ไม่สำเร็จ โปรดลองอีกครั้ง',
    still: 'คำสั่งซื้อและคำถามของคุณยังคงได้รับคำตอบ',
    foot: 'ไม่ต้องลงชื่อเข้าใช้ ไม่มีคุกกี้ สิ่งที่คุณเลือกมีผลทันที',
  },
};
