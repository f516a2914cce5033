import { Trash2, X } from 'lucide-react';
import { t } from '../i18n/i18n.ts';
import { Builder } from '../segments/builder.tsx';
import { useNamed } from '../segments/queries.ts';
import type { Group } from '../segments/tree.ts';
import { useNames } from '../segments/use-names.ts';
import { sentence } from '../segments/words.ts';
import { IconButton } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import { type Entry, everybody, isEverybody, keyOf, newFilter, type Part } from './audience-entries.ts';

type Parts = {
  label: string;
  entries: readonly Entry[];
  onChange: (entries: Entry[]) => void;
  withEverybody?: boolean;
  disabled: boolean;
};

/** One side of an audience: segments and lists by name, and beside them filters of its own, edited where they stand. */
export function AudienceParts({ label, entries, onChange, withEverybody = false, disabled }: Parts) {
  const named = useNamed();
  const add = (value: string) => {
    if (value === 'filter') onChange([...entries, newFilter()]);
    else if (value) onChange([...entries, { kind: 'named', part: partOf(value) }]);
  };
  const without = (key: string) => onChange(entries.filter((entry) => keyOf(entry) !== key));
  const taken = new Set(entries.map(keyOf));
  const words = (part: Part) =>
    isEverybody(part) ? t('campaign.everybody') : (named.find(({ id }) => id === keyOf({ kind: 'named', part }))?.name ?? '…');
  return (
    <div className="grid gap-2">
      <Field label={label}>
        <Select value="" onChange={(event) => add(event.target.value)}>
          <option value="">{t('campaign.choosePart')}</option>
          {withEverybody && !taken.has('all') && <option value="all">{t('campaign.everybody')}</option>}
          <option value="filter">{t('campaign.newFilter')}</option>
          {named
            .filter(({ id }) => !taken.has(id))
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {`${t(id.startsWith('seg_') ? 'campaign.segment' : 'campaign.list')}: ${name}`}
              </option>
            ))}
        </Select>
      </Field>
      <ul className="flex flex-wrap gap-2">
        {entries.flatMap((entry) =>
          entry.kind === 'named'
            ? [
                <li
                  key={keyOf(entry)}
                  className="inline-flex max-w-full items-center gap-1 rounded-md bg-brand-soft ps-2.5 text-sm text-brand"
                >
                  <bdi className="min-w-0 truncate">{words(entry.part)}</bdi>
                  <IconButton label={t('field.remove', { field: words(entry.part) })} onClick={() => without(keyOf(entry))}>
                    <X className="size-4" aria-hidden />
                  </IconButton>
                </li>,
              ]
            : [],
        )}
      </ul>
      {entries.map(
        (entry) =>
          entry.kind === 'filter' && (
            <OwnFilter
              key={keyOf(entry)}
              root={entry.root}
              disabled={disabled}
              onChange={(root) => onChange(entries.map((each) => (keyOf(each) === keyOf(entry) ? { kind: 'filter', root } : each)))}
              onRemove={() => without(keyOf(entry))}
            />
          ),
      )}
    </div>
  );
}

const partOf = (value: string): Part => (value === 'all' ? everybody : value.startsWith('seg_') ? { segmentId: value } : { listId: value });

type Own = { root: Group; disabled: boolean; onChange: (root: Group) => void; onRemove: () => void };

/** A filter that only this campaign has, with the sentence that it says. */
function OwnFilter({ root, disabled, onChange, onRemove }: Own) {
  const names = useNames(root);
  return (
    <section aria-label={t('campaign.filter')} className="grid gap-3 rounded-lg border border-line bg-sunken/50 p-3">
      <header className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <h3 className="text-sm font-semibold">{t('campaign.filter')}</h3>
          <p className="text-sm text-ink-2" dir="auto">
            {sentence(root, names)}
          </p>
        </div>
        <IconButton label={t('field.remove', { field: t('campaign.filter') })} onClick={onRemove}>
          <Trash2 className="size-4" aria-hidden />
        </IconButton>
      </header>
      <Builder root={root} onChange={onChange} names={names} disabled={disabled} />
    </section>
  );
}
