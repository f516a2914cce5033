import { useQuery } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import type { Customer } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { t } from '../i18n/i18n.ts';
import { openOverlay } from '../shell/overlays.ts';
import { IconButton } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { DoneDialog } from './done-dialog.tsx';
import { FollowUpLine } from './follow-up-row.tsx';
import { customersFollowUpsQuery, type FollowUpRow } from './queries.ts';
import { useFollowUps } from './use-follow-ups.ts';

/** What is open with one customer, and the way to plan the next step. */
export function CustomerFollowUps({ customer }: { customer: Customer }) {
  const can = useCan();
  const { name } = useMembers();
  const acts = useFollowUps();
  const [asking, setAsking] = useState<FollowUpRow>();
  const listed = useQuery({ ...customersFollowUpsQuery(customer.id), enabled: can.any('followUps', 'read') });
  if (!can.any('followUps', 'read')) return null;
  const rows = listed.data?.data ?? [];
  const { id, kind } = customer;
  const mayPlan = can.any('followUps', 'write') && !customer.archivedAt;
  return (
    <Section
      title={t('followUp.customersTitle')}
      aside={
        mayPlan && (
          <IconButton
            label={t('followUp.nextStep')}
            onClick={() => openOverlay({ kind: 'followUp', start: { customer: { id, name: customer.name, kind } } })}
          >
            <CalendarPlus className="size-4.5" aria-hidden />
          </IconButton>
        )
      }
    >
      {listed.isPending && <Loading rows={2} className="px-0" />}
      {listed.isError && !listed.data && <Failure error={listed.error} retry={() => void listed.refetch()} className="py-4" />}
      {listed.data && rows.length === 0 && <p className="pb-1 text-sm text-ink-3">{t('followUp.customersNone')}</p>}
      {rows.length > 0 && (
        <ul className="-mx-4">
          {rows.map((row) => (
            <FollowUpLine key={row.id} row={row} withCustomer={false} owner={name(row.ownerId)} onOutcome={() => setAsking(row)} />
          ))}
        </ul>
      )}
      {asking && (
        <DoneDialog
          title={asking.title}
          name={customer.name}
          onClose={() => setAsking(undefined)}
          onDone={(said) => void acts.finish(asking, said)}
        />
      )}
    </Section>
  );
}
