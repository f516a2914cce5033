import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Customer } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { Failure } from '../ui/states.tsx';
import { CaseLine } from './case-list.tsx';
import { customersCasesQuery } from './queries.ts';

const NewCase = lazy(() => import('./new-case.tsx').then(({ NewCase }) => ({ default: NewCase })));
const isOver = new Set(['resolved', 'closed']);

/** What is open of a customer's cases, and the last that were; nothing where she never had one. */
export function CustomerCases({ customer }: { customer: Customer }) {
  const can = useCan();
  const [making, setMaking] = useState(false);
  const listed = useQuery({ ...customersCasesQuery(customer.id), enabled: can.any('cases', 'read') });
  if (!can.any('cases', 'read') || listed.isPending) return null;
  const rows = listed.data?.data ?? [];
  const shown = [...rows.filter(({ state }) => !isOver.has(state)), ...rows.filter(({ state }) => isOver.has(state)).slice(0, 2)];
  const mayMake = can.any('cases', 'write') && !customer.archivedAt;
  const { id, name } = customer;
  return (
    <>
      <Section
        title={t('nav.cases')}
        aside={
          mayMake && (
            <IconButton label={t('case.new')} onClick={() => setMaking(true)}>
              <Plus className="size-4.5" aria-hidden />
            </IconButton>
          )
        }
      >
        {listed.isError && !listed.data && <Failure error={listed.error} retry={() => void listed.refetch()} className="py-4" />}
        {listed.data && shown.length === 0 && <p className="pb-1 text-sm text-ink-3">{t('cases.customersNone')}</p>}
        {shown.length > 0 && (
          <ul className="-mx-4">
            {shown.map((row) => (
              <CaseLine key={row.id} row={row} withCustomer={false} />
            ))}
          </ul>
        )}
      </Section>
      {making && (
        <Suspense>
          <NewCase customer={{ id, name }} onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </>
  );
}
