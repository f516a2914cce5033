import type { mail as english } from './en.ts';

export const mail: Record<keyof typeof english, string> = {
  'entity.suppression': 'ที่อยู่ที่งดส่ง',
  'via.origin.link': 'ผ่านลิงก์ของลูกค้าเอง',
  'via.origin.mail': 'ทางอีเมล',
  'entity.mail': 'อีเมลขาเข้า',
  'entity.message': 'ข้อความ',
  'entity.messageTemplate': 'แบบข้อความ',
};
