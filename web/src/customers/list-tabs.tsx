import { Link } from '@tanstack/react-router';
import { Bookmark, Link2, Trash2 } from 'lucide-react';
import { useCan, useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Field, Input } from '../ui/field.tsx';
import { Panel } from '../ui/menu.tsx';
import { done } from '../ui/toast.tsx';
import { saveLinks, useSavedLinks } from './saved-links.ts';
import type { CustomersSearch } from './search.ts';

const same = (a: CustomersSearch, b: CustomersSearch) => JSON.stringify(a) === JSON.stringify(b);

/** All, mine, and the lists that were kept. */
export function ListTabs({ search }: { search: CustomersSearch }) {
  const can = useCan();
  const { workspace } = useMe();
  const saved = useSavedLinks(workspace.id);
  const whole: { name: string; search: CustomersSearch }[] = [
    { name: t('customers.all'), search: {} },
    ...(can.role === 'analyst' || can.role === 'partner' ? [] : [{ name: t('customers.mine'), search: { scope: 'own' as const } }]),
    ...(can.role === 'partner' ? [] : [{ name: t('customers.team'), search: { scope: 'team' as const } }]),
  ];
  const tab =
    'hit inline-flex min-w-11 items-center justify-center rounded-md px-3 text-sm font-medium whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-ink aria-[current=page]:text-surface';
  const clean = JSON.parse(JSON.stringify({ ...search, columns: undefined, sort: undefined })) as CustomersSearch;
  return (
    <nav aria-label={t('customers.lists')} className="-mx-4 flex gap-1 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      {whole.map((list) => (
        <Link
          key={list.name}
          to="/customers"
          search={list.search}
          activeOptions={{ exact: true }}
          aria-current={same(list.search, clean) ? 'page' : undefined}
          className={tab}
        >
          {list.name}
        </Link>
      ))}
      {saved.map((list) => {
        const current = same(
          JSON.parse(JSON.stringify(list.search)) as CustomersSearch,
          JSON.parse(JSON.stringify(search)) as CustomersSearch,
        );
        return (
          <span key={list.name} className="inline-flex items-center">
            <Link
              to="/customers"
              search={list.search}
              activeOptions={{ exact: true }}
              aria-current={current ? 'page' : undefined}
              className={cx(tab, 'gap-1.5')}
              dir="auto"
            >
              <Bookmark className="size-3.5" aria-hidden /> {list.name}
            </Link>
            {current && (
              <IconButton
                label={t('customers.forgetList', { name: list.name })}
                onClick={() => {
                  saveLinks(
                    workspace.id,
                    saved.filter(({ name }) => name !== list.name),
                  );
                  done(t('customers.listForgotten', { name: list.name }), () => saveLinks(workspace.id, saved));
                }}
              >
                <Trash2 className="size-4" aria-hidden />
              </IconButton>
            )}
          </span>
        );
      })}
    </nav>
  );
}

/** Keeps what the list is narrowed to under a name, on this device. */
export function KeepList({ search }: { search: CustomersSearch }) {
  const { workspace } = useMe();
  const saved = useSavedLinks(workspace.id);
  return (
    <Panel
      label={t('customers.keepList')}
      align="end"
      trigger={(attributes) => (
        <button type="button" {...attributes} className={buttonClass('ghost')}>
          <Bookmark className="size-4" aria-hidden /> {t('customers.keepList')}
        </button>
      )}
    >
      {(close) => (
        <form
          className="grid gap-3 sm:w-64"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
            if (!name) return;
            saveLinks(workspace.id, [...saved.filter((link) => link.name !== name), { name, search }]);
            done(t('customers.listKept', { name }));
            close();
          }}
        >
          <Field label={t('customers.listName')} hint={t('customers.keepHint')}>
            <Input name="name" required maxLength={40} />
          </Field>
          <Button type="submit" look="primary">
            {t('common.save')}
          </Button>
          <Button
            look="ghost"
            onClick={() => {
              void navigator.clipboard?.writeText(location.href);
              done(t('customers.linkCopied'));
              close();
            }}
          >
            <Link2 className="size-4" aria-hidden /> {t('customers.copyLink')}
          </Button>
        </form>
      )}
    </Panel>
  );
}
