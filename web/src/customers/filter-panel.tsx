import { ListFilter } from 'lucide-react';
import { lifecycles } from '../../../functions/customers/kinds.ts';
import { t } from '../i18n/i18n.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { Panel } from '../ui/menu.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { countries } from './countries.ts';
import type { CustomersSearch, Setting } from './search.ts';
import { useMembers } from './use-members.ts';

/** What the list is narrowed to, as a form. */
export function FilterPanel({ search, set }: Setting) {
  const { members } = useMembers();
  return (
    <Panel
      label={t('customers.filter')}
      trigger={(attributes) => (
        <button type="button" {...attributes} className={buttonClass()}>
          <ListFilter className="size-4" aria-hidden /> {t('customers.filter')}
        </button>
      )}
    >
      {(close) => (
        <form
          className="grid gap-3 sm:w-72"
          onSubmit={(event) => {
            event.preventDefault();
            const form = new FormData(event.currentTarget);
            const text = (name: string) => String(form.get(name) ?? '').trim() || undefined;
            set({
              kind: text('kind') as CustomersSearch['kind'],
              lifecycle: text('lifecycle') as CustomersSearch['lifecycle'],
              owner: text('owner'),
              tag: text('tag'),
              country: text('country'),
              archived: text('archived') as 'yes' | undefined,
            });
            close();
          }}
        >
          <Field label={t('field.kind')}>
            <Select name="kind" defaultValue={search.kind ?? ''}>
              <option value="">{t('common.any')}</option>
              <option value="person">{t('kind.person')}</option>
              <option value="company">{t('kind.company')}</option>
            </Select>
          </Field>
          <Field label={t('column.lifecycle')}>
            <Select name="lifecycle" defaultValue={search.lifecycle ?? ''}>
              <option value="">{t('common.any')}</option>
              <Options of={lifecycles} words={(lifecycle) => t(`lifecycle.${lifecycle}`)} />
            </Select>
          </Field>
          {members.length > 0 && (
            <Field label={t('column.owner')}>
              <Select name="owner" defaultValue={search.owner ?? ''}>
                <option value="">{t('common.any')}</option>
                <NameOptions of={members} />
              </Select>
            </Field>
          )}
          <Field label={t('field.tag')}>
            <Input name="tag" defaultValue={search.tag ?? ''} maxLength={40} />
          </Field>
          <Field label={t('column.country')}>
            <Select name="country" defaultValue={search.country ?? ''}>
              <option value="">{t('common.any')}</option>
              {countries().map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Check name="archived" value="yes" defaultChecked={search.archived === 'yes'}>
            {t('customers.archivedOnly')}
          </Check>
          <Button type="submit" look="primary">
            {t('customers.applyFilter')}
          </Button>
        </form>
      )}
    </Panel>
  );
}
