import type { DemoRole, Language, Texts } from '../demo/people.ts';

export interface SignInTexts {
  title: string;
  lead: string;
  languages: string;
  invited: string;
  foot: string;
  expired: string;
  expiredLead: string;
  start: string;
  leaving: string;
  signOut: string;
  failed: string;
  roles: Record<DemoRole, string>;
}

/** Each language by its own name, as its readers look for it. */
export const languageNames: Texts = { en: 'English', fr: 'Français', fil: 'Filipino', ur: 'اردو', th: 'ไทย' };

export const signInTexts: Record<Language, SignInTexts> = {
  en: {
    title: 'Who are you today?',
    lead: 'Eight people work at Batis, which sells and looks after water filters. Pick one: you are signed in at once, in that person’s language.',
    languages: 'Language of this page',
    invited: 'Invited',
    foot: 'This page exists only on your own machine. There are no passwords here, and none of it is part of a deployment.',
    expired: 'This sign-in has expired',
    expiredLead: 'It was left open for too long, or was already used. Nothing is lost.',
    start: 'Start again',
    leaving: 'Signing you out',
    signOut: 'Sign out',
    failed: 'Sign-in did not work',
    roles: {
      admin: 'Admin',
      manager: 'Manager',
      sales: 'Sales',
      service: 'Service',
      marketing: 'Marketing',
      analyst: 'Analyst',
      partner: 'Partner',
    },
  },
  fr: {
    title: 'Qui êtes-vous aujourd’hui ?',
    lead: 'Huit personnes travaillent chez Batis, qui vend et entretient des filtres à eau. Choisissez-en une : vous êtes connecté aussitôt, dans sa langue.',
    languages: 'Langue de cette page',
    invited: 'Personnes invitées',
    foot: 'Cette page n’existe que sur votre machine. Il n’y a ici aucun mot de passe, et rien de tout cela n’est déployé.',
    expired: 'Cette connexion a expiré',
    expiredLead: 'Elle est restée ouverte trop longtemps ou a déjà servi. Rien n’est perdu.',
    start: 'Recommencer',
    leaving: 'Déconnexion en cours',
    signOut: 'Se déconnecter',
    failed: 'La connexion n’a pas abouti',
    roles: {
      admin: 'Administration',
      manager: 'Direction',
      sales: 'Ventes',
      service: 'Service client',
      marketing: 'Communication',
      analyst: 'Analyse',
      partner: 'Partenaire',
    },
  },
  fil: {
    title: 'Sino ka ngayong araw?',
    lead: 'Walong tao ang nagtatrabaho sa Batis, na nagbebenta at nag-aalaga ng mga filter ng tubig. Pumili ng isa: papasok ka agad, sa wika niya.',
    languages: 'Wika ng pahinang ito',
    invited: 'Mga inanyayahan',
    foot: 'Nasa sarili mong makina lang ang pahinang ito. Walang password dito, at walang bahagi nito ang napupunta sa cloud.',
    expired: 'Lipas na ang pag-sign in na ito',
    expiredLead: 'Masyadong matagal itong nakabukas, o nagamit na. Walang nawala.',
    start: 'Magsimula ulit',
    leaving: 'Inilalabas ka na',
    signOut: 'Mag-sign out',
    failed: 'Hindi natuloy ang pag-sign in',
    roles: {
      admin: 'Tagapangasiwa',
      manager: 'Tagapamahala',
      sales: 'Benta',
      service: 'Serbisyo',
      marketing: 'Pagmemerkado',
      analyst: 'Tagasuri',
      partner: 'Kasosyo',
    },
  },
  ur: {
    title: 'آج آپ کون ہیں؟',
    lead: 'باٹس پانی کے فلٹر بیچتی اور ان کی دیکھ بھال کرتی ہے، اور وہاں آٹھ لوگ کام کرتے ہیں۔ کسی ایک کو چنیں: آپ فوراً اُسی کی زبان میں داخل ہو جائیں گے۔',
    languages: 'اس صفحے کی زبان',
    invited: 'مدعو افراد',
    foot: 'یہ صفحہ صرف آپ کی اپنی مشین پر ہے۔ یہاں کوئی پاس ورڈ نہیں، اور اس کا کوئی حصہ کلاؤڈ میں نہیں جاتا۔',
    expired: 'یہ داخلہ پرانا ہو گیا',
    expiredLead: 'یہ بہت دیر کھلا رہا یا پہلے استعمال ہو چکا۔ کچھ ضائع نہیں ہوا۔',
    start: 'دوبارہ شروع کریں',
    leaving: 'آپ کو باہر کیا جا رہا ہے',
    signOut: 'باہر آئیں',
    failed: 'داخلہ نہیں ہو سکا',
    roles: {
      admin: 'منتظم',
      manager: 'مینیجر',
      sales: 'فروخت',
      service: 'سروس',
      marketing: 'مارکیٹنگ',
      analyst: 'تجزیہ کار',
      partner: 'شراکت دار',
    },
  },
  th: {
    title: 'วันนี้คุณเป็นใคร',
    lead: 'บาติสขายและดูแลเครื่องกรองน้ำ มีคนทำงานแปดคน เลือกหนึ่งคน แล้วคุณจะเข้าสู่ระบบทันทีในภาษาของคนนั้น',
    languages: 'ภาษาของหน้านี้',
    invited: 'ผู้ที่ได้รับเชิญ',
    foot: 'หน้านี้มีอยู่เฉพาะในเครื่องของคุณ ไม่มีรหัสผ่าน และไม่มีส่วนใดถูกนำขึ้นคลาวด์',
    expired: 'การเข้าสู่ระบบนี้หมดอายุแล้ว',
    expiredLead: 'เปิดทิ้งไว้นานเกินไปหรือถูกใช้ไปแล้ว ไม่มีอะไรสูญหาย',
    start: 'เริ่มใหม่',
    leaving: 'กำลังออกจากระบบ',
    signOut: 'ออกจากระบบ',
    failed: 'เข้าสู่ระบบไม่สำเร็จ',
    roles: {
      admin: 'ผู้ดูแลระบบ',
      manager: 'ผู้จัดการ',
      sales: 'ฝ่ายขาย',
      service: 'ฝ่ายบริการ',
      marketing: 'การตลาด',
      analyst: 'นักวิเคราะห์',
      partner: 'คู่ค้า',
    },
  },
};
