import { Mail, MapPin, Phone } from 'lucide-react';
import type { Customer } from '../api/types.ts';
import { countryName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { LifecycleBadge } from './lifecycle.tsx';

const first = <T extends { primary: boolean }>(rows: T[]) => rows.find(({ primary }) => primary) ?? rows[0];

/** Who it is, in a few lines: the same at the top of the 360 and in a peek. */
export function IdentityHead({ customer, compact = false }: { customer: Customer; compact?: boolean }) {
  const email = first(customer.emails);
  const phone = first(customer.phones.filter(({ type }) => type !== 'fax'));
  const address = first(customer.addresses);
  return (
    <div className="grid gap-3">
      {compact && (
        <div className="flex items-center gap-3">
          <Avatar name={customer.name} kind={customer.kind} />
          <div className="flex flex-wrap items-center gap-1.5">
            <LifecycleBadge lifecycle={customer.lifecycle} />
            {customer.archivedAt && <Badge>{t('customer.archived')}</Badge>}
          </div>
        </div>
      )}
      <ul className="grid gap-1 text-sm text-ink-2">
        {email && (
          <li>
            <a href={`mailto:${email.address}`} className="hit inline-flex max-w-full items-center gap-2.5 rounded-md hover:text-brand">
              <Mail className="size-4 shrink-0 text-ink-3" aria-hidden /> <bdi className="truncate">{email.address}</bdi>
              {email.state !== 'ok' && <Badge tone="danger">{t(`emailState.${email.state}`)}</Badge>}
            </a>
          </li>
        )}
        {phone && (
          <li>
            <a href={`tel:${phone.e164 ?? phone.number}`} className="hit tnum inline-flex items-center gap-2.5 rounded-md hover:text-brand">
              <Phone className="size-4 shrink-0 text-ink-3" aria-hidden /> <bdi dir="ltr">{phone.number}</bdi>
            </a>
          </li>
        )}
        {address && (address.city ?? address.country) && (
          <li className="hit flex items-center gap-2.5">
            <MapPin className="size-4 shrink-0 text-ink-3" aria-hidden />{' '}
            <bdi>{[address.city, countryName(address.country)].filter(Boolean).join(', ')}</bdi>
          </li>
        )}
      </ul>
    </div>
  );
}
