/** Campaigns: goal, budget, audience, content, schedule, runs and reports. */
export const campaigns = {
  'entity.campaign': 'Campaign',
  'entity.run': 'Campaign run',
  'verb.approve': 'Approve',
  'problem.own_approval': 'You cannot approve what you wrote yourself.',
} as const satisfies Record<string, string>;
