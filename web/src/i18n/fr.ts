import type { messages as english } from './en.ts';
import { messages as copy } from './en.ts';

export const messages: Record<keyof typeof english, string> = { ...copy };
