import type { Language } from '../i18n/languages.ts';

/** What the page says besides the form's own texts. Plain texts: the page carries no message compiler. */
export type Words = Record<
  | 'about'
  | 'question'
  | 'complaint'
  | 'request'
  | 'return'
  | 'name'
  | 'email'
  | 'phone'
  | 'reference'
  | 'subject'
  | 'words'
  | 'optional'
  | 'leaveEmpty'
  | 'send'
  | 'sending'
  | 'thanks'
  | 'thanksLead'
  | 'another'
  | 'language'
  | 'wrong'
  | 'wrongLead'
  | 'closed'
  | 'closedLead'
  | 'unreachable'
  | 'retry'
  | 'failed'
  | 'busy'
  | 'fix'
  | 'missing'
  | 'chooseOne'
  | 'wayBack'
  | 'invalid'
  | 'invalidEmail'
  | 'invalidPhone'
  | 'foot',
  string
>;

export const words: Record<Language, Words> = {
  en: {
    about: 'What is it about?',
    question: 'A question',
    complaint: 'A complaint',
    request: 'Something I would like',
    return: 'Something I send back',
    name: 'Your name',
    email: 'Your e-mail',
    phone: 'Your phone',
    reference: 'Order or reference',
    subject: 'In one line',
    words: 'Your message',
    optional: 'optional',
    leaveEmpty: 'Leave this empty',
    send: 'Send',
    sending: 'Sending…',
    thanks: 'Thank you',
    thanksLead: 'Your message has arrived.',
    another: 'Write something else',
    language: 'Language',
    wrong: 'There is no form here',
    wrongLead: 'The address may not have been copied whole.',
    closed: 'This form is closed',
    closedLead: 'Nothing is taken here any more. Please write by another way.',
    unreachable: 'The page cannot be reached at the moment.',
    retry: 'Try again',
    failed: 'That did not work. Your words are still here; send them again.',
    busy: 'Very many are writing just now. Your words are still here; send them again in a minute.',
    fix: 'Please look at the marked fields.',
    missing: 'Please fill this in.',
    chooseOne: 'Please choose one.',
    wayBack: 'Give an e-mail or a phone, so that you can be answered.',
    invalid: 'This does not fit here.',
    invalidEmail: 'This is no e-mail address.',
    invalidPhone: 'This is no phone number.',
    foot: 'No sign-in, no cookies.',
  },
  fr: {
    about: 'De quoi s’agit-il ?',
    question: 'Une question',
    complaint: 'Une réclamation',
    request: 'Une demande',
    return: 'Un retour',
    name: 'Votre nom',
    email: 'Votre e-mail',
    phone: 'Votre téléphone',
    reference: 'Commande ou référence',
    subject: 'En une ligne',
    words: 'Votre message',
    optional: 'facultatif',
    leaveEmpty: 'Laissez ce champ vide',
    send: 'Envoyer',
    sending: 'Envoi…',
    thanks: 'Merci',
    thanksLead: 'Votre message est bien arrivé.',
    another: 'Écrire autre chose',
    language: 'Langue',
    wrong: 'Il n’y a pas de formulaire ici',
    wrongLead: 'L’adresse n’a peut-être pas été copiée en entier.',
    closed: 'Ce formulaire est fermé',
    closedLead: 'Rien n’est plus reçu ici. Merci d’écrire autrement.',
    unreachable: 'La page est injoignable pour le moment.',
    retry: 'Réessayer',
    failed: 'Cela n’a pas fonctionné. Vos mots sont toujours là ; envoyez-les encore.',
    busy: 'Beaucoup de monde écrit en ce moment. Vos mots sont toujours là ; envoyez-les encore dans une minute.',
    fix: 'Merci de revoir les champs signalés.',
    missing: 'Merci de remplir ce champ.',
    chooseOne: 'Merci de choisir.',
    wayBack: 'Indiquez un e-mail ou un téléphone, pour que l’on puisse vous répondre.',
    invalid: 'Cela ne convient pas ici.',
    invalidEmail: 'Ce n’est pas une adresse e-mail.',
    invalidPhone: 'Ce n’est pas un numéro de téléphone.',
    foot: 'Sans connexion, sans cookies.',
  },
  fil: {
    about: 'Tungkol saan ito?',
    question: 'May tanong ako',
    complaint: 'May reklamo ako',
    request: 'May hiling ako',
    return: 'May ibabalik ako',
    name: 'Pangalan mo',
    email: 'Email mo',
    phone: 'Telepono mo',
    reference: 'Order o reperensiya',
    subject: 'Sa isang linya',
    words: 'Mensahe mo',
    optional: 'hindi kailangan',
    leaveEmpty: 'Iwanang walang laman',
    send: 'Ipadala',
    sending: 'Ipinapadala…',
    thanks: 'Salamat',
    thanksLead: 'Dumating na ang mensahe mo.',
    another: 'Magsulat pa ng iba',
    language: 'Wika',
    wrong: 'Walang form dito',
    wrongLead: 'Baka hindi buo ang pagkakopya ng address.',
    closed: 'Sarado na ang form na ito',
    closedLead: 'Wala nang tinatanggap dito. Pakisulatan kami sa ibang paraan.',
    unreachable: 'Hindi maabot ang pahina sa ngayon.',
    retry: 'Subukang muli',
    failed: 'Hindi gumana. Narito pa ang isinulat mo; ipadala itong muli.',
    busy: 'Napakaraming sumusulat ngayon. Narito pa ang isinulat mo; ipadala itong muli makalipas ang isang minuto.',
    fix: 'Pakitingnan ang mga may markang patlang.',
    missing: 'Pakipunan ito.',
    chooseOne: 'Pumili ng isa.',
    wayBack: 'Magbigay ng email o telepono para masagot ka.',
    invalid: 'Hindi ito bagay dito.',
    invalidEmail: 'Hindi ito email address.',
    invalidPhone: 'Hindi ito numero ng telepono.',
    foot: 'Walang sign-in, walang cookies.',
  },
  ur: {
    about: 'یہ کس بارے میں ہے؟',
    question: 'ایک سوال',
    complaint: 'ایک شکایت',
    request: 'ایک درخواست',
    return: 'کچھ واپس کرنا ہے',
    name: 'آپ کا نام',
    email: 'آپ کا ای میل',
    phone: 'آپ کا فون',
    reference: 'آرڈر یا حوالہ',
    subject: 'ایک سطر میں',
    words: 'آپ کا پیغام',
    optional: 'ضروری نہیں',
    leaveEmpty: 'اسے خالی چھوڑ دیں',
    send: 'بھیجیں',
    sending: 'بھیجا جا رہا ہے…',
    thanks: 'شکریہ',
    thanksLead: 'آپ کا پیغام پہنچ گیا ہے۔',
    another: 'کچھ اور لکھیں',
    language: 'زبان',
    wrong: 'یہاں کوئی فارم نہیں',
    wrongLead: 'شاید پتہ پورا نقل نہیں ہوا۔',
    closed: 'یہ فارم بند ہو چکا ہے',
    closedLead: 'یہاں اب کچھ وصول نہیں کیا جاتا۔ براہِ کرم کسی اور طریقے سے لکھیں۔',
    unreachable: 'صفحہ اس وقت دستیاب نہیں۔',
    retry: 'دوبارہ کوشش کریں',
    failed: 'یہ نہیں ہو سکا۔ آپ کی تحریر یہیں ہے؛ دوبارہ بھیجیں۔',
    busy: 'اس وقت بہت لوگ لکھ رہے ہیں۔ آپ کی تحریر یہیں ہے؛ ایک منٹ بعد دوبارہ بھیجیں۔',
    fix: 'براہِ کرم نشان زدہ خانے دیکھیں۔',
    missing: 'براہِ کرم اسے پُر کریں۔',
    chooseOne: 'براہِ کرم ایک منتخب کریں۔',
    wayBack: 'ای میل یا فون دیں تاکہ آپ کو جواب دیا جا سکے۔',
    invalid: 'یہ یہاں مناسب نہیں۔',
    invalidEmail: 'یہ ای میل کا پتہ نہیں۔',
    invalidPhone: 'یہ فون نمبر نہیں۔',
    foot: 'نہ سائن اِن، نہ کوکیز۔',
  },
  th: {
    about: 'เรื่องอะไร',
    question: 'มีคำถาม',
    complaint: 'มีข้อร้องเรียน',
    request: 'มีเรื่องขอ',
    return: 'ต้องการส่งคืนสินค้า',
    name: 'ชื่อของคุณ',
    email: 'อีเมลของคุณ',
    phone: 'โทรศัพท์ของคุณ',
    reference: 'คำสั่งซื้อหรือเลขอ้างอิง',
    subject: 'สรุปหนึ่งบรรทัด',
    words: 'ข้อความของคุณ',
    optional: 'ไม่บังคับ',
    leaveEmpty: 'เว้นว่างไว้',
    send: 'ส่ง',
    sending: 'กำลังส่ง…',
    thanks: 'ขอบคุณ',
    thanksLead: 'เราได้รับข้อความของคุณแล้ว',
    another: 'เขียนเรื่องอื่น',
    language: 'ภาษา',
    wrong: 'ไม่มีแบบฟอร์มที่นี่',
    wrongLead: 'ที่อยู่อาจถูกคัดลอกมาไม่ครบ',
    closed: 'แบบฟอร์มนี้ปิดแล้ว',
    closedLead: 'ที่นี่ไม่รับข้อความแล้ว โปรดติดต่อทางอื่น',
    unreachable: 'ตอนนี้เปิดหน้านี้ไม่ได้',
    retry: 'ลองอีกครั้ง',
    failed: 'ไม่สำเร็จ ข้อความของคุณยังอยู่ที่นี่ โปรดส่งอีกครั้ง',
    busy: 'ขณะนี้มีคนเขียนเข้ามามาก ข้อความของคุณยังอยู่ที่นี่ โปรดส่งอีกครั้งในอีกหนึ่งนาที',
    fix: 'โปรดดูช่องที่ทำเครื่องหมายไว้',
    missing: 'โปรดกรอกช่องนี้',
    chooseOne: 'โปรดเลือกหนึ่งข้อ',
    wayBack: 'โปรดให้อีเมลหรือโทรศัพท์ เพื่อให้ตอบกลับคุณได้',
    invalid: 'ข้อมูลนี้ใช้ที่นี่ไม่ได้',
    invalidEmail: 'นี่ไม่ใช่ที่อยู่อีเมล',
    invalidPhone: 'นี่ไม่ใช่หมายเลขโทรศัพท์',
    foot: 'ไม่ต้องลงชื่อเข้าใช้ ไม่มีคุกกี้',
  },
};
