/** Cases and service levels. */
export const cases = {
  'entity.case': 'Case',
  'entity.serviceLevels': 'Service levels',
};
