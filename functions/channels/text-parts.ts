/**
 * How a text message is parted: 160 characters of the alphabet of GSM 03.38 (those of its extension count twice), or 70 in UTF-16 where any
 * letter is not of it; in several parts 153 or 67 each, for every part says of which message it is (3GPP TS 23.038, 23.040). Pure.
 */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');
const lengths = { gsm: { whole: 160, part: 153 }, unicode: { whole: 70, part: 67 } } as const;

/** Characters that the service takes as one text message. */
export const longestSms = 1_600;

/** In how many parts a text is sent, and billed. An empty text is one. */
export function textParts(text: string): number {
  const letters = [...text];
  const isGsm = letters.every((letter) => basic.has(letter) || extension.has(letter));
  const { whole, part } = lengths[isGsm ? 'gsm' : 'unicode'];
  const sizes = letters.map((letter) => (isGsm ? (extension.has(letter) ? 2 : 1) : letter.length));
  if (sizes.reduce((sum, size) => sum + size, 0) <= whole) return 1;
  // What counts twice is not torn apart.
  let [parts, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > part) [parts, used] = [parts + 1, 0];
    used += size;
  }
  return parts;
}
