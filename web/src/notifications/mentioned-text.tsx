import { pieces } from './mention-text.ts';

/** A stored text, with the members whom it names set off. */
export function MentionedText({ text }: { text: string }) {
  return pieces(text).map(({ text: piece, name, at }) =>
    name ? (
      <bdi key={at} className="rounded-sm bg-brand-soft px-0.5 font-medium text-brand">
        {piece}
      </bdi>
    ) : (
      piece
    ),
  );
}
