import { useMutation, useQuery } from '@tanstack/react-query';
import { Monitor, Plus, Send as SendIcon, Smartphone, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useMe } from '../auth/me.ts';
import { CustomerPicker, type Picked } from '../customers/customer-picker.tsx';
import { languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { done, failed } from '../ui/toast.tsx';
import type { Saving } from './plan-tab.tsx';
import { type Campaign, type Content, sendersQuery } from './queries.ts';
import { SectionForm } from './section-form.tsx';
import { faultText } from './words.tsx';

const languages = ['en', 'fr', 'fil', 'ur', 'th'];
const letters = ['A', 'B', 'C', 'D'];

const emptyContent = (language: string, topic: string): Content => ({
  senderId: null,
  topic,
  fallbackLanguage: language,
  variants: [{ key: 'A', weight: 1, texts: { [language]: { subject: null, body: '' } } }],
  surveyId: null,
});

/** What it says, in each language and variant, and how that looks to a customer. */
export function ContentSection({ campaign, saving }: { campaign: Campaign; saving: Saving }) {
  const { workspace } = useMe();
  const [content, setContent] = useState<Content>(
    campaign.content ?? emptyContent(workspace.language, workspace.consentTopics[0] ?? 'transactional'),
  );
  const [variant, setVariant] = useState('A');
  const [language, setLanguage] = useState(content.fallbackLanguage);
  const [preview, setPreview] = useState(false);
  const senders = useQuery({ ...sendersQuery, enabled: campaign.channel === 'email' });
  const shown = content.variants.find(({ key }) => key === variant) ?? content.variants[0];
  const text = shown?.texts[language] ?? { subject: null, body: '' };
  const changeVariant = (part: Partial<Content['variants'][number]>) =>
    setContent({ ...content, variants: content.variants.map((one) => (one.key === variant ? { ...one, ...part } : one)) });
  const change = (part: Partial<typeof text>) => changeVariant({ texts: { ...shown?.texts, [language]: { ...text, ...part } } });
  const used = [...new Set([...Object.keys(shown?.texts ?? {}), language])];
  const said = {
    ...content,
    variants: content.variants.map((one) => ({
      ...one,
      texts: Object.fromEntries(Object.entries(one.texts).filter(([, { body }]) => body.trim())),
    })),
  };
  return (
    <SectionForm
      title={t('campaign.content')}
      saving={saving}
      errors={[saving.error('/content')]}
      onSave={() => saving.save({ content: said })}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {campaign.channel === 'email' && (
          <Field label={t('campaign.sender')}>
            <Select value={content.senderId ?? ''} onChange={(event) => setContent({ ...content, senderId: event.target.value || null })}>
              <option value="">{t('campaign.senderDefault')}</option>
              {senders.data?.data
                .filter(({ state }) => state === 'verified')
                .map(({ id, name, address }) => (
                  <option key={id} value={id}>
                    {`${name} <${address}>`}
                  </option>
                ))}
            </Select>
          </Field>
        )}
        <Field label={t('campaign.topic')} hint={t('campaign.topicHint')}>
          <Select value={content.topic} onChange={(event) => setContent({ ...content, topic: event.target.value })}>
            <Options
              of={[...new Set([...workspace.consentTopics, 'transactional', content.topic])]}
              words={(topic) => (topic === 'transactional' ? t('campaign.transactional') : topic)}
            />
          </Select>
        </Field>
        <Field label={t('campaign.fallback')}>
          <Select value={content.fallbackLanguage} onChange={(event) => setContent({ ...content, fallbackLanguage: event.target.value })}>
            <Options of={[...new Set([...languages, ...used])]} words={languageName} />
          </Select>
        </Field>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t('shell.language')} className="min-w-40">
          <Select value={language} onChange={(event) => setLanguage(event.target.value)}>
            <Options
              of={[...new Set([...languages, ...used])]}
              words={(code) => (shown?.texts[code] ? `${languageName(code)} ✓` : languageName(code))}
            />
          </Select>
        </Field>
        <Segmented
          label={t('campaign.variant')}
          value={variant}
          onChange={setVariant}
          options={content.variants.map(({ key }) => ({ value: key, label: key }))}
        />
        {content.variants.length > 1 && shown && (
          <>
            <Field label={t('campaign.weight')} className="w-40">
              <Input
                type="number"
                min={1}
                max={100}
                required
                value={shown.weight}
                onChange={(event) => changeVariant({ weight: event.target.valueAsNumber || 1 })}
              />
            </Field>
            <Button
              look="ghost"
              onClick={() => {
                const left = content.variants.filter(({ key }) => key !== shown.key);
                setContent({ ...content, variants: left });
                setVariant(left[0]?.key ?? 'A');
              }}
            >
              <Trash2 className="size-4" aria-hidden /> {t('campaign.removeVariant', { key: shown.key })}
            </Button>
          </>
        )}
        {content.variants.length < letters.length && (
          <Button
            look="ghost"
            onClick={() => {
              const key = letters.find((letter) => content.variants.every((one) => one.key !== letter)) ?? 'D';
              setContent({ ...content, variants: [...content.variants, { ...(shown ?? { weight: 1, texts: {} }), key }] });
              setVariant(key);
            }}
          >
            <Plus className="size-4" aria-hidden /> {t('campaign.addVariant')}
          </Button>
        )}
      </div>
      {campaign.channel === 'email' && (
        <Field label={t('campaign.subject')}>
          <Input value={text.subject ?? ''} maxLength={200} onChange={(event) => change({ subject: event.target.value || null })} />
        </Field>
      )}
      <Field
        label={t(campaign.channel === 'call' ? 'campaign.script' : 'campaign.body')}
        hint={campaign.channel === 'email' ? t('campaign.bodyHint') : t('campaign.plainHint')}
      >
        <Textarea rows={10} value={text.body} maxLength={10_000} onChange={(event) => change({ body: event.target.value })} />
      </Field>
      <Variables />
      <div>
        <Button onClick={() => setPreview(true)}>
          <Monitor className="size-4" aria-hidden /> {t('campaign.preview')}
        </Button>
      </div>
      {preview && <Preview campaign={campaign} content={said} language={language} variant={variant} onClose={() => setPreview(false)} />}
    </SectionForm>
  );
}

const always = [
  'customer.name',
  'customer.givenName',
  'customer.familyName',
  'customer.salutation',
  'customer.jobTitle',
  'customer.city',
  'workspace.name',
  'links.unsubscribe',
  'links.preferences',
  'today',
];

function Variables() {
  const { workspace } = useMe();
  return (
    <details className="text-sm">
      <summary className="hit flex items-center font-medium text-ink-2">{t('campaign.variables')}</summary>
      <p className="text-ink-3">{t('campaign.variablesLead')}</p>
      <ul className="mt-1 flex flex-wrap gap-1.5" dir="ltr">
        {[...always, ...workspace.fields.map(({ key }) => `customer.custom.${key}`)].map((name) => (
          <li key={name}>
            <code className="rounded-sm bg-sunken px-1.5 py-0.5 text-xs">{`{{${name}}}`}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

type Seen = { campaign: Campaign; content: Content; language: string; variant: string; onClose: () => void };

/** The message as a customer gets it, on a desk and on a phone; and to oneself, to see it in one's own mail program. */
function Preview({ campaign, content, language, variant, onClose }: Seen) {
  const [width, setWidth] = useState<'desktop' | 'phone'>('desktop');
  const [customer, setCustomer] = useState<Picked>();
  const asked = { content, variant, ...(customer ? { customerId: customer.id } : { language }) };
  const shown = useQuery({
    queryKey: ['campaigns', campaign.id, 'preview', asked],
    queryFn: ({ signal }) => call('previewCampaign', { params: { id: campaign.id }, body: asked, signal }),
    retry: false,
  });
  const test = useMutation({
    mutationFn: () => call('testSendCampaign', { params: { id: campaign.id }, body: asked }),
    onSuccess: ({ to }) => done(t('campaign.testSent', { to })),
    onError: (error) => failed(problemText(error)),
  });
  const problem = shown.error instanceof CrmProblem ? shown.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      size="wide"
      title={t('campaign.preview')}
      footer={
        campaign.channel === 'email' && (
          <Button busy={test.isPending} onClick={() => test.mutate()}>
            <SendIcon className="size-4 flip-rtl" aria-hidden /> {t('campaign.testSend')}
          </Button>
        )
      }
    >
      <div className="grid gap-4">
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-56 grow">
            <p className="text-sm font-medium text-ink-2">{customer ? t('campaign.previewFor') : t('campaign.sampleCustomer')}</p>
            <CustomerPicker label={t('campaign.previewFor')} value={customer} onPick={setCustomer} />
          </div>
          <Segmented
            label={t('campaign.width')}
            value={width}
            onChange={setWidth}
            options={[
              { value: 'desktop', label: <Monitor className="size-4" aria-hidden />, title: t('campaign.desktop') },
              { value: 'phone', label: <Smartphone className="size-4" aria-hidden />, title: t('campaign.phone') },
            ]}
          />
        </div>
        {problem && (
          <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {problem.errors.length > 0 ? problem.errors.map(faultText).join(' ') : problemText(problem)}
          </p>
        )}
        {shown.data?.problem && (
          <p role="alert" className="rounded-md bg-mango-soft px-3 py-2 text-sm text-mango-ink">
            {t(`renderProblem.${shown.data.problem.code}`, { variable: shown.data.problem.variable ?? '' })}
          </p>
        )}
        {shown.data?.subject && (
          <p className="font-semibold" dir="auto">
            {shown.data.subject}
          </p>
        )}
        {shown.data?.html ? (
          <iframe
            title={t('campaign.preview')}
            sandbox="allow-same-origin"
            srcDoc={shown.data.html}
            className="mx-auto h-[28rem] rounded-lg border border-line bg-white"
            style={{ inlineSize: width === 'phone' ? '22.5rem' : '100%', maxInlineSize: '100%' }}
          />
        ) : (
          shown.data?.text && (
            <p className="rounded-lg border border-line bg-sunken p-4 whitespace-pre-wrap" dir="auto">
              {shown.data.text}
            </p>
          )
        )}
        {shown.data?.parts && <p className="text-sm text-ink-2">{t('campaign.parts', { count: shown.data.parts })}</p>}
      </div>
    </Dialog>
  );
}
