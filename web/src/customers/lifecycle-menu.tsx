import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Customer, Lifecycle } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Textarea } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Menu } from '../ui/menu.tsx';
import { done, failed } from '../ui/toast.tsx';
import { LifecycleBadge, nextLifecycles } from './lifecycle.tsx';
import { useEditable } from './use-editable.ts';

/** The customer's place in the life cycle, and the steps that are open from there. Winning back asks for the reason. */
export function LifecycleMenu({ customer }: { customer: Customer }) {
  const queryClient = useQueryClient();
  const editable = useEditable(customer)('lifecycle');
  const [asking, setAsking] = useState<Lifecycle>();
  const move = useMutation({
    mutationFn: (body: { lifecycle: Lifecycle; reason?: string }) => call('moveCustomer', { params: { id: customer.id }, body }),
    onSuccess: async ({ lifecycle }) => {
      setAsking(undefined);
      // Only a step that the life cycle allows back can be taken back.
      const back = nextLifecycles[lifecycle].includes(customer.lifecycle) && lifecycle !== 'closed';
      done(
        t('lifecycle.moved', { to: t(`lifecycle.${lifecycle}`) }),
        back ? () => move.mutate({ lifecycle: customer.lifecycle }) : undefined,
      );
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['customer', customer.id] }),
        queryClient.invalidateQueries({ queryKey: ['customers'] }),
      ]);
    },
    onError: (error) => failed(problemText(error)),
  });
  if (!editable) return <LifecycleBadge lifecycle={customer.lifecycle} />;
  return (
    <>
      <Menu
        label={t('column.lifecycle')}
        items={nextLifecycles[customer.lifecycle].map((lifecycle) => ({
          key: lifecycle,
          label: t(`lifecycle.to.${lifecycle}`),
          onSelect: () => (customer.lifecycle === 'closed' || lifecycle === 'closed' ? setAsking(lifecycle) : move.mutate({ lifecycle })),
        }))}
        trigger={(attributes) => (
          <button
            type="button"
            {...attributes}
            className="hit inline-flex items-center gap-1 rounded-md pe-1 hover:bg-hover"
            aria-label={`${t('column.lifecycle')}: ${t(`lifecycle.${customer.lifecycle}`)}`}
          >
            <LifecycleBadge lifecycle={customer.lifecycle} /> <ChevronDown className="size-4 text-ink-3" aria-hidden />
          </button>
        )}
      />
      {asking && (
        <Dialog
          open
          onClose={() => setAsking(undefined)}
          title={t(`lifecycle.to.${asking}`)}
          footer={
            <FormFooter form="lifecycle" busy={move.isPending} onClose={() => setAsking(undefined)}>
              {t(`lifecycle.to.${asking}`)}
            </FormFooter>
          }
        >
          <form
            id="lifecycle"
            onSubmit={(event) => {
              event.preventDefault();
              const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim();
              move.mutate({ lifecycle: asking, ...(reason && { reason }) });
            }}
          >
            <Field label={t('lifecycle.reason')} hint={customer.lifecycle === 'closed' ? t('lifecycle.reasonHint') : undefined}>
              <Textarea name="reason" rows={3} maxLength={500} required={customer.lifecycle === 'closed'} data-autofocus />
            </Field>
          </form>
        </Dialog>
      )}
    </>
  );
}
