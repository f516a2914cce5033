import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { lifecycles } from '../../../functions/customers/kinds.ts';
import type { Effect, EffectOf } from '../../../functions/rules/effect.ts';
import type { When } from '../../../functions/rules/when.ts';
import { t } from '../i18n/i18n.ts';
import { channelList, channelName } from '../interactions/channels.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { CaseParts, EscalateParts } from './case-parts.tsx';
import { ForWhom, owner } from './for-whom.tsx';
import { MessageParts } from './message-parts.tsx';
import { NumberField } from './part-fields.tsx';
import { enteredCampaigns } from './queries.ts';

const mostEffects = 5;
const begin: { [K in Effect['kind']]: EffectOf<K> } = {
  followUp: { kind: 'followUp', title: '', notes: null, inDays: 0, at: null, priority: 'normal', channel: null, for: owner },
  notify: { kind: 'notify', text: '', for: owner },
  message: { kind: 'message', templateId: '', topic: 'transactional', surveyId: null, asksAgain: false, inDays: 0, at: null },
  lifecycle: { kind: 'lifecycle', to: 'lapsed', reason: null },
  tag: { kind: 'tag', add: [], remove: [] },
  campaign: { kind: 'campaign', campaignId: '' },
  case: { kind: 'case', type: 'complaint', priority: 'normal', queue: null, subject: null, for: owner },
  escalate: { kind: 'escalate', priority: 'urgent', queue: null },
};
const kinds = ['followUp', 'notify', 'message', 'lifecycle', 'tag', 'campaign', 'case', 'escalate'] as const;

/** What the rule does, one thing after the other; all of it or nothing is done. */
export function EffectsEditor({ when, does, set }: { when: When; does: readonly Effect[]; set: (does: Effect[]) => void }) {
  const change = (at: number, effect: Effect) => set(does.map((one, index) => (index === at ? effect : one)));
  return (
    <div className="grid gap-3">
      <ol className="grid gap-3">
        {does.map((effect, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: effects have no id, and stand where they were put
          <li key={at} className="flex items-start gap-2 rounded-lg border border-line bg-sunken p-3">
            <div className="grid min-w-0 grow gap-3 sm:grid-cols-2">
              <Field label={t('rule.what')} className="sm:col-span-2">
                <Select value={effect.kind} onChange={(event) => change(at, begin[event.target.value as Effect['kind']])}>
                  <Options
                    of={kinds.filter((kind) => kind === effect.kind || isFor(kind, when))}
                    words={(kind) => t(`rule.effect.${kind}`)}
                  />
                </Select>
              </Field>
              <Parts effect={effect} when={when} set={(next) => change(at, next)} />
            </div>
            {does.length > 1 && (
              <IconButton label={t('rule.removeEffect')} onClick={() => set(does.filter((_, index) => index !== at))}>
                <Trash2 className="size-4" aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      {does.length < mostEffects && (
        <Button className="justify-self-start" onClick={() => set([...does, begin.followUp])}>
          <Plus className="size-4" aria-hidden /> {t('rule.addEffect')}
        </Button>
      )}
    </div>
  );
}

/** A case is made more urgent by a rule that waits for cases. */
const isFor = (kind: Effect['kind'], when: When) => kind !== 'escalate' || when.kind.startsWith('case.');

function Parts({ effect, when, set }: { effect: Effect; when: When; set: (effect: Effect) => void }) {
  switch (effect.kind) {
    case 'followUp':
      return (
        <>
          <Field label={t('rule.followUpTitle')} className="sm:col-span-2">
            <Input value={effect.title} maxLength={200} required onChange={(event) => set({ ...effect, title: event.target.value })} />
          </Field>
          <ForWhom value={effect.for} set={(assignee) => set({ ...effect, for: assignee })} />
          <NumberField label={t('rule.inDays')} least={0} most={365} value={effect.inDays} set={(inDays) => set({ ...effect, inDays })} />
          <Field label={t('rule.priority')}>
            <Select
              value={effect.priority}
              onChange={(event) => set({ ...effect, priority: event.target.value as 'low' | 'normal' | 'high' })}
            >
              <Options of={['low', 'normal', 'high'] as const} words={(each) => t(`rule.priority.${each}`)} />
            </Select>
          </Field>
          <Field label={t('log.channel')}>
            <Select
              value={effect.channel ?? ''}
              onChange={(event) => set({ ...effect, channel: (event.target.value || null) as typeof effect.channel })}
            >
              <option value="">{t('common.any')}</option>
              <Options of={channelList} words={channelName} />
            </Select>
          </Field>
        </>
      );
    case 'notify':
      return (
        <>
          <Field label={t('rule.text')} className="sm:col-span-2">
            <Input value={effect.text} maxLength={200} required onChange={(event) => set({ ...effect, text: event.target.value })} />
          </Field>
          <ForWhom value={effect.for} set={(assignee) => set({ ...effect, for: assignee })} />
        </>
      );
    case 'message':
      return <MessageParts effect={effect} when={when} set={set} />;
    case 'case':
      return <CaseParts effect={effect} set={set} />;
    case 'escalate':
      return <EscalateParts effect={effect} set={set} />;
    case 'campaign':
      return <CampaignParts effect={effect} set={set} />;
    case 'lifecycle':
      return (
        <Field label={t('rule.to')}>
          <Select value={effect.to} onChange={(event) => set({ ...effect, to: event.target.value as typeof effect.to })}>
            <Options of={lifecycles} words={(each) => t(`lifecycle.${each}`)} />
          </Select>
        </Field>
      );
    case 'tag':
      return (
        <>
          <Tags label={t('rule.tagAdd')} value={effect.add} set={(add) => set({ ...effect, add })} />
          <Tags label={t('rule.tagRemove')} value={effect.remove} set={(remove) => set({ ...effect, remove })} />
        </>
      );
  }
}

/** Which of the campaigns that wait for customers. One that waits no more is shown as long as the rule names it. */
function CampaignParts({ effect, set }: { effect: EffectOf<'campaign'>; set: (effect: Effect) => void }) {
  const campaigns = useQuery(enteredCampaigns);
  const listed = campaigns.data ?? [];
  const isListed = listed.some(({ id }) => id === effect.campaignId);
  const hint = campaigns.isSuccess && listed.length === 0 ? t('rule.noCampaigns') : t('rule.campaignHint');
  return (
    <Field label={t('rule.campaign')} hint={hint} className="sm:col-span-2">
      <Select required value={effect.campaignId} onChange={(event) => set({ ...effect, campaignId: event.target.value })}>
        <option value="" />
        {effect.campaignId !== '' && !isListed && <option value={effect.campaignId}>…</option>}
        <NameOptions of={listed} />
      </Select>
    </Field>
  );
}

/** Tags, divided by commas. */
function Tags({ label, value, set }: { label: string; value: readonly string[]; set: (tags: string[]) => void }) {
  return (
    <Field label={label} hint={t('rule.tagsHint')}>
      <Input
        defaultValue={value.join(', ')}
        maxLength={400}
        onChange={(event) =>
          set(
            event.target.value
              .split(/[,،]/)
              .map((tag) => tag.trim())
              .filter(Boolean)
              .slice(0, 10),
          )
        }
      />
    </Field>
  );
}
