import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import type { Customer } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText } from '../i18n/problem-text.ts';
import { Failure, Loading } from '../ui/states.tsx';
import type { Letter } from './compose.ts';
import { useVariableName } from './variable-name.tsx';

/** The message as this customer gets it, with her own data in it. */
export function LetterPreview({ customer, letter }: { customer: Customer; letter: Letter }) {
  const { channel, subject, body, language } = letter;
  const nameOf = useVariableName();
  const preview = useQuery({
    queryKey: ['customer', customer.id, 'preview', channel, subject, body, language],
    queryFn: ({ signal }) =>
      call('previewMessage', {
        params: { id: customer.id },
        body: { channel, body, subject: channel === 'email' ? subject : null, ...(language && { language }) },
        signal,
      }),
    retry: false,
    enabled: body.trim() !== '',
  });
  if (body.trim() === '')
    return <p className="rounded-md bg-sunken px-4 py-6 text-center text-sm text-ink-3">{t('message.previewEmpty')}</p>;
  if (preview.isPending) return <Loading rows={3} />;
  const wrong = preview.error instanceof CrmProblem ? preview.error.errors : [];
  if (wrong.length > 0)
    return (
      <ul role="alert" className="grid gap-1 rounded-md bg-danger-soft px-4 py-3 text-sm text-danger">
        {wrong.map((error) => (
          <li key={`${error.pointer}${error.detail}`}>
            {fieldText(error)} <bdi className="text-ink-2">{error.detail}</bdi>
          </li>
        ))}
      </ul>
    );
  if (preview.isError) return <Failure error={preview.error} retry={() => void preview.refetch()} className="py-4" />;
  const { problem } = preview.data;
  if (problem)
    return (
      <p role="alert" className="rounded-md bg-mango-soft px-4 py-3 text-sm text-mango-ink">
        {t('message.lacks', { variable: nameOf(problem.variable).text })}
      </p>
    );
  return (
    <section aria-label={t('message.preview')} className="grid gap-3 rounded-lg border border-line bg-raised px-5 py-4">
      {preview.data.subject && (
        <h3 className="font-semibold" dir="auto">
          {preview.data.subject}
        </h3>
      )}
      <p className="whitespace-pre-wrap" dir="auto">
        {preview.data.body}
      </p>
    </section>
  );
}
