import { cx } from './cx.ts';

const grounds = ['bg-brand-soft text-brand', 'bg-sky-soft text-sky', 'bg-plum-soft text-plum', 'bg-mango-soft text-mango-ink'];

const segment = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const firstLetter = (word: string) => [...segment.segment(word)][0]?.segment ?? '';

/** One or two letters of a name. Scripts that join their letters, and Thai with its marks, show one. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const joined = /[\u0600-\u06ff\u0e00-\u0e7f]/.test(name);
  const last = words.length > 1 && !joined ? (words.at(-1) ?? '') : '';
  return (firstLetter(words[0] ?? '') + firstLetter(last)).toLocaleUpperCase();
}

/** Round for people, square for companies. Decoration: the name stands beside it. */
export function Avatar({ name, kind = 'person', size = 'md' }: { name: string; kind?: 'person' | 'company'; size?: 'sm' | 'md' | 'lg' }) {
  const ground = grounds[[...name].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % grounds.length];
  const box = { sm: 'size-6 text-[0.625rem]', md: 'size-9 text-xs', lg: 'size-14 text-lg' }[size];
  return (
    <span
      aria-hidden
      className={cx(
        'inline-grid shrink-0 place-items-center font-semibold leading-none select-none',
        box,
        ground,
        kind === 'company' ? 'rounded-md' : 'rounded-full',
      )}
    >
      {initials(name)}
    </span>
  );
}
