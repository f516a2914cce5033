import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call as ask } from '../api/client.ts';
import { whenText } from '../followups/days.ts';
import { type Outcome, type Undo, useFollowUps } from '../followups/use-follow-ups.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { failed, notice, done as told } from '../ui/toast.tsx';
import { nextCall } from './next-call.ts';
import { type Asked, type Call, callListsQuery } from './queries.ts';

/** The calls one after the other: which one it is, what comes of it, and the way back to the last one. */
export function useCalls(asked: Asked) {
  const lists = useQuery(callListsQuery(asked));
  const acts = useFollowUps();
  const [made, setMade] = useState<ReadonlySet<string>>(new Set());
  const [behind, setBehind] = useState<readonly string[]>([]);
  const [last, setLast] = useState<Undo>();
  const current = nextCall(lists.data?.data ?? [], { made, behind });

  const back = (id: string, undo: Undo): Undo => {
    return async () => {
      await undo();
      setMade((before) => new Set([...before].filter((each) => each !== id)));
      setLast(undefined);
    };
  };
  const mark = (id: string, undo: Undo) => {
    setMade((before) => new Set([...before, id]));
    setBehind((before) => before.filter((each) => each !== id));
    setLast(() => undo);
  };
  // A key that is pressed twice must not tell of the next call what was meant for this one.
  const busy = useRef(false);
  const once = async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    await work().finally(() => {
      busy.current = false;
    });
  };
  const rowOf = ({ id, title, customer }: Call) => ({ id, title, customerId: customer?.id ?? null, channel: 'call' as const });
  const reopen = (call: Call): Undo => back(call.id, acts.reopen(rowOf(call)));

  return {
    lists,
    current,
    /** What came of the call; it is logged with the customer. */
    finish: (call: Call, outcome: Outcome, body: string) =>
      once(async () => {
        if (await acts.finish(rowOf(call), { outcome, ...(body && { body }) })) mark(call.id, reopen(call));
      }),
    /** Nobody answered. */
    tryAgain: (call: Call, body: string) =>
      once(async () => {
        try {
          const after = await ask('tryCallAgain', { params: { id: call.id }, body: body ? { body } : {} });
          const undo = reopen(call);
          mark(call.id, undo);
          told(after.state === 'open' ? t('calls.again', { when: whenText(after.dueAt) }) : t('calls.lastTry'), () => void undo());
          await acts.refresh(call.customer?.id);
        } catch (error) {
          failed(problemText(error));
        }
      }),
    later: (call: Call) => setBehind((before) => [...before.filter((each) => each !== call.id), call.id]),
    undo: () => (last ? void last() : notice(t('today.nothingToUndo'), undefined)),
  };
}
