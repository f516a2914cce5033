import { dayText, whenText } from '../followups/days.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import type { TodayItem } from './queue.ts';

/** The parts of the reason as sentences in the reader's language: times by her clock, channels by their names. */
export function reasonTexts({ reasons, customer }: Pick<TodayItem, 'reasons' | 'customer'>, now = Date.now()): string[] {
  return reasons.flatMap(({ code, values }) => tMaybe(`today.reason.${code}`, shown(code, values, { name: customer?.name, now })) ?? []);
}

function shown(code: string, values: TodayItem['reasons'][number]['values'], { name, now }: { name: string | undefined; now: number }) {
  const when = values.at ?? values.since;
  const channel = String(values.channel ?? 'other');
  return {
    ...values,
    name: name ?? t('today.person'),
    // The promised way stands in the sentence by its own word, elsewhere the channel has its name.
    channel: code === 'promisedChannel' ? (channel === 'email' ? 'mail' : channel) : (tMaybe(`channel.${channel}`) ?? channel),
    ...(when !== undefined && { when: whenText(String(when), now) }),
    ...(values.lateAt !== undefined && { until: whenText(String(values.lateAt), now) }),
    ...(values.day !== undefined && { day: dayText(String(values.day), now) }),
  };
}
