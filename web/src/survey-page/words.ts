import type { Language } from '../i18n/languages.ts';

/** What the form says besides the survey's own texts. Plain texts with values in braces: the page carries no message compiler. */
export type Words = Record<
  | 'asks'
  | 'step'
  | 'required'
  | 'next'
  | 'back'
  | 'send'
  | 'clear'
  | 'saved'
  | 'saving'
  | 'unsaved'
  | 'newer'
  | 'language'
  | 'wrong'
  | 'wrongLead'
  | 'unreachable'
  | 'retry'
  | 'failed'
  | 'closed'
  | 'thanks'
  | 'goOn'
  | 'goingOn'
  | 'stay'
  | 'npsLow'
  | 'npsHigh'
  | 'csat1'
  | 'csat2'
  | 'csat3'
  | 'csat4'
  | 'csat5'
  | 'cesLow'
  | 'cesHigh'
  | 'ofMost'
  | 'choose'
  | 'range'
  | 'fix'
  | 'missing'
  | 'outside'
  | 'invalid'
  | 'yes'
  | 'foot',
  string
>;

export const words: Record<Language, Words> = {
  en: {
    asks: '{workspace} asks for your opinion',
    step: 'Part {step} of {steps}',
    required: 'required',
    next: 'Next',
    back: 'Back',
    send: 'Send',
    clear: 'Clear the answer',
    saved: 'Saved. You can close the page and go on later with the same link.',
    saving: 'Saving…',
    unsaved: 'Not saved yet. It is tried again by itself.',
    newer: 'You have gone on elsewhere in the meantime. These are your newest answers.',
    language: 'Language',
    wrong: 'This link does not work',
    wrongLead: 'It may not have been copied whole, or it is no longer valid. Open it once more from the message.',
    unreachable: 'The page cannot be reached at the moment.',
    retry: 'Try again',
    failed: 'That did not work. Your answers are still here; try again.',
    closed: 'This survey is closed. Thank you all the same.',
    thanks: 'Thank you',
    goOn: 'Go on to {host}',
    goingOn: 'You are taken to {host} in a moment.',
    stay: 'Stay here',
    npsLow: 'Not at all likely',
    npsHigh: 'Extremely likely',
    csat1: 'Very dissatisfied',
    csat2: 'Dissatisfied',
    csat3: 'Neither',
    csat4: 'Satisfied',
    csat5: 'Very satisfied',
    cesLow: 'I do not agree at all',
    cesHigh: 'I agree completely',
    ofMost: '{value} of {most}',
    choose: 'Choose as many as you like.',
    range: 'From {least} to {most}',
    fix: 'Please look at the marked questions.',
    missing: 'Please answer this question.',
    outside: 'Please stay between {least} and {most}.',
    invalid: 'This answer does not fit the question.',
    yes: 'Yes, I agree',
    foot: 'No sign-in, no cookies. Your answers are saved as you go.',
  },
  fr: {
    asks: '{workspace} vous demande votre avis',
    step: 'Partie {step} sur {steps}',
    required: 'obligatoire',
    next: 'Suivant',
    back: 'Retour',
    send: 'Envoyer',
    clear: 'Effacer la réponse',
    saved: 'Enregistré. Vous pouvez fermer la page et reprendre plus tard avec le même lien.',
    saving: 'Enregistrement…',
    unsaved: 'Pas encore enregistré. Un nouvel essai se fait tout seul.',
    newer: 'Vous avez continué ailleurs entre-temps. Voici vos réponses les plus récentes.',
    language: 'Langue',
    wrong: 'Ce lien ne fonctionne pas',
    wrongLead: 'Il n’a peut-être pas été copié en entier, ou n’est plus valable. Ouvrez-le encore une fois depuis le message.',
    unreachable: 'La page est injoignable pour le moment.',
    retry: 'Réessayer',
    failed: 'Cela n’a pas fonctionné. Vos réponses sont toujours là ; réessayez.',
    closed: 'Cette enquête est close. Merci tout de même.',
    thanks: 'Merci',
    goOn: 'Continuer vers {host}',
    goingOn: 'Vous serez dirigé vers {host} dans un instant.',
    stay: 'Rester ici',
    npsLow: 'Pas du tout probable',
    npsHigh: 'Très probable',
    csat1: 'Très insatisfait',
    csat2: 'Insatisfait',
    csat3: 'Ni l’un ni l’autre',
    csat4: 'Satisfait',
    csat5: 'Très satisfait',
    cesLow: 'Pas du tout d’accord',
    cesHigh: 'Tout à fait d’accord',
    ofMost: '{value} sur {most}',
    choose: 'Choisissez-en autant que vous voulez.',
    range: 'De {least} à {most}',
    fix: 'Merci de revoir les questions signalées.',
    missing: 'Merci de répondre à cette question.',
    outside: 'Merci de rester entre {least} et {most}.',
    invalid: 'Cette réponse ne convient pas à la question.',
    yes: 'Oui, je suis d’accord',
    foot: 'Sans connexion, sans cookies. Vos réponses sont enregistrées au fur et à mesure.',
  },
  fil: {
    asks: 'Hinihingi ng {workspace} ang iyong opinyon',
    step: 'Bahagi {step} sa {steps}',
    required: 'kailangan',
    next: 'Susunod',
    back: 'Bumalik',
    send: 'Ipadala',
    clear: 'Burahin ang sagot',
    saved: 'Na-save na. Puwede mong isara ang pahina at ituloy mamaya gamit ang parehong link.',
    saving: 'Sine-save…',
    unsaved: 'Hindi pa nase-save. Kusa itong susubok muli.',
    newer: 'Nagpatuloy ka sa ibang lugar. Ito ang pinakabago mong mga sagot.',
    language: 'Wika',
    wrong: 'Hindi gumagana ang link na ito',
    wrongLead: 'Baka hindi nakopya nang buo, o wala na itong bisa. Buksan itong muli mula sa mensahe.',
    unreachable: 'Hindi maabot ang pahina sa ngayon.',
    retry: 'Subukan muli',
    failed: 'Hindi iyon gumana. Narito pa ang mga sagot mo; subukan muli.',
    closed: 'Sarado na ang survey na ito. Salamat pa rin.',
    thanks: 'Salamat',
    goOn: 'Magpatuloy sa {host}',
    goingOn: 'Dadalhin ka sa {host} sa ilang sandali.',
    stay: 'Manatili rito',
    npsLow: 'Talagang hindi',
    npsHigh: 'Siguradong oo',
    csat1: 'Sobrang hindi nasiyahan',
    csat2: 'Hindi nasiyahan',
    csat3: 'Sakto lang',
    csat4: 'Nasiyahan',
    csat5: 'Sobrang nasiyahan',
    cesLow: 'Talagang hindi sang-ayon',
    cesHigh: 'Lubos na sang-ayon',
    ofMost: '{value} sa {most}',
    choose: 'Pumili ng kahit ilan.',
    range: 'Mula {least} hanggang {most}',
    fix: 'Pakitingnan ang mga may markang tanong.',
    missing: 'Pakisagot ang tanong na ito.',
    outside: 'Pumili mula {least} hanggang {most}.',
    invalid: 'Hindi tugma ang sagot na ito sa tanong.',
    yes: 'Oo, sang-ayon ako',
    foot: 'Walang sign-in, walang cookies. Nase-save ang mga sagot mo habang sumasagot.',
  },
  ur: {
    asks: '{workspace} آپ کی رائے جاننا چاہتا ہے',
    step: 'حصہ {step} از {steps}',
    required: 'ضروری',
    next: 'آگے',
    back: 'پیچھے',
    send: 'بھیجیں',
    clear: 'جواب مٹائیں',
    saved: 'محفوظ ہو گیا۔ آپ صفحہ بند کر کے بعد میں اسی لنک سے آگے بڑھ سکتے ہیں۔',
    saving: 'محفوظ ہو رہا ہے…',
    unsaved: 'ابھی محفوظ نہیں ہوا۔ خود بخود دوبارہ کوشش ہو گی۔',
    newer: 'اس دوران آپ کہیں اور آگے بڑھ چکے ہیں۔ یہ آپ کے تازہ ترین جوابات ہیں۔',
    language: 'زبان',
    wrong: 'یہ لنک کام نہیں کرتا',
    wrongLead: 'شاید یہ پورا نقل نہیں ہوا یا اب کارآمد نہیں۔ اسے پیغام سے دوبارہ کھولیں۔',
    unreachable: 'صفحہ اس وقت دستیاب نہیں۔',
    retry: 'دوبارہ کوشش کریں',
    failed: 'یہ نہیں ہو سکا۔ آپ کے جوابات یہیں ہیں؛ دوبارہ کوشش کریں۔',
    closed: 'یہ سروے بند ہو چکا ہے۔ پھر بھی آپ کا شکریہ۔',
    thanks: 'شکریہ',
    goOn: '{host} پر جائیں',
    goingOn: 'آپ کو ابھی {host} پر لے جایا جائے گا۔',
    stay: 'یہیں رہیں',
    npsLow: 'بالکل امکان نہیں',
    npsHigh: 'بہت زیادہ امکان',
    csat1: 'بہت غیر مطمئن',
    csat2: 'غیر مطمئن',
    csat3: 'درمیانہ',
    csat4: 'مطمئن',
    csat5: 'بہت مطمئن',
    cesLow: 'بالکل متفق نہیں',
    cesHigh: 'پوری طرح متفق',
    ofMost: '{most} میں سے {value}',
    choose: 'جتنے چاہیں منتخب کریں۔',
    range: '{least} سے {most} تک',
    fix: 'براہِ کرم نشان زدہ سوالات دیکھیں۔',
    missing: 'براہِ کرم اس سوال کا جواب دیں۔',
    outside: 'براہِ کرم {least} اور {most} کے درمیان رہیں۔',
    invalid: 'یہ جواب سوال سے میل نہیں کھاتا۔',
    yes: 'جی ہاں، میں متفق ہوں',
    foot: 'نہ سائن اِن، نہ کوکیز۔ آپ کے جوابات ساتھ ساتھ محفوظ ہوتے ہیں۔',
  },
  th: {
    asks: '{workspace} อยากทราบความเห็นของคุณ',
    step: 'ส่วนที่ {step} จาก {steps}',
    required: 'จำเป็น',
    next: 'ถัดไป',
    back: 'ย้อนกลับ',
    send: 'ส่ง',
    clear: 'ล้างคำตอบ',
    saved: 'บันทึกแล้ว คุณปิดหน้านี้แล้วกลับมาทำต่อด้วยลิงก์เดิมได้',
    saving: 'กำลังบันทึก…',
    unsaved: 'ยังไม่ได้บันทึก ระบบจะลองใหม่เอง',
    newer: 'คุณได้ทำต่อจากที่อื่นแล้ว นี่คือคำตอบล่าสุดของคุณ',
    language: 'ภาษา',
    wrong: 'ลิงก์นี้ใช้ไม่ได้',
    wrongLead: 'ลิงก์อาจถูกคัดลอกมาไม่ครบหรือหมดอายุแล้ว โปรดเปิดจากข้อความอีกครั้ง',
    unreachable: 'ตอนนี้เปิดหน้านี้ไม่ได้',
    retry: 'ลองอีกครั้ง',
    failed: 'ไม่สำเร็จ คำตอบของคุณยังอยู่ที่นี่ โปรดลองอีกครั้ง',
    closed: 'แบบสอบถามนี้ปิดแล้ว ขอบคุณเช่นกัน',
    thanks: 'ขอบคุณ',
    goOn: 'ไปที่ {host}',
    goingOn: 'กำลังพาคุณไปที่ {host}',
    stay: 'อยู่หน้านี้',
    npsLow: 'ไม่แนะนำแน่นอน',
    npsHigh: 'แนะนำแน่นอน',
    csat1: 'ไม่พอใจมาก',
    csat2: 'ไม่พอใจ',
    csat3: 'เฉย ๆ',
    csat4: 'พอใจ',
    csat5: 'พอใจมาก',
    cesLow: 'ไม่เห็นด้วยเลย',
    cesHigh: 'เห็นด้วยอย่างยิ่ง',
    ofMost: '{value} จาก {most}',
    choose: 'เลือกได้หลายข้อ',
    range: 'ตั้งแต่ {least} ถึง {most}',
    fix: 'โปรดดูข้อที่ทำเครื่องหมายไว้',
    missing: 'โปรดตอบข้อนี้',
    outside: 'โปรดใส่ค่าระหว่าง {least} ถึง {most}',
    invalid: 'คำตอบนี้ไม่ตรงกับคำถาม',
    yes: 'ใช่ ฉันยินยอม',
    foot: 'ไม่ต้องลงชื่อเข้าใช้ ไม่มีคุกกี้ คำตอบของคุณถูกบันทึกไปเรื่อย ๆ',
  },
};
