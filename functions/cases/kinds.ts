/** What can be said of a case in one word each; without schemas, so that a browser can have the lists too. */
export const caseTypes = ['complaint', 'question', 'request', 'return'] as const;
export const caseStates = ['new', 'open', 'waiting', 'resolved', 'closed'] as const;
