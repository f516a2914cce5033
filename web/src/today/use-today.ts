import { useState } from 'react';
import { wallAt } from '../../../functions/kernel/wall-time.ts';
import { call } from '../api/client.ts';
import { useMe } from '../auth/me.ts';
import { whenText } from '../followups/days.ts';
import { type Outcome, type Undo, useFollowUps } from '../followups/use-follow-ups.ts';
import { currentRegion } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { failed, notice, done as told } from '../ui/toast.tsx';
import type { TodayItem } from './queue.ts';

/** What was done with a row, and what takes it back. */
export type Mark = { kind: 'done' | 'snoozed'; undo: Undo };

/** The three things one key each does with a row of the queue, whatever it is about; the last one can be taken back. */
export function useToday() {
  const acts = useFollowUps();
  const { member } = useMe();
  const [marks, setMarks] = useState<ReadonlyMap<string, Mark>>(new Map());
  const [order, setOrder] = useState<readonly { id: string; undo: Undo }[]>([]);
  const forgetAct = (id: string) => setOrder((before) => before.filter((each) => each.id !== id));
  const acted = (id: string, undo: Undo) => setOrder((before) => [...before.filter((each) => each.id !== id), { id, undo }]);
  const unmark = (id: string) => {
    setMarks((before) => new Map([...before].filter(([each]) => each !== id)));
    forgetAct(id);
  };
  const mark = async (item: TodayItem, kind: Mark['kind'], work: Promise<Undo | undefined>) => {
    const undo = await work;
    if (!undo) return;
    const back = () => {
      unmark(item.id);
      return undo();
    };
    setMarks((before) => new Map([...before, [item.id, { kind, undo: back }]]));
    acted(item.id, back);
  };

  /** Notes on an interaction that it was answered, or that it was not. */
  const answered = async ({ interaction }: TodayItem, at: string | null) => {
    if (!interaction) return;
    const params = { id: interaction.customerId, interactionId: interaction.id };
    const { version } = await call('getInteraction', { params });
    await call('updateInteraction', { params, version, body: { answeredAt: at } });
  };
  const said = async (
    item: TodayItem,
    work: () => Promise<unknown>,
    way: { text: string; undo: () => Promise<unknown> },
  ): Promise<Undo | undefined> => {
    try {
      await work();
    } catch (error) {
      failed(problemText(error));
      return undefined;
    }
    const undo = async () => {
      try {
        await way.undo();
        told(t('today.undone'));
      } catch (error) {
        failed(problemText(error));
      }
      await acts.refresh(item.interaction?.customerId);
    };
    told(way.text, () => void undo().then(() => unmark(item.id)));
    await acts.refresh(item.interaction?.customerId);
    return undo;
  };

  const planInstead = async (item: TodayItem, until: string) => {
    const { interaction, customer } = item;
    if (!interaction || !customer) return undefined;
    const { zone } = currentRegion();
    let id = '';
    const plan = async () => {
      const body = {
        title: interaction.subject ?? t('followUp.answerTo', { name: customer.name }),
        customerId: customer.id,
        interactionId: interaction.id,
        ownerId: member.id,
        due: { ...wallAt(Date.parse(until), zone), zone },
      };
      id = (await call('createFollowUp', { body })).id;
    };
    return said(item, plan, {
      text: t('followUp.planned', { when: whenText(until) }),
      undo: () => call('cancelFollowUp', { params: { id } }),
    });
  };

  return {
    marks,
    finish: (item: TodayItem, outcome?: { outcome: Outcome; body: string }) =>
      mark(
        item,
        'done',
        item.followUp
          ? acts.finish(item.followUp, outcome)
          : said(item, () => answered(item, new Date().toISOString()), {
              text: t('today.isAnswered', { name: item.customer?.name ?? '' }),
              undo: () => answered(item, null),
            }),
      ),
    /** Puts it off; what somebody waits for becomes a follow-up of that time. */
    snooze: (item: TodayItem, until: string) =>
      mark(item, 'snoozed', item.followUp ? acts.snooze(item.followUp, until) : planInstead(item, until)),
    /** Keeps a row on top until it is done, or lets it go back to its place. */
    pin: async (item: TodayItem) => {
      const params = { itemId: item.id };
      const id = `pin ${item.id}`;
      const [pin, unpin] = [() => call('pinToday', { params }), () => call('unpinToday', { params })];
      const [work, back] = item.pinnedAt ? [unpin, pin] : [pin, unpin];
      const undo = await said(item, work, { text: t(item.pinnedAt ? 'today.unpinned' : 'today.pinned'), undo: back });
      if (!undo) return;
      acted(id, () => {
        forgetAct(id);
        return undo();
      });
    },
    /** Takes back what was done with a row, or the last thing that was done at all. */
    undo: (id = order.at(-1)?.id) => {
      const found = order.find((each) => each.id === id);
      if (found) void found.undo();
      else notice(t('today.nothingToUndo'), undefined);
    },
    forget: () => {
      setMarks(new Map());
      setOrder([]);
    },
  };
}
