import { useQuery } from '@tanstack/react-query';
import type { Effect, EffectOf } from '../../../functions/rules/effect.ts';
import type { When } from '../../../functions/rules/when.ts';
import { useMe } from '../auth/me.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { Field, Input, Select } from '../ui/field.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { NumberField } from './part-fields.tsx';
import { askedSurveys, templatesOf } from './queries.ts';

const again = 'again';
/** The survey that the message asks: one of them, that which was answered, or none. */
const asking = (said: string) => ({ asksAgain: said === again, surveyId: said === again ? null : said || null });

/** Which text goes to the customer, and to what she must have agreed for it. */
export function MessageParts({ effect, when, set }: { effect: EffectOf<'message'>; when: When; set: (effect: Effect) => void }) {
  const { workspace } = useMe();
  const templates = useQuery(templatesOf);
  const surveys = useQuery(askedSurveys).data?.data.filter(({ state }) => state === 'published') ?? [];
  const listed = templates.data?.data.filter(({ archivedAt }) => !archivedAt) ?? [];
  return (
    <>
      <Field label={t('rule.template')} hint={templates.isSuccess && listed.length === 0 ? t('rule.noTemplates') : undefined}>
        <Select required value={effect.templateId} onChange={(event) => set({ ...effect, templateId: event.target.value })}>
          <option value="" />
          <NameOptions of={listed} />
        </Select>
      </Field>
      <Field label={t('rule.topic')}>
        <Select value={effect.topic} onChange={(event) => set({ ...effect, topic: event.target.value })}>
          <Options of={['transactional', ...workspace.consentTopics]} words={(topic) => tMaybe(`topic.${topic}`) ?? topic} />
        </Select>
      </Field>
      <Field label={t('rule.survey')} hint={t('rule.surveyHint', { links: '{{links.survey}}' })}>
        <Select
          value={effect.asksAgain ? again : (effect.surveyId ?? '')}
          onChange={(event) => set({ ...effect, ...asking(event.target.value) })}
        >
          <option value="">{t('rule.noSurvey')}</option>
          {(effect.asksAgain || when.kind === 'response.completed') && <option value={again}>{t('rule.asksAgain')}</option>}
          <NameOptions of={surveys} />
        </Select>
      </Field>
      <NumberField label={t('rule.inDays')} least={0} most={365} value={effect.inDays} set={(inDays) => set({ ...effect, inDays })} />
      <Field label={t('rule.messageAt')} hint={t('rule.atHint')}>
        <Input type="time" value={effect.at ?? ''} onChange={(event) => set({ ...effect, at: event.target.value || null })} />
      </Field>
    </>
  );
}
