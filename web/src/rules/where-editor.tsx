import { useState } from 'react';
import type { Filter } from '../../../functions/kernel/filter.ts';
import { t } from '../i18n/i18n.ts';
import { Builder } from '../segments/builder.tsx';
import { filterOf, type Group, newGroup, newLeaf, treeOf } from '../segments/tree.ts';
import { useNames } from '../segments/use-names.ts';
import { Segmented } from '../ui/segmented.tsx';

const first = () => newGroup('and', [newLeaf({ field: 'lifecycle', op: 'eq', value: undefined })]);

/** Whom a rule is about: everybody, or those who meet a filter. Undefined while a condition is not whole. */
export function WhereEditor({ begin, onChange }: { begin: Filter | null; onChange: (where: Filter | null | undefined) => void }) {
  const [who, setWho] = useState<'all' | 'some'>(begin ? 'some' : 'all');
  const [root, setRoot] = useState<Group>(begin ? treeOf(begin) : first());
  const names = useNames(root);
  const change = (next: { who?: 'all' | 'some'; root?: Group }) => {
    const { who: whom = who, root: tree = root } = next;
    setWho(whom);
    setRoot(tree);
    onChange(whom === 'all' ? null : filterOf(tree));
  };
  return (
    <div className="grid gap-3">
      <Segmented
        label={t('rule.stepWhere')}
        hideLabel
        className="justify-self-start"
        value={who}
        onChange={(next) => change({ who: next })}
        options={[
          { value: 'all', label: t('rule.everybody') },
          { value: 'some', label: t('rule.some') },
        ]}
      />
      {who === 'some' && <Builder root={root} names={names} disabled={false} onChange={(next) => change({ root: next })} />}
    </div>
  );
}
