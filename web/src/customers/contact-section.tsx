import type { Customer } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { Badge } from '../ui/badge.tsx';
import { Section } from '../ui/section.tsx';
import { addressText } from './field-text.ts';
import { InlineField } from './inline-field.tsx';
import { AddressesEditor, EmailsEditor, emailRows, PhonesEditor, phoneRows } from './list-editors.tsx';
import { useEditable } from './use-editable.ts';

export type Part = { customer: Customer; edit?: string | undefined };

/** How a customer is reached: each line its own small form. */
export function ContactSection({ customer, edit }: Part) {
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
