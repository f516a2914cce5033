import { ArrowDownUp, Columns3 } from 'lucide-react';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { buttonClass } from '../ui/button.tsx';
import { Check } from '../ui/field.tsx';
import { Menu, Panel } from '../ui/menu.tsx';
import { columnLabel } from './customers-table.tsx';
import { type Column, type CustomersSearch, columns, columnsOf, columnsText, type Setting } from './search.ts';

const sorts = [undefined, '-createdAt', 'createdAt'] as const;

/** In what order the list stands. */
export function SortMenu({ search, set }: Setting) {
  const label = (sort: CustomersSearch['sort']) => t(`sort.${sort ?? 'name'}` as MessageKey);
  return (
    <Menu
      label={t('customers.sort')}
      trigger={(attributes) => (
        <button type="button" {...attributes} className={buttonClass()}>
          <ArrowDownUp className="size-4" aria-hidden />
          <span className="sr-only">{t('customers.sort')}: </span>
          {label(search.sort)}
        </button>
      )}
      items={sorts.map((sort) => ({
        key: sort ?? 'name',
        label: label(sort),
        checked: sort === search.sort,
        onSelect: () => set({ sort }),
      }))}
    />
  );
}

/** Which columns it has. */
export function ColumnsPanel({ search, set }: Setting) {
  const chosen = columnsOf(search);
  const toggle = (column: Column, on: boolean) =>
    set({ columns: columnsText(on ? [...chosen, column] : chosen.filter((each) => each !== column)) });
  return (
    <div className="hidden sm:block">
      <Panel
        label={t('customers.columns')}
        trigger={(attributes) => (
          <button type="button" {...attributes} className={buttonClass()}>
            <Columns3 className="size-4" aria-hidden /> {t('customers.columns')}
          </button>
        )}
      >
        {() => (
          <fieldset className="grid">
            <legend className="sr-only">{t('customers.columns')}</legend>
            {columns.map((column) => (
              <Check key={column} checked={chosen.includes(column)} onChange={(event) => toggle(column, event.target.checked)}>
                {columnLabel(column)}
              </Check>
            ))}
          </fieldset>
        )}
      </Panel>
    </div>
  );
}
