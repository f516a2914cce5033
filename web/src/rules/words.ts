import type { Assignee, Effect } from '../../../functions/rules/effect.ts';
import type { When } from '../../../functions/rules/when.ts';
import { formatList } from '../i18n/format.ts';
import { type MessageKey, t, tMaybe } from '../i18n/i18n.ts';
import { channelName } from '../interactions/channels.tsx';

/** How a rule reads: when, and what then, as sentences. */
export type Labels = {
  field: (key: string) => string;
  template: (id: string) => string;
  campaign: (id: string) => string;
  member: (id: string | null) => string;
};

/** A date or changing field as the screens call it. */
export function fieldLabel(field: string, { field: custom }: Labels): string {
  if (field.startsWith('custom.')) return custom(field.slice('custom.'.length));
  return tMaybe(`rule.field.${field}`) ?? field;
}

function valueLabel(field: string, value: string | number | null, { member }: Labels): string {
  if (value === null) return t('rule.anything');
  if (field === 'lifecycle') return t(`lifecycle.${value as 'active'}`);
  return field === 'ownerId' ? member(String(value)) : String(value);
}

const interactionParts = ({ channel, direction, reason, outcome }: Extract<When, { kind: 'interaction.created' }>): string => {
  const parts = [
    channel && channelName(channel),
    direction && direction !== 'none' && t(`direction.${direction}`),
    reason && t(`reason.${reason}`),
    outcome && outcome !== 'none' && t(`outcome.${outcome}`),
  ].filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join(', ') : t('rule.anything');
};

/** When a rule acts, as a sentence. */
export function whenText(when: When, labels: Labels): string {
  switch (when.kind) {
    case 'customer.created':
      return t('rule.when.customer.created');
    case 'customer.changed':
      return t('rule.when.customer.changed', {
        field: fieldLabel(when.field, labels),
        from: valueLabel(when.field, when.from, labels),
        to: valueLabel(when.field, when.to, labels),
      });
    case 'interaction.created':
      return t('rule.when.interaction.created', { what: interactionParts(when) });
    case 'consent.changed':
      return t(when.status === 'granted' ? 'rule.when.consent.granted' : 'rule.when.consent.withdrawn', {
        channel: when.channel ? channelName(when.channel) : t('rule.anything'),
        topic: when.topic ? (tMaybe(`topic.${when.topic}`) ?? when.topic) : t('rule.anything'),
      });
    case 'followUp.done':
      return t('rule.when.followUp.done', { outcome: when.outcome ? t(`outcome.${when.outcome}`) : t('rule.anything') });
    case 'case.created':
      return t('rule.when.case.created', { type: when.type ? t(`case.type.${when.type}`) : t('rule.anything') });
    case 'case.changed':
      return t('rule.when.case.changed', {
        type: when.type ? t(`case.type.${when.type}`) : t('rule.anything'),
        to: when.to ? t(`case.state.${when.to}`) : t('rule.anything'),
      });
    case 'case.breach':
      return t(when.step === 'warn' ? 'rule.when.case.warn' : 'rule.when.case.breach', {
        clock: when.clock ? t(`case.clock.${when.clock}`) : t('rule.anything'),
      });
    case 'response.completed':
      return t('rule.when.response.completed', { band: when.band ? t(`rule.band.${when.band}`) : t('rule.anything') });
    case 'followUp.overdue':
      return t('rule.when.followUp.overdue', { hours: when.hours });
    case 'date':
      return t(when.yearly ? 'rule.when.yearly' : when.daysBefore < 0 ? 'rule.when.dateAfter' : 'rule.when.date', {
        field: fieldLabel(when.field, labels),
        days: Math.abs(when.daysBefore),
        at: when.at,
      });
    case 'every':
      return t('rule.when.every', {
        months: when.months,
        since:
          'reason' in when.since
            ? t('rule.since.reason', { reason: t(`reason.${when.since.reason}`) })
            : fieldLabel(when.since.field, labels),
      });
    case 'silence':
      return t('rule.when.silence', { days: when.days });
    case 'unanswered':
      return t('rule.when.unanswered', { hours: when.hours });
  }
}

const whose = ({ to, memberId }: Assignee, { member }: Labels) =>
  to === 'owner' ? t('rule.forOwner') : to === 'lead' ? t('rule.forLead') : member(memberId);

/** What a rule does, as a sentence. */
export function effectText(effect: Effect, labels: Labels): string {
  switch (effect.kind) {
    case 'followUp':
      return t('rule.does.followUp', { title: effect.title, who: whose(effect.for, labels), days: effect.inDays });
    case 'notify':
      return t('rule.does.notify', { text: effect.text, who: whose(effect.for, labels) });
    case 'message':
      return t(effect.inDays > 0 ? 'rule.does.messageIn' : 'rule.does.message', {
        template: labels.template(effect.templateId),
        days: effect.inDays,
      });
    case 'escalate':
      return t('rule.does.escalate', {
        to: [effect.priority && t(`case.priority.${effect.priority}`), effect.queue].filter(Boolean).join(', '),
      });
    case 'case':
      return t('rule.does.case', {
        type: t(`case.type.${effect.type}`),
        priority: t(`case.priority.${effect.priority}`),
        who: effect.for ? whose(effect.for, labels) : t('case.nobody'),
      });
    case 'campaign':
      return t('rule.does.campaign', { campaign: labels.campaign(effect.campaignId) });
    case 'lifecycle':
      return t('rule.does.lifecycle', { to: t(`lifecycle.${effect.to}`) });
    case 'tag':
      return [
        effect.add.length > 0 && t('rule.does.tagAdd', { tags: formatList(effect.add) }),
        effect.remove.length > 0 && t('rule.does.tagRemove', { tags: formatList(effect.remove) }),
      ]
        .filter(Boolean)
        .join(' · ');
  }
}

/** Why a rule failed, or did nothing. */
export const reasonText = (code: string): string => tMaybe(`rule.reason.${code}`) ?? tMaybe(`problem.${code}`) ?? code;

/** The words of a ready-made rule in the reader's language, where the API's are English. */
export const readyName = (ready: string): string => t(`rule.ready.${ready}` as MessageKey);
export const readyTitle = (ready: string): string => t(`rule.ready.${ready}.title` as MessageKey);

const moments: readonly When['kind'][] = ['date', 'every', 'silence', 'unanswered', 'followUp.overdue'];
/** Whether a rule waits for a moment of each customer's, and not for something that happens. */
export const waitsForMoment = (when: When): boolean => moments.includes(when.kind);
