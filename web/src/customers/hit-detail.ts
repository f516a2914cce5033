const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
/** The search gives no more of it; the last word may be half of one. */
const most = 120;

/**
 * What the search knows of a hit beside the name, as one reads it: `helene fournier +33639981742 helene@courriel.example lyon` of Hélène
 * Fournier is `helene@courriel.example · +33639981742 · Lyon`. Pure.
 */
export function hitDetail({ name, detail }: { name: string; detail: string }): string {
  const named = new Set(fold(name).split(/[^\p{L}\p{N}]+/u));
  const words = detail.split(' ').slice(0, detail.length >= most ? -1 : undefined);
  const mail = words.filter((word) => word.includes('@'));
  const phones = words.filter((word) => /^\+\d/.test(word));
  const others = words.filter((word) => !word.includes('@') && !/^\+\d/.test(word) && !named.has(fold(word)));
  const rest = others.map((word) => word.charAt(0).toLocaleUpperCase() + word.slice(1)).join(' ');
  return [mail[0], phones[0] && `\u2066${phones[0]}\u2069`, rest].filter(Boolean).join(' · ');
}
