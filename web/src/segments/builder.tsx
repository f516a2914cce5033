import { FolderPlus, Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import type { FilterField } from '../../../functions/segments/fields.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Select } from '../ui/field.tsx';
import { FieldPicker, specOf } from './field-picker.tsx';
import { choiceOf, choicesFor, withChoice } from './operators.ts';
import { changed, countOf, fits, type Group, isGroup, type Leaf, mostConditions, type Node, newGroup, newLeaf } from './tree.ts';
import type { Choices } from './use-names.ts';
import { ValueEditor } from './value-editor.tsx';
import { fieldName, type Names } from './words.ts';

type Shared = { root: Group; onChange: (root: Group) => void; names: Names & Choices; disabled: boolean };

const firstLeaf = () => newLeaf({ field: 'country', op: 'eq', value: undefined });

/** A filter as groups of conditions. Every control has its words, so that it can be built by keyboard and by ear. */
export function Builder(props: Shared) {
  return (
    <fieldset disabled={props.disabled} className="grid gap-3" aria-label={t('filter.title')}>
      <GroupEditor group={props.root} isRoot {...props} />
    </fieldset>
  );
}

/** What a group says of its members, as one choice of four. */
const said = ({ kind, not }: Group) => (not ? (kind === 'or' ? 'none' : 'notAll') : kind === 'or' ? 'any' : 'all');
const meaning = {
  all: { kind: 'and', not: false },
  any: { kind: 'or', not: false },
  none: { kind: 'or', not: true },
  notAll: { kind: 'and', not: true },
} as const;

function GroupEditor({ group, isRoot = false, ...shared }: Shared & { group: Group; isRoot?: boolean }) {
  const { root, onChange } = shared;
  const id = useId();
  const replace = (next: Group | undefined) => changed(root, group.key, () => next);
  const withMember = (member: Node) => replace({ ...group, members: [...group.members, member] });
  const full = countOf(root) >= mostConditions;
  const nested = withMember(newGroup(group.kind === 'and' ? 'or' : 'and', [firstLeaf(), firstLeaf()]));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset within the builder's own would be disabled twice, and its legend cannot be a control
    <div role="group" aria-labelledby={id} className={cx('grid gap-3', !isRoot && 'rounded-lg border border-line bg-sunken p-3')}>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <span id={id} className="font-medium text-ink-2">
          {t(isRoot ? 'filter.match' : 'filter.matchGroup')}
        </span>
        <Select
          aria-label={t(isRoot ? 'filter.match' : 'filter.matchGroup')}
          className="w-auto!"
          value={said(group)}
          onChange={(event) => onChange(replace({ ...group, ...meaning[event.target.value as keyof typeof meaning] }))}
        >
          {(['all', 'any', 'none', 'notAll'] as const).map((each) => (
            <option key={each} value={each} disabled={!fits(replace({ ...group, ...meaning[each] }))}>
              {t(`filter.kind.${each}`)}
            </option>
          ))}
        </Select>
        {!isRoot && (
          <IconButton className="ms-auto" label={t('filter.removeGroup')} onClick={() => onChange(replace(undefined))}>
            <Trash2 className="size-4" aria-hidden />
          </IconButton>
        )}
      </div>
      <ul className="grid gap-2">
        {group.members.map((member) => (
          <li key={member.key}>
            {isGroup(member) ? <GroupEditor group={member} {...shared} /> : <LeafEditor leaf={member} {...shared} />}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button disabled={full} onClick={() => onChange(withMember(firstLeaf()))}>
          <Plus className="size-4" aria-hidden /> {t('filter.addCondition')}
        </Button>
        <Button look="ghost" disabled={full || !fits(nested)} onClick={() => onChange(nested)}>
          <FolderPlus className="size-4" aria-hidden /> {t('filter.addGroup')}
        </Button>
      </div>
    </div>
  );
}

function LeafEditor({ leaf, root, onChange, names }: Shared & { leaf: Leaf }) {
  const spec = specOf(leaf.field, names.fields);
  const choices = choicesFor(leaf.field, spec);
  const choice = choiceOf(leaf, choices);
  const set = (next: Leaf | undefined) => onChange(changed(root, leaf.key, () => next));
  const name = fieldName(leaf.field, names);
  return (
    <div className="grid items-start gap-2 rounded-lg border border-line bg-surface p-2.5 sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1.2fr)_auto]">
      <FieldPicker
        field={leaf.field}
        names={names}
        onPick={(field) => set(withFirstChoice({ ...leaf, field, value: undefined }, specOf(field, names.fields)))}
      />
      <Select
        aria-label={t('filter.operatorOf', { field: name })}
        value={choice?.name ?? ''}
        onChange={(event) => {
          const next = choices.find((each) => each.name === event.target.value);
          if (next) set(withChoice(leaf, next, spec.type));
        }}
      >
        {!choice && <option value="">{t('filter.asWritten')}</option>}
        {choices.map((each) => (
          <option
            key={each.name}
            value={each.name}
            disabled={each.not && !leaf.not && !fits(changed(root, leaf.key, () => ({ ...leaf, not: true })))}
          >
            {t(operatorKey(each.name, { type: spec.type, field: leaf.field }))}
          </option>
        ))}
      </Select>
      <div className="min-w-0">
        <ValueEditor
          key={`${leaf.field} ${leaf.op}`}
          leaf={leaf}
          spec={spec}
          names={names}
          label={t('filter.valueOf', { field: name })}
          set={(value) => set({ ...leaf, value })}
        />
      </div>
      <IconButton label={t('filter.removeCondition', { field: name })} onClick={() => set(undefined)}>
        <Trash2 className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}

const withFirstChoice = (leaf: Leaf, spec: Pick<FilterField, 'type' | 'ops'>): Leaf => {
  const [first] = choicesFor(leaf.field, spec);
  return first ? withChoice({ ...leaf, op: 'eq', not: false }, first, spec.type) : leaf;
};

const dates = new Set(['lt', 'gte', 'eq', 'between']);
function operatorKey(name: string, { type, field }: { type: FilterField['type']; field: string }): MessageKey {
  if (name === 'exists' || name === 'missing') {
    if (field.startsWith('list.')) return `filter.op.list.${name}`;
    if (field.startsWith('campaign.')) return `filter.op.event.${name}`;
  }
  if (type === 'date' && dates.has(name)) return `filter.op.date.${name}` as MessageKey;
  return `filter.op.${name}` as MessageKey;
}
