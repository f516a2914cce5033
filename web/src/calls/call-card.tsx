import { Link } from '@tanstack/react-router';
import { Check, Handshake, Phone, PhoneMissed, SkipForward, ThumbsUp } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { wallAt } from '../../../functions/kernel/wall-time.ts';
import { LifecycleBadge } from '../customers/lifecycle.tsx';
import type { Outcome } from '../followups/use-follow-ups.ts';
import { currentRegion, languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { ariaKeys, useShortcuts } from '../shell/shortcuts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge, Kbd } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Textarea } from '../ui/field.tsx';
import type { Call, CallList } from './queries.ts';

type Acts = {
  finish: (outcome: Outcome, body: string) => void;
  tryAgain: (body: string) => void;
  later: () => void;
  undo: () => void;
};

/** One call: whom, on which number, what to say, and what came of it by one key. */
export function CallCard({ call, list, acts }: { call: Call; list: CallList | undefined; acts: Acts }) {
  const [note, setNote] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const { customer } = call;
  // Each call is a card of its own: whoever listens hears whom she calls next.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const body = note.trim();
  return (
    <article className="grid gap-5 rounded-xl border border-line bg-surface p-4 shadow-sm sm:p-6">
      <header className="flex items-start gap-3">
        <Avatar name={customer?.name ?? '?'} kind={customer?.kind ?? 'person'} />
        <div className="min-w-0 grow">
          <h2 ref={heading} tabIndex={-1} className="text-xl outline-none">
            {customer ? (
              <Link to="/customers/$id" params={{ id: customer.id }} search={{}} className="hit inline-flex items-center hover:text-brand">
                <bdi className="break-words">{customer.name}</bdi>
              </Link>
            ) : (
              t('run.noName')
            )}
          </h2>
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm text-ink-2">
            {customer?.jobTitle && <bdi>{customer.jobTitle}</bdi>}
            {customer && <LifecycleBadge lifecycle={customer.lifecycle} />}
            {customer && <Circumstances customer={customer} />}
            {call.tried > 0 && list && <Badge tone="mango">{t('calls.tried', { many: call.tried, of: list.tries })}</Badge>}
          </div>
        </div>
      </header>
      {customer && <Numbers phones={customer.phones} />}
      {call.script && (
        <section className="grid gap-1" aria-label={t('campaign.script')}>
          <h3 className="text-sm font-medium text-ink-2">{t('campaign.script')}</h3>
          <p className="max-w-prose rounded-lg bg-sunken px-4 py-3 leading-relaxed break-words whitespace-pre-wrap" dir="auto">
            {call.script}
          </p>
        </section>
      )}
      <Field label={t('calls.note')} hint={<span className="hidden sm:inline">{t('calls.noteKeys')}</span>}>
        <Textarea
          rows={2}
          maxLength={20_000}
          value={note}
          placeholder={t('log.textPlaceholder')}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </Field>
      <Outcomes acts={acts} body={body} list={list} />
    </article>
  );
}

/** Which clock she goes by, and which language she speaks, where they are not ours. */
function Circumstances({ customer: { timeZone, preferences } }: { customer: NonNullable<Call['customer']> }) {
  const { zone } = currentRegion();
  const now = Date.now();
  const [hers, ours] = timeZone ? [wallAt(now, timeZone), wallAt(now, zone)] : [];
  const elsewhere = hers && ours && (hers.at !== ours.at || hers.on !== ours.on);
  return (
    <>
      {elsewhere && <span className="tnum">{t('calls.herTime', { time: hers.at })}</span>}
      {preferences.language && <span>{languageName(preferences.language)}</span>}
      {preferences.hours && <span className="tnum">{t('calls.hours', preferences.hours)}</span>}
    </>
  );
}

function Numbers({ phones }: { phones: NonNullable<Call['customer']>['phones'] }) {
  const callable = phones.filter(({ type }) => type !== 'fax').sort((a, b) => Number(b.primary) - Number(a.primary));
  if (callable.length === 0) return <p className="text-sm text-danger">{t('calls.noNumber')}</p>;
  return (
    <ul className="flex flex-wrap gap-2">
      {callable.map(({ number, e164, type, label }, at) => (
        <li key={number}>
          <a
            href={`tel:${e164 ?? number.replaceAll(/[^\d+]/g, '')}`}
            className={`hit inline-flex items-center gap-2 rounded-md px-4 py-1.5 ${at === 0 ? 'bg-brand-soft text-lg font-semibold text-brand' : 'border border-line text-ink-2'}`}
          >
            <Phone className="size-4.5 shrink-0" aria-hidden />
            <span className="tnum" dir="ltr">
              {number}
            </span>
            <span className="text-xs font-normal">{label || t(`phoneType.${type}`)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What came of it: a button and a digit each. */
function Outcomes({ acts, body, list }: { acts: Acts; body: string; list: CallList | undefined }) {
  const ways: { key: string; label: string; icon: ReactNode; run: () => void; hint?: string | undefined }[] = [
    { key: '1', label: t('outcome.answered'), icon: <Check />, run: () => acts.finish('answered', body) },
    { key: '2', label: t('outcome.promised'), icon: <Handshake />, run: () => acts.finish('promised', body) },
    { key: '3', label: t('outcome.resolved'), icon: <ThumbsUp />, run: () => acts.finish('resolved', body) },
    {
      key: '4',
      label: t('outcome.no_answer'),
      icon: <PhoneMissed />,
      run: () => acts.tryAgain(body),
      hint: list && t('calls.againIn', { hours: list.againAfterHours }),
    },
    { key: '5', label: t('calls.later'), icon: <SkipForward className="flip-rtl" />, run: acts.later },
  ];
  useShortcuts([
    { keys: '1', label: 'outcome.answered', run: () => acts.finish('answered', body) },
    { keys: '2', label: 'outcome.promised', run: () => acts.finish('promised', body) },
    { keys: '3', label: 'outcome.resolved', run: () => acts.finish('resolved', body) },
    { keys: '4', label: 'calls.noAnswer', run: () => acts.tryAgain(body) },
    { keys: '5', label: 'calls.later', run: acts.later },
  ]);
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium text-ink-2">{t('log.outcome')}</legend>
      <div className="grid grid-cols-2 gap-2 lg:grid-cols-5">
        {ways.map(({ key, label, icon, run, hint }) => (
          <Button
            key={key}
            look={key === '1' ? 'primary' : key === '5' ? 'ghost' : 'secondary'}
            className="min-h-12! [&>svg]:size-4.5 [&>svg]:shrink-0"
            title={hint}
            aria-keyshortcuts={ariaKeys(key)}
            onClick={run}
          >
            {icon} <span className="min-w-0 break-words">{label}</span>{' '}
            <span className="hidden sm:inline" aria-hidden>
              <Kbd>{key}</Kbd>
            </span>
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
