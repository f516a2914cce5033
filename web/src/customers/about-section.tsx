import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { customerQuery } from '../api/queries.ts';
import type { CustomerPatch } from '../api/types.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Choice } from '../ui/choice.tsx';
import { Input } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { memberChoices } from './choices.ts';
import type { Part } from './contact-section.tsx';
import { CustomerPicker, type Picked } from './customer-picker.tsx';
import { fieldLabel } from './field-text.ts';
import { InlineField } from './inline-field.tsx';
import { useEditable } from './use-editable.ts';
import { useMembers } from './use-members.ts';
import { WordsLine } from './words-line.tsx';

/** Who a customer is, to whom she belongs, and whose she is. */
export function AboutSection({ customer, edit }: Part) {
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
