/**
 * The direction of what somebody wrote, by most of its letters: a sentence in Urdu that begins with the name of a model is read from right to
 * left, where `dir=auto` goes by the first letter alone. Pure.
 */
export function directionOf(text: string): 'rtl' | 'ltr' {
  const fromRight = text.match(/[\p{Script=Arabic}\p{Script=Hebrew}]/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return fromRight * 2 > letters ? 'rtl' : 'ltr';
}
