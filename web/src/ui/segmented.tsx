import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

/** One of a few, all in sight: radio buttons that look like one control. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: { value: T; label: ReactNode; title?: string }[];
  className?: string;
  hideLabel?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={cx('grid min-w-0 gap-1', props.className)}>
      <legend className={props.hideLabel ? 'sr-only' : 'mb-1 text-sm font-medium text-ink-2'}>{props.label}</legend>
      <div className="flex flex-wrap gap-1 rounded-lg border border-line bg-sunken p-1">
        {props.options.map((option) => (
          <label
            key={option.value}
            title={option.title}
            className="hit flex min-w-0 grow cursor-pointer items-center justify-center gap-1.5 rounded-md px-3 text-sm font-medium text-ink-2 has-checked:bg-brand-soft has-checked:text-brand has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-brand"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
