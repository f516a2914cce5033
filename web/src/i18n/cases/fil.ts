import type { cases as english } from './en.ts';

/** Cases and service levels. */
export const cases: Record<keyof typeof english, string> = {
  'entity.case': 'Kaso',
  'entity.serviceLevels': 'Antas ng serbisyo',
};
