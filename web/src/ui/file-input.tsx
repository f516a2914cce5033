import type { Ref } from 'react';

type Props = { ref: Ref<HTMLInputElement>; label: string; accept?: string; multiple?: boolean; onChoose: (files: File[]) => void };

/** Chooses files; a button beside it opens it. The same file, put right, can be chosen once more. */
export function FileInput({ ref, label, onChoose, ...rest }: Props) {
  return (
    <input
      {...rest}
      ref={ref}
      type="file"
      hidden
      aria-label={label}
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        event.target.value = '';
        onChoose(files);
      }}
    />
  );
}
