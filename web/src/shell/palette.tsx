import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { ArrowRight, Search, X } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { call } from '../api/client.ts';
import { useMe } from '../auth/me.ts';
import { hitDetail } from '../customers/hit-detail.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge, Kbd } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { type Action, useActions } from './palette-actions.tsx';
import { useRecent } from './recent.ts';

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
const matches = (action: Action, typed: string) =>
  !typed ||
  fold(typed)
    .split(/\s+/)
    .every((word) => fold(`${action.label} ${action.also ?? ''}`).includes(word));

function useFound(typed: string) {
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), 110);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    queryKey: ['find', asked],
    queryFn: ({ signal }) => call('findCustomers', { body: { text: asked, limit: 8 }, signal }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  return { ...found, settled: asked === typed && !found.isFetching };
}

const row =
  'hit flex cursor-pointer items-center gap-3 rounded-md px-3 py-1.5 text-sm data-[selected=true]:bg-hover [&>svg]:size-4.5 [&>svg]:shrink-0 [&>svg]:text-ink-3';
const group =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3';

/** ⌘K: customers by any word of theirs, everything that can be done, and what was open last. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { workspace } = useMe();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const typed = useDeferredValue(text.trim());
  const found = useFound(typed);
  const actions = useActions(typed).filter(
    // A new customer is offered once it is known who is there, or a quick Enter would make her a second time.
    (action) => (action.id === 'create' && typed ? found.settled : matches(action, typed)),
  );
  const recent = useRecent(workspace.id);
  const open = (id: string) => {
    onClose();
    tick('find');
    void navigate({ to: '/customers/$id', params: { id }, search: {} });
  };
  const hits = typed ? (found.data?.data ?? []) : [];
  const [selected, setSelected] = useState('');
  // Answers come after the actions are shown; Enter shall open the best hit, not what stood first before.
  const best = hits[0]?.id;
  useEffect(() => {
    if (best) setSelected(best);
  }, [best]);
  return (
    <Dialog open onClose={onClose} title={t('palette.title')} kind="palette">
      <Command
        shouldFilter={false}
        value={selected}
        onValueChange={setSelected}
        label={t('palette.title')}
        loop
        className="flex min-h-0 flex-col"
      >
        <div className="flex items-center gap-3 border-b border-line ps-4 pe-2">
          <Search className="size-5 shrink-0 text-ink-3" aria-hidden />
          <Command.Input
            data-autofocus
            value={text}
            onValueChange={setText}
            dir="auto"
            placeholder={t('palette.placeholder')}
            className="min-h-14 min-w-0 grow bg-transparent text-lg outline-none"
          />
          <IconButton label={t('common.close')} onClick={onClose}>
            <X className="size-5" aria-hidden />
          </IconButton>
        </div>
        <Command.List label={t('palette.title')} className="min-h-0 overflow-y-auto overscroll-contain p-1.5 pb-3 sm:max-h-[60vh]">
          <Command.Empty className="px-4 py-10 text-center text-ink-2">
            {found.isFetching ? t('common.loading') : found.isError ? problemText(found.error) : t('palette.nothing')}
          </Command.Empty>
          {hits.length > 0 && (
            <Command.Group heading={t('nav.customers')} className={group}>
              {hits.map((hit) => (
                <Command.Item key={hit.id} value={hit.id} onSelect={() => open(hit.id)} className={row}>
                  <Avatar name={hit.name} kind={hit.kind} size="sm" />
                  <span className="min-w-0 shrink-0 truncate font-medium" dir="auto">
                    {hit.name}
                  </span>
                  <span className="min-w-0 grow truncate text-ink-3" dir="auto">
                    {hitDetail(hit)}
                  </span>
                  {hit.archived && <Badge>{t('customer.archived')}</Badge>}
                  <ArrowRight className="flip-rtl" aria-hidden />
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {!typed && recent.length > 0 && (
            <Command.Group heading={t('palette.recent')} className={group}>
              {recent.map(({ id, name, kind }) => (
                <Command.Item key={id} value={`recent-${id}`} onSelect={() => open(id)} className={row}>
                  <Avatar name={name} kind={kind} size="sm" />
                  <span className="min-w-0 grow truncate font-medium" dir="auto">
                    {name}
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {actions.length > 0 && (
            <Command.Group heading={t('palette.actions')} className={group}>
              {actions.map((action) => (
                <Command.Item
                  key={action.id}
                  value={action.id}
                  className={row}
                  onSelect={() => {
                    onClose();
                    action.run();
                  }}
                >
                  {action.icon}
                  <span className="min-w-0 grow truncate">{action.label}</span>
                  {action.keys?.split(' ').map((key) => (
                    <Kbd key={key} className="max-sm:hidden">
                      {key}
                    </Kbd>
                  ))}
                </Command.Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}
