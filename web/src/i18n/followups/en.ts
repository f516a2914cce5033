/** Follow-ups, Today, Team and the calendar. */
export const followUps = {
  'entity.followUp': 'Follow-up',
} as const satisfies Record<string, string>;
