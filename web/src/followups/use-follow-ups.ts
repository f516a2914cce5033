import { useQueryClient } from '@tanstack/react-query';
import { wallAt } from '../../../functions/kernel/wall-time.ts';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { currentRegion } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { failed, done as told } from '../ui/toast.tsx';
import { addDays, dayStart, mondayOf, todayDay, whenText } from './days.ts';
import { type FollowUpRow, followUpKey } from './queries.ts';

export type Outcome = NonNullable<FollowUpRow['outcome']>;
type Row = Pick<FollowUpRow, 'id' | 'title' | 'customerId' | 'channel'>;
/** Something that was done and can be taken back. */
export type Undo = () => Promise<void>;

const hour = 3_600_000;

/** Until when something can be put off with one press. */
export const snoozes = {
  hour: (now: number) => new Date(now + hour).toISOString(),
  evening: (now: number) => atHour(todayDay(now), 18),
  tomorrow: (now: number) => atHour(addDays(todayDay(now), 1), 9),
  week: (now: number) => atHour(addDays(mondayOf(todayDay(now)), 7), 9),
} as const;
export type Snooze = keyof typeof snoozes;
const atHour = (day: string, hours: number) => new Date(Date.parse(dayStart(day)) + hours * hour).toISOString();
/** Those that lie ahead: in the evening there is no "this evening". */
export const offeredSnoozes = (now = Date.now()): Snooze[] =>
  (Object.keys(snoozes) as Snooze[]).filter((each) => each !== 'evening' || Number(wallAt(now, currentRegion().zone).at.slice(0, 2)) < 17);

/** What can be done with a follow-up from any screen: each says what it did, offers the way back, and brings every list up to date. */
export function useFollowUps() {
  const queryClient = useQueryClient();
  const refresh = async (customerId?: string | null) => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: followUpKey }),
      ...(customerId ? [queryClient.invalidateQueries({ queryKey: ['customer', customerId] })] : []),
    ]);
  };
  /** Does one thing and gives what takes it back; undefined where it was refused, which is said. */
  const act = async (
    row: Pick<Row, 'customerId'>,
    work: () => Promise<unknown>,
    way: { text: () => string; undo: Undo; silent?: boolean },
  ) => {
    try {
      await work();
    } catch (error) {
      failed(error instanceof CrmProblem ? problemText(error) : t('problem.internal'));
      return undefined;
    }
    told(way.text(), () => void way.undo());
    await refresh(row.customerId);
    return way.undo;
  };
  /** Takes something back. */
  const back =
    (row: Pick<Row, 'customerId'>, work: () => Promise<unknown>, text: () => string): Undo =>
    async () => {
      try {
        await work();
        told(text());
      } catch (error) {
        failed(problemText(error));
      }
      await refresh(row.customerId);
    };
  const params = ({ id }: Row) => ({ params: { id } });
  const title = ({ title: text }: Row) => ({ title: text });
  const reopen = (row: Row) =>
    back(
      row,
      () => call('reopenFollowUp', params(row)),
      () => t('followUp.isOpen', title(row)),
    );
  const wake = (row: Row) =>
    back(
      row,
      () => call('snoozeFollowUp', { ...params(row), body: { until: null } }),
      () => t('followUp.awake'),
    );
  const restore = (row: Row) =>
    back(
      row,
      () => call('restoreFollowUp', params(row)),
      () => t('followUp.restored', title(row)),
    );

  return {
    refresh,
    reopen,
    wake,
    restore,
    /** Ticks it off; what has a customer and a channel is logged with her. */
    finish: (row: Row, said: { outcome?: Outcome; body?: string } = {}) =>
      act(row, () => call('finishFollowUp', { ...params(row), body: doneBody(row, said) }), {
        text: () => t('followUp.isDone', title(row)),
        undo: reopen(row),
      }),
    snooze: (row: Row, until: string) =>
      act(row, () => call('snoozeFollowUp', { ...params(row), body: { until } }), {
        text: () => t('followUp.snoozed', { when: whenText(until) }),
        undo: wake(row),
      }),
    cancel: (row: Row) =>
      act(row, () => call('cancelFollowUp', params(row)), { text: () => t('followUp.cancelled', title(row)), undo: restore(row) }),
  };
}

function doneBody({ customerId, channel }: Row, { outcome, body }: { outcome?: Outcome; body?: string }) {
  if (!customerId || (!channel && !outcome && !body)) return {};
  return { ...(outcome && { outcome }), interaction: { ...(channel && { channel }), ...(body && { body }) } };
}
