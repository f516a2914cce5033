import type { campaigns as english } from './en.ts';

export const campaigns: Record<keyof typeof english, string> = {
  'entity.campaign': 'แคมเปญ',
  'entity.run': 'รอบของแคมเปญ',
  'verb.approve': 'อนุมัติ',
  'problem.own_approval': 'คุณอนุมัติสิ่งที่ตัวเองเขียนไม่ได้',
};
