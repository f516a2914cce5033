/** What can be said of an interaction in one word each; without schemas, so that a browser can have the lists too. */
export const directions = ['in', 'out', 'none'] as const;
export const reasons = ['enquiry', 'order', 'complaint', 'service', 'feedback', 'other'] as const;
export const outcomes = ['answered', 'promised', 'no_answer', 'resolved', 'none'] as const;
export const chatVias = ['whatsapp', 'messenger', 'viber', 'line', 'telegram', 'other'] as const;
