import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import type { Customer, CustomerPatch } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { done } from '../ui/toast.tsx';
import { type Conflict, ConflictDialog } from './conflict-dialog.tsx';

type Change = Partial<CustomerPatch>;

/** Saves a change made on `seen`, the customer as she was when editing began. Resolves to a message for the field, or undefined when saved. */
type Save = (seen: Customer, change: Change) => Promise<string | undefined>;

const SaveContext = createContext<{ save: Save; busy: boolean } | undefined>(undefined);

export function useSave() {
  const context = useContext(SaveContext);
  if (!context) throw new Error('useSave needs SaveProvider around it');
  return context;
}

/** Gives the fields below a way to save, and asks which value holds where two people changed the same one. */
export function SaveProvider({ customerId, children }: { customerId: string; children: ReactNode }) {
  const queryClient = useQueryClient();
  const [conflict, setConflict] = useState<Conflict>();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['customer', customerId] }),
      queryClient.invalidateQueries({ queryKey: ['customers'] }),
    ]);
  const update = useMutation({
    mutationFn: ({ change, version }: { change: Change; version: number }) =>
      call('updateCustomer', { params: { id: customerId }, version, body: change as never }),
    onSuccess: async () => {
      tick('edit');
      await refresh();
    },
  });
  const save: Save = async (seen, change) => {
    try {
      await update.mutateAsync({ change, version: seen.version });
      done(t('customer.saved'));
      return undefined;
    } catch (error) {
      if (!(error instanceof CrmProblem)) throw error;
      if (error.code !== 'stale') return fieldText(error.errors[0]) ?? problemText(error);
      const theirs = await call('getCustomer', { params: { id: customerId } });
      const fields =
        Array.isArray(error.document.fields) && error.document.fields.length ? (error.document.fields as string[]) : Object.keys(change);
      setConflict({ original: seen, theirs, mine: change, fields });
      return undefined;
    }
  };
  const resolve = async ({ theirs, mine }: Conflict, kept: string[]) => {
    const change = Object.fromEntries(Object.entries(mine).filter(([field]) => kept.includes(field)));
    setConflict(undefined);
    if (Object.keys(change).length) await save(theirs, change as Change);
    else await refresh();
  };
  return (
    <SaveContext value={{ save, busy: update.isPending }}>
      {children}
      {conflict && (
        <ConflictDialog conflict={conflict} onClose={() => void resolve(conflict, [])} onResolve={(kept) => void resolve(conflict, kept)} />
      )}
    </SaveContext>
  );
}
