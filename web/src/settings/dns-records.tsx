import { Copy } from 'lucide-react';
import type { Answer } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { done } from '../ui/toast.tsx';

type DnsRecord = Answer<'listSenders'>['data'][number]['records'][number];

/** One part of a record, as it is to be pasted; written from left to right in every language. */
function Part({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex min-w-0 items-center gap-1">
      <div className="min-w-0 grow">
        <dt className="text-xs text-ink-3">{label}</dt>
        <dd>
          <code dir="ltr" className="block text-start text-xs break-all select-all">
            {text}
          </code>
        </dd>
      </div>
      <IconButton
        label={t('senders.copy.what', { what: text })}
        onClick={() => {
          void navigator.clipboard?.writeText(text);
          done(t('senders.copied'));
        }}
      >
        <Copy className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}

/** The lines that prove a domain, for whoever keeps its zone. */
export function DnsRecords({ domain, records }: { domain: string; records: readonly DnsRecord[] }) {
  return (
    <div className="mt-2 rounded-lg bg-sunken px-3 py-2">
      <h3 className="text-sm font-semibold text-ink-2">{t('senders.records', { domain })}</h3>
      <p className="max-w-prose text-sm text-ink-3">{t('senders.records.lead')}</p>
      <ul className="mt-1">
        {records.map(({ type, name, value, needed }) => (
          <li key={name} className="border-t border-line py-2 first:border-t-0">
            <p className="flex items-center gap-2 text-xs font-semibold text-ink-2">
              <bdi dir="ltr">{type}</bdi>
              <Badge tone={needed ? 'mango' : 'plain'}>{t(needed ? 'senders.records.needed' : 'senders.records.advised')}</Badge>
            </p>
            <dl className="grid gap-x-4 sm:grid-cols-2">
              <Part label={t('senders.records.name')} text={name} />
              <Part label={t('senders.records.value')} text={value} />
            </dl>
          </li>
        ))}
      </ul>
    </div>
  );
}
