/** What can be said of a customer in one word; without schemas, so that a browser can have the lists too. */
export const lifecycles = ['prospect', 'active', 'lapsed', 'closed'] as const;
export const channels = ['email', 'call', 'fax', 'letter', 'visit', 'web', 'chat', 'sms', 'order', 'note', 'other'] as const;
