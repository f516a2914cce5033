import { currentLanguage } from './i18n.ts';

/**
 * The direction of what somebody wrote, by most of its letters: a sentence in Urdu that begins with the name of a model is read from right to
 * left, where `dir=auto` goes by the first letter alone. Pure.
 */
export function directionOf(text: string): 'rtl' | 'ltr' {
  const fromRight = text.match(/[\p{Script=Arabic}\p{Script=Hebrew}]/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return fromRight * 2 > letters ? 'rtl' : 'ltr';
}

/** A number with its sign keeps its order where sentences run from right to left. */
export const signed = (number: string): string => (currentLanguage() === 'ur' ? `\u2066${number}\u2069` : number);
