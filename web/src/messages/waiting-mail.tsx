import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileDown, MailQuestion, ShieldQuestion, UserPlus } from 'lucide-react';
import { useId, useState } from 'react';
import { call } from '../api/client.ts';
import { customerQuery } from '../api/queries.ts';
import { useCan } from '../auth/me.ts';
import { CustomerPicker, type Picked } from '../customers/customer-picker.tsx';
import { formatAgo } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Alert } from '../ui/alert.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { FormFooter } from '../ui/form-footer.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { done, failed } from '../ui/toast.tsx';
import { downloadOriginal, HeldFile } from './entry-mail.tsx';
import type { Mail } from './queries.ts';

/** Deals with one mail, and offers the way back where there is one. */
function useDealing(mail: Mail) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['mails'] });
  const params = { id: mail.id };
  const attach = useMutation({
    mutationFn: (customer: { id: string; name: string }) =>
      call('attachMail', { params, body: { customerId: customer.id } }).then(() => customer),
    onSuccess: async ({ id, name }) => {
      done(t('mail.attached', { name }));
      await Promise.all([refresh(), queryClient.invalidateQueries({ queryKey: ['customer', id] })]);
    },
    onError: (error) => failed(problemText(error)),
  });
  const reopen = () => void call('reopenMail', { params }).then(refresh, (error) => failed(problemText(error)));
  const discard = useMutation({
    mutationFn: () => call('discardMail', { params }),
    onSuccess: async () => {
      done(t('mail.discarded'), reopen);
      await refresh();
    },
    onError: (error) => failed(problemText(error)),
  });
  return { attach, discard };
}

export function WaitingMail({ mail }: { mail: Mail }) {
  const dealing = useDealing(mail);
  const can = useCan();
  const [choosing, setChoosing] = useState(false);
  const [creating, setCreating] = useState(false);
  const titleId = useId();
  const suggested = mail.suggested[0];
  const doubtful = mail.state === 'quarantined';
  const Icon = doubtful ? ShieldQuestion : MailQuestion;
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3.5 shadow-sm">
      <article className="grid gap-2" aria-labelledby={titleId}>
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Icon className={doubtful ? 'size-5 shrink-0 text-mango-ink' : 'size-5 shrink-0 text-ink-3'} aria-hidden />
          <p className="min-w-0 grow basis-60">
            {mail.from.name && (
              <>
                <bdi className="font-semibold">{mail.from.name}</bdi>{' '}
              </>
            )}
            <bdi className="wrap-anywhere text-ink-2">{mail.from.address}</bdi>
          </p>
          {mail.why && <Badge tone={doubtful ? 'mango' : 'sky'}>{t(`mail.why.${mail.why}`)}</Badge>}
          <time className="tnum text-sm text-ink-3" dateTime={mail.receivedAt}>
            {formatAgo(mail.receivedAt)}
          </time>
        </header>
        <h2 id={titleId} className="text-base font-semibold" dir="auto">
          {mail.subject ?? t('mail.noSubject')}
        </h2>
        <Words mail={mail} />
        {doubtful && <Checks mail={mail} />}
        {mail.files.map((file) => (
          <HeldFile key={file.id} mailId={mail.id} file={file} customerId={null} />
        ))}
        <div className="flex flex-wrap items-center gap-2 pt-1">
          {suggested && <Suggested id={suggested} busy={dealing.attach.isPending} onTake={(customer) => dealing.attach.mutate(customer)} />}
          <Button onClick={() => setChoosing(true)} busy={dealing.attach.isPending}>
            {t('mail.choose')}
          </Button>
          {!suggested && can.any('customers', 'write') && can.field('name') && (
            <Button onClick={() => setCreating(true)}>
              <UserPlus className="size-4" aria-hidden /> {t('mail.newCustomer')}
            </Button>
          )}
          <Button look="ghost" onClick={() => downloadOriginal(mail.id)}>
            <FileDown className="size-4" aria-hidden /> {t('mail.original')}
          </Button>
          <Button look="quietDanger" className="ms-auto" busy={dealing.discard.isPending} onClick={() => dealing.discard.mutate()}>
            {t('mail.discard')}
          </Button>
        </div>
      </article>
      {choosing && (
        <ChooseCustomer
          onClose={() => setChoosing(false)}
          onPick={(customer) => {
            setChoosing(false);
            dealing.attach.mutate(customer);
          }}
        />
      )}
      {creating && <NewCustomer mail={mail} onClose={() => setCreating(false)} onMade={(customer) => dealing.attach.mutate(customer)} />}
    </li>
  );
}

/** How it begins; the rest of it is fetched when it is wanted. As text, whatever it was written in. */
function Words({ mail }: { mail: Mail }) {
  const [open, setOpen] = useState(false);
  const whole = useQuery({
    queryKey: ['mail', mail.id, 'text'],
    queryFn: ({ signal }) => call('getMailText', { params: { id: mail.id }, signal }),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (mail.unreadable) return <p className="text-sm text-ink-3">{t('mail.unreadable')}</p>;
  if (!mail.preview) return <p className="text-sm text-ink-3">{t('mail.noText')}</p>;
  const long = mail.preview.length >= 240 || mail.preview.split('\n').length > 4;
  return (
    <>
      <p className={open ? 'max-w-[70ch] whitespace-pre-line' : 'line-clamp-4 max-w-[70ch] whitespace-pre-line'} dir="auto">
        {(open && whole.data?.text) || mail.preview}
      </p>
      {long && (
        <button
          type="button"
          className="hit justify-self-start text-sm font-semibold text-brand"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? t('common.less') : t('common.readMore')}
        </button>
      )}
    </>
  );
}

/** What was checked, and how it came out. */
function Checks({ mail }: { mail: Mail }) {
  const checks = ['spf', 'dkim', 'dmarc'] as const;
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      {checks.map((check) => (
        <div key={check} className="flex items-center gap-1.5">
          <dt dir="ltr">{check.toUpperCase()}</dt>
          <dd className={mail.verdicts[check] === 'fail' ? 'font-semibold text-danger' : ''}>
            {t(`mail.verdict.${mail.verdicts[check]}`)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Suggested({ id, busy, onTake }: { id: string; busy: boolean; onTake: (customer: { id: string; name: string }) => void }) {
  const customer = useQuery(customerQuery(id));
  if (!customer.data || customer.data.archivedAt) return null;
  const { name } = customer.data;
  return (
    <Button look="primary" busy={busy} onClick={() => onTake({ id, name })}>
      <span>
        {t('mail.isFrom')} <bdi>{name}</bdi>
      </span>
    </Button>
  );
}

function ChooseCustomer({ onClose, onPick }: { onClose: () => void; onPick: (customer: { id: string; name: string }) => void }) {
  const [picked, setPicked] = useState<Picked>();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('mail.choose')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={!picked} onClick={() => picked && onPick(picked)}>
            {t('mail.attach')}
          </Button>
        </>
      }
    >
      <div className="min-h-56">
        <CustomerPicker label={t('nav.customers')} value={picked} onPick={setPicked} autoFocus />
      </div>
    </Dialog>
  );
}

function NewCustomer({
  mail,
  onClose,
  onMade,
}: {
  mail: Mail;
  onClose: () => void;
  onMade: (customer: { id: string; name: string }) => void;
}) {
  const [kind, setKind] = useState<'person' | 'company'>('person');
  const create = useMutation({
    mutationFn: (name: string) => call('createCustomer', { query: {}, body: { kind, name, emails: [{ address: mail.from.address }] } }),
    onSuccess: ({ id, name }) => {
      onMade({ id, name });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('mail.newCustomer')}
      lead={<bdi>{mail.from.address}</bdi>}
      footer={
        <FormFooter form="mail-customer" busy={create.isPending} onClose={onClose}>
          {t('mail.createAndAttach')}
        </FormFooter>
      }
    >
      <form
        id="mail-customer"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(String(new FormData(event.currentTarget).get('name') ?? '').trim());
        }}
      >
        <Segmented
          label={t('field.kind')}
          value={kind}
          onChange={setKind}
          options={(['person', 'company'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <Field label={t('field.name')}>
          <Input name="name" required maxLength={200} defaultValue={mail.from.name ?? ''} data-autofocus />
        </Field>
        <Alert>{create.isError && problemText(create.error)}</Alert>
      </form>
    </Dialog>
  );
}
