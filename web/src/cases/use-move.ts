import { useState } from 'react';
import { call } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { done, failed } from '../ui/toast.tsx';
import { type CaseRow, type CaseState, useRefreshCases } from './queries.ts';

export type Moved = Pick<CaseRow, 'id' | 'number' | 'state' | 'customerId'>;
type Said = { resolution?: string; rootCause?: string };

/** Where a case may go from a state; the rules are those of the API, which has the last word. */
export const nextStates: Record<CaseState, CaseState[]> = {
  new: ['open', 'waiting', 'resolved'],
  open: ['waiting', 'resolved'],
  waiting: ['open', 'resolved'],
  resolved: ['open', 'closed'],
  closed: ['open'],
};

/** Takes cases a step on. To be resolved one says how: `asking` is the case whose resolution is asked for. */
export function useMove() {
  const refresh = useRefreshCases();
  const [asking, setAsking] = useState<Moved>();
  const send = async (row: Moved, state: CaseState, said: Said = {}): Promise<void> => {
    try {
      await call('moveCase', { params: { id: row.id }, body: { state: state as Exclude<CaseState, 'new'>, ...said } });
      // A step that has one back is offered it.
      const back = row.state !== 'new' && nextStates[state].includes(row.state) && row.state !== 'resolved';
      const undo = back ? () => void send({ ...row, state }, row.state) : undefined;
      done(t('case.moved', { number: row.number, state: t(`case.state.${state}`) }), undo);
    } catch (error) {
      failed(problemText(error));
    }
    await refresh(row.customerId);
  };
  return {
    asking,
    stop: () => setAsking(undefined),
    move: (row: Moved, state: CaseState) => {
      if (row.state === state || !nextStates[row.state].includes(state)) return;
      if (state === 'resolved') setAsking(row);
      else void send(row, state);
    },
    resolve: (row: Moved, said: Said) => send(row, 'resolved', said),
  };
}
