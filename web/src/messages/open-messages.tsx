import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, CircleAlert, Send } from 'lucide-react';
import { call } from '../api/client.ts';
import type { Customer } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { formatDateTime } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { done, failed } from '../ui/toast.tsx';
import { isUnderWay, type Message, openMessagesQuery } from './queries.ts';

/** What was written and is not on the timeline: planned, on its way, or not sent and why. Nothing where there is none. */
export function OpenMessages({ customer }: { customer: Customer }) {
  const can = useCan();
  const listed = useQuery({ ...openMessagesQuery(customer.id), enabled: can.any('interactions', 'read') });
  const rows = listed.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('message.open')}>
      <ul>
        {rows.map((message) => (
          <Row key={message.id} message={message} />
        ))}
      </ul>
    </Section>
  );
}

/** Why it was not sent, in words. */
const reasonText = ({ reason }: Message) => (reason ? (tMaybe(`skip.${reason}`) ?? tMaybe(`message.reason.${reason}`) ?? reason) : '');

function Row({ message }: { message: Message }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const params = { id: message.customerId, messageId: message.id };
  const act = (operation: 'cancelMessage' | 'resendMessage', said: string) =>
    void call(operation, { params }).then(
      () => {
        done(said);
        return queryClient.invalidateQueries({ queryKey: ['customer', message.customerId] });
      },
      (error) => failed(problemText(error)),
    );
  const waits = message.state === 'pending';
  const Icon = waits ? CalendarClock : isUnderWay(message) ? Send : CircleAlert;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2.5 first:border-t-0">
      <Icon className="size-4.5 shrink-0 text-ink-3" aria-hidden />
      <div className="min-w-0 grow basis-48">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="min-w-0 truncate font-semibold">{message.subject ?? message.body.slice(0, 80)}</bdi>
          <Badge tone={waits ? 'sky' : isUnderWay(message) ? 'plain' : 'mango'}>{t(`message.state.${message.state}`)}</Badge>
        </p>
        <p className="text-sm text-ink-3">{waits ? t('message.goesAt', { time: formatDateTime(message.sendAt) }) : reasonText(message)}</p>
      </div>
      {can.any('interactions', 'write') && waits && (
        <Button onClick={() => act('cancelMessage', t('message.takenBack'))}>{t('message.takeBack')}</Button>
      )}
      {can.any('interactions', 'write') && message.state === 'unresolved' && (
        <Button onClick={() => act('resendMessage', t('message.goes'))}>{t('message.again')}</Button>
      )}
    </li>
  );
}
