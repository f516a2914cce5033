import { fold, numberWord } from '../kernel/fold.ts';

/** A number as it is searched for: `national` without trunk zero, `international` without plus, if the country is known. Digits only. */
export type PhoneWords = { national: string; international?: string };

/** The country calling codes of two digits (ITU-T E.164, annex); 1 and 7 have one, all others three. */
const twoDigitCode = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

function codeLength(international: string): number {
  if (/^[17]/.test(international)) return 1;
  return twoDigitCode.test(international) ? 2 : 3;
}

/** An international number, digits only, without country code and trunk zero. */
export const nationalPart = (international: string) => numberWord(international.slice(codeLength(international)));

/**
 * The words of a phone number however it is written: 0917 555 0123, (0917) 5550123 and 917-555-0123 have the same national word, and
 * +63 (0)917 555 0123 and 0063 … have it too, with the international one. So two words find every form, and none is kept per form.
 */
export function phoneWords(number: string): PhoneWords | undefined {
  const written = fold(number)
    .replace(/(?:ext|x|#|;)\D*\d*$/, '')
    .replace('(0)', '');
  const digits = written.replace(/\D/g, '');
  const abroad = /^\W*\+/.test(written) ? digits : /^00[1-9]/.test(digits) ? digits.slice(2) : undefined;
  if (abroad === undefined) return digits.length < 2 ? undefined : { national: numberWord(digits) };
  return { national: nationalPart(abroad), international: abroad };
}

/**
 * What a neighbour dials: the number without its area code, for a line whose writer set the area code apart, as (5) 555-4729 or, of a
 * landline, +63 2 8555 0100. Undefined where nobody leaves the code out.
 */
export function localWord(number: string, type: string): string | undefined {
  const bracketed = /\(\d{1,5}\)(.*)$/.exec(fold(number).replace('(0)', ''));
  const spaced = type === 'landline' || type === 'fax' ? /^[^\d+]*(?:\+\d{1,3}\D+)?\d{1,5}[\s./-]+(.*)$/.exec(fold(number)) : undefined;
  const digits = ((bracketed ?? spaced)?.[1] ?? '').replace(/\D/g, '');
  return digits.length >= 5 ? numberWord(digits) : undefined;
}
