import type { cases as english } from './en.ts';

/** Cases and service levels. */
export const cases: Record<keyof typeof english, string> = {
  'entity.case': 'معاملہ',
  'entity.serviceLevels': 'خدمت کے معیار',
};
