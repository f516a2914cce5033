import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import type { Interaction } from '../api/types.ts';
import { useCan, useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { done, failed } from '../ui/toast.tsx';
import { channelName } from './channels.tsx';
import { type Draft, fieldsOf, logDraft } from './draft.ts';
import { interactionId, keep } from './outbox.ts';

/** Logs a draft, shows it at once on the customer's page, and offers the way back to those who may archive. */
export function useLog(onLogged: (logged?: Interaction) => void) {
  const queryClient = useQueryClient();
  const can = useCan();
  const { member, workspace } = useMe();
  // One key until it has worked: pressing Save again after a lost answer must not log twice.
  const key = useRef<string>(undefined);
  const log = useMutation({
    mutationFn: ({ customerId, draft }: { customerId: string; draft: Draft }) => {
      key.current ??= crypto.randomUUID();
      return logDraft(customerId, draft, key.current);
    },
    onError: (error) => {
      if (error instanceof CrmProblem && !error.retryable) key.current = undefined;
    },
    onSuccess: async (logged, { customerId, draft }) => {
      key.current = undefined;
      tick('log');
      if (draft.direction === 'out') tick('answer');
      const refresh = () => queryClient.invalidateQueries({ queryKey: ['customer', customerId] });
      const undo = () =>
        void call('archiveInteraction', { params: { id: customerId, interactionId: logged.id } }).then(refresh, (error) =>
          failed(problemText(error)),
        );
      done(t('log.done', { channel: channelName(logged.channel) }), can.any('interactions', 'delete') ? undo : undefined);
      onLogged(logged);
      await refresh();
    },
  });
  const problem = log.error instanceof CrmProblem ? log.error : undefined;
  const errors = Object.fromEntries((problem?.errors ?? []).map((error) => [error.pointer.split('/')[1] ?? '', fieldText(error)]));
  /** Without a connection nothing is asked: the draft waits on this device under an id of its own, until it can be sent. Files cannot wait. */
  const send = (sent: { customerId: string; customerName: string; draft: Draft }) => {
    const { customerId, customerName, draft } = sent;
    if (navigator.onLine || draft.files.length > 0) return log.mutate(sent);
    const at = draft.at instanceof Date ? draft.at : new Date();
    const body = { ...fieldsOf(draft), id: interactionId(at.getTime()), occurredAt: at.toISOString() } as Parameters<
      typeof keep
    >[0]['body'];
    keep({ person: member.id, tenant: workspace.id, customerId, customerName, body });
    done(t('outbox.kept'));
    onLogged();
  };
  return {
    send,
    busy: log.isPending,
    errors,
    failure: log.isError && !problem?.errors.length ? problemText(log.error) : undefined,
  };
}
