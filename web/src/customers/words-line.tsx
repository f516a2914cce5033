import type { Customer, CustomerPatch } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { InlineField } from './inline-field.tsx';
import { WordsEditor, wordsOf } from './list-editors.tsx';

/** Several words as one line of a record. */
export function WordsLine(props: {
  customer: Customer;
  label: string;
  editable: boolean;
  words: (customer: Customer) => string[];
  change: (words: string[]) => Partial<CustomerPatch>;
  open?: boolean;
}) {
  const words = props.words(props.customer);
  return (
    <InlineField
      customer={props.customer}
      label={props.label}
      editable={props.editable}
      {...(props.open && { open: true })}
      filled={words.length > 0}
      shown={
        <span className="flex flex-wrap gap-1 pt-0.5">
          {words.map((word) => (
            <Badge key={word} dir="auto">
              {word}
            </Badge>
          ))}
        </span>
      }
      begin={(seen) => props.words(seen).join(', ')}
      editor={(draft, set) => <WordsEditor text={draft} set={set} label={props.label} />}
      change={(draft) => props.change(wordsOf(draft))}
    />
  );
}
