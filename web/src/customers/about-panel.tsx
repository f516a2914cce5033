import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { customerQuery } from '../api/queries.ts';
import type { Customer, CustomerPatch } from '../api/types.ts';
import { useMe } from '../auth/me.ts';
import { formatDate, languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { channelName } from '../interactions/channels.tsx';
import { Badge } from '../ui/badge.tsx';
import { Choice } from '../ui/choice.tsx';
import { Input } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { channelChoices, languageChoices, memberChoices } from './choices.ts';
import { ConsentPanel } from './consent-panel.tsx';
import { CustomFields } from './custom-fields.tsx';
import { CustomerPicker, type Picked } from './customer-picker.tsx';
import { addressText, fieldLabel } from './field-text.ts';
import { InlineField } from './inline-field.tsx';
import { AddressesEditor, EmailsEditor, emailRows, PhonesEditor, phoneRows, WordsEditor, wordsOf } from './list-editors.tsx';
import { useEditable } from './use-editable.ts';
import { useMembers } from './use-members.ts';

const GroupsPanel = lazy(() => import('../lists/groups-panel.tsx').then(({ GroupsPanel }) => ({ default: GroupsPanel })));

type Part = { customer: Customer; edit?: string | undefined };

/** All that is known of a customer, each line its own small form. */
export function AboutPanel({ customer, edit }: Part) {
  return (
    <div className="grid gap-5">
      <Contact customer={customer} edit={edit} />
      <About customer={customer} edit={edit} />
      <CustomFields customer={customer} />
      <Preferences customer={customer} />
      <ConsentPanel customer={customer} />
      <Suspense>
        <GroupsPanel customerId={customer.id} archived={customer.archivedAt !== null} />
      </Suspense>
      <ExternalKeys customer={customer} />
    </div>
  );
}

function Contact({ customer, edit }: Part) {
  const editable = useEditable(customer);
  return (
    <Section title={t('about.contact')}>
      <dl>
        <InlineField
          customer={customer}
          label={t('field.emails')}
          editable={editable('emails')}
          open={edit === 'emails'}
          filled={customer.emails.length > 0}
          shown={customer.emails.map((email) => (
            <span key={email.address} className="flex flex-wrap items-center gap-1.5">
              <a
                href={`mailto:${email.address}`}
                className="max-sm:hit inline-flex min-h-6 min-w-0 items-center hover:text-brand hover:underline"
              >
                <bdi>{email.address}</bdi>
              </a>
              {email.state !== 'ok' && <Badge tone="danger">{t(`emailState.${email.state}`)}</Badge>}
            </span>
          ))}
          begin={emailRows}
          editor={(rows, set) => <EmailsEditor rows={rows} set={set} />}
          change={(emails) => ({ emails })}
        />
        <InlineField
          customer={customer}
          label={t('field.phones')}
          editable={editable('phones')}
          filled={customer.phones.length > 0}
          shown={customer.phones.map((phone) => (
            <span key={phone.number} className="flex items-center gap-2">
              <a
                href={`tel:${phone.e164 ?? phone.number}`}
                className="tnum max-sm:hit inline-flex min-h-6 items-center hover:text-brand hover:underline"
              >
                <bdi dir="ltr">{phone.number}</bdi>
              </a>
              <span className="text-ink-3">{t(`phoneType.${phone.type}`)}</span>
            </span>
          ))}
          begin={phoneRows}
          editor={(rows, set) => <PhonesEditor rows={rows} set={set} />}
          change={(phones) => ({ phones })}
        />
        <InlineField
          customer={customer}
          label={t('field.addresses')}
          editable={editable('addresses')}
          filled={customer.addresses.length > 0}
          shown={customer.addresses.map((address) => (
            <span key={addressText(address)} className="block" dir="auto">
              {addressText(address)}
            </span>
          ))}
          begin={({ addresses }) => addresses}
          editor={(rows, set) => <AddressesEditor rows={rows} set={set} />}
          change={(addresses) => ({ addresses })}
        />
      </dl>
    </Section>
  );
}

type TextName = 'name' | 'givenName' | 'familyName' | 'salutation' | 'jobTitle' | 'timeZone';

function TextLine({ customer, name, edit }: Part & { name: TextName }) {
  const editable = useEditable(customer);
  return (
    <InlineField
      customer={customer}
      label={fieldLabel(name)}
      editable={editable(name)}
      open={edit === name}
      filled={Boolean(customer[name])}
      shown={<bdi>{customer[name]}</bdi>}
      begin={(seen) => seen[name] ?? ''}
      editor={(draft, set) => (
        <Input
          aria-label={fieldLabel(name)}
          value={draft}
          required={name === 'name'}
          maxLength={name === 'name' ? 200 : 100}
          onChange={(event) => set(event.target.value)}
        />
      )}
      change={(draft) => ({ [name]: draft.trim() || null }) as Partial<CustomerPatch>}
    />
  );
}

function About({ customer, edit }: Part) {
  const editable = useEditable(customer);
  const { members, name } = useMembers();
  const person = customer.kind === 'person';
  return (
    <Section title={t('about.title')}>
      <dl>
        <TextLine customer={customer} name="name" edit={edit} />
        {person && <LinkLine customer={customer} name="companyId" kind="company" />}
        {person && <TextLine customer={customer} name="jobTitle" edit={edit} />}
        {person && <TextLine customer={customer} name="givenName" />}
        {person && <TextLine customer={customer} name="familyName" />}
        {person && <TextLine customer={customer} name="salutation" />}
        {!person && <LinkLine customer={customer} name="mainContactId" kind="person" />}
        {!person && <LinkLine customer={customer} name="parentId" kind="company" />}
        {!person && (
          <div className="py-1.5">
            <dt className="text-xs text-ink-3">{t('about.people')}</dt>
            <dd className="text-sm">
              <Link to="/customers" search={{ company: customer.id }} className="font-medium text-brand hover:underline">
                {t('about.showPeople')}
              </Link>
            </dd>
          </div>
        )}
        <InlineField
          customer={customer}
          label={t('column.owner')}
          editable={editable('ownerId') && members.length > 0}
          filled={Boolean(customer.ownerId)}
          shown={<bdi>{name(customer.ownerId)}</bdi>}
          begin={(seen) => seen.ownerId ?? ''}
          editor={(draft, set) => (
            <Choice label={t('column.owner')} value={draft} none={t('field.nobody')} options={memberChoices(members)} onChange={set} />
          )}
          change={(draft) => ({ ownerId: draft || null })}
        />
        <WordsLine
          customer={customer}
          label={t('column.tags')}
          editable={editable('tags')}
          words={(seen) => seen.tags}
          change={(tags) => ({ tags })}
          open={edit === 'tags'}
        />
        <TextLine customer={customer} name="timeZone" />
        <div className="py-1.5">
          <dt className="text-xs text-ink-3">{t('column.createdAt')}</dt>
          <dd className="text-sm">
            {formatDate(customer.createdAt)} <span className="text-ink-3">({t(`via.origin.${customer.via}`)})</span>
          </dd>
        </div>
      </dl>
    </Section>
  );
}

function WordsLine(props: {
  customer: Customer;
  label: string;
  editable: boolean;
  words: (customer: Customer) => string[];
  change: (words: string[]) => Partial<CustomerPatch>;
  open?: boolean;
}) {
  const words = props.words(props.customer);
  return (
    <InlineField
      customer={props.customer}
      label={props.label}
      editable={props.editable}
      {...(props.open && { open: true })}
      filled={words.length > 0}
      shown={
        <span className="flex flex-wrap gap-1 pt-0.5">
          {words.map((word) => (
            <Badge key={word} dir="auto">
              {word}
            </Badge>
          ))}
        </span>
      }
      begin={(seen) => props.words(seen).join(', ')}
      editor={(draft, set) => <WordsEditor text={draft} set={set} label={props.label} />}
      change={(draft) => props.change(wordsOf(draft))}
    />
  );
}

/** A tie to another customer, shown by her name. */
function LinkLine({ customer, name, kind }: Part & { name: 'companyId' | 'parentId' | 'mainContactId'; kind: 'person' | 'company' }) {
  const editable = useEditable(customer);
  const id = customer[name];
  const linked = useQuery({ ...customerQuery(id ?? ''), enabled: Boolean(id) });
  const label = fieldLabel(name);
  return (
    <InlineField<Picked | undefined>
      customer={customer}
      label={label}
      editable={editable(name)}
      filled={Boolean(id)}
      shown={
        id && (
          <Link to="/customers/$id" params={{ id }} search={{}} className="font-medium text-brand hover:underline">
            <bdi>{linked.data?.name ?? (linked.isError ? t('about.hidden') : '…')}</bdi>
          </Link>
        )
      }
      begin={() => (linked.data ? { id: linked.data.id, name: linked.data.name, kind } : undefined)}
      editor={(draft, set) => <CustomerPicker value={draft} onPick={set} kind={kind} label={label} />}
      change={(draft) => ({ [name]: draft?.id ?? null }) as Partial<CustomerPatch>}
    />
  );
}

function Preferences({ customer }: Part) {
  const editable = useEditable(customer)('preferences');
  const { preferences } = customer;
  return (
    <Section title={t('about.preferences')}>
      <dl>
        <InlineField
          customer={customer}
          label={t('field.language')}
          editable={editable}
          filled={Boolean(preferences.language)}
          shown={languageName(preferences.language)}
          begin={(seen) => seen.preferences.language ?? ''}
          editor={(draft, set) => (
            <Choice label={t('field.language')} value={draft} none="–" options={languageChoices(draft)} onChange={set} />
          )}
          change={(draft) => ({ preferences: { language: draft || null } })}
        />
        <InlineField
          customer={customer}
          label={t('log.channel')}
          editable={editable}
          filled={Boolean(preferences.channel)}
          shown={preferences.channel && channelName(preferences.channel)}
          begin={(seen) => seen.preferences.channel ?? ''}
          editor={(draft, set) => (
            <Choice
              label={t('log.channel')}
              value={draft}
              none="–"
              options={channelChoices()}
              onChange={(channel) => set(channel as typeof draft)}
            />
          )}
          change={(draft) => ({ preferences: { channel: draft || null } })}
        />
        <InlineField
          customer={customer}
          label={t('field.hours')}
          editable={editable}
          filled={Boolean(preferences.hours)}
          shown={preferences.hours && <bdi dir="ltr" className="tnum">{`${preferences.hours.from}–${preferences.hours.to}`}</bdi>}
          begin={(seen) => seen.preferences.hours ?? { from: '', to: '' }}
          editor={(draft, set) => (
            <span className="grid grid-cols-2 gap-2">
              <Input
                type="time"
                aria-label={t('field.hoursFrom')}
                value={draft.from}
                onChange={(event) => set({ ...draft, from: event.target.value })}
              />
              <Input
                type="time"
                aria-label={t('field.hoursTo')}
                value={draft.to}
                onChange={(event) => set({ ...draft, to: event.target.value })}
              />
            </span>
          )}
          change={(draft) => ({ preferences: { hours: draft.from && draft.to ? draft : null } })}
        />
        <WordsLine
          customer={customer}
          label={t('field.topics')}
          editable={editable}
          words={(seen) => seen.preferences.topics}
          change={(topics) => ({ preferences: { topics } })}
        />
        <WordsLine
          customer={customer}
          label={t('field.interests')}
          editable={editable}
          words={(seen) => seen.preferences.interests}
          change={(interests) => ({ preferences: { interests } })}
        />
      </dl>
    </Section>
  );
}

function ExternalKeys({ customer }: Part) {
  const { workspace } = useMe();
  if (customer.externalKeys.length === 0) return null;
  return (
    <Section title={t('about.keys')}>
      <ul className="grid gap-1.5 pb-1 text-sm" aria-label={t('about.keysOf', { workspace: workspace.name })}>
        {customer.externalKeys.map((key) => (
          <li key={`${key.source}#${key.id}`} className="flex items-center gap-2">
            <KeyRound className="size-3.5 shrink-0 text-ink-3" aria-hidden /> <span className="text-ink-3">{key.source}</span>
            <code className="min-w-0 truncate rounded-sm bg-hover px-1.5 text-xs" dir="ltr">
              {key.id}
            </code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
