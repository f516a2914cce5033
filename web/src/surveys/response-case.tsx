import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Definition } from '../../../functions/surveys/logic.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import type { Survey, SurveyResponse } from './queries.ts';

const NewCase = lazy(() => import('../cases/new-case.tsx').then(({ NewCase }) => ({ default: NewCase })));

const longest = 120;
type Asked = Pick<Survey, 'name' | 'definition'>;

/** The first line of what she said in her own words. */
function wordsOf({ definition }: Asked, { answers }: SurveyResponse): string | undefined {
  const texts = (definition as Definition).sections.flatMap(({ questions }) => questions).filter(({ kind }) => kind === 'text');
  const said = texts.map(({ key }) => answers[key]).find((answer): answer is string => typeof answer === 'string');
  const [line = ''] = said?.trim().split('\n') ?? [];
  return line.length > longest ? `${line.slice(0, longest)}…` : line || undefined;
}

/** The case that was opened of an answer, or the way to open one: it begins with her words as they are on her timeline. */
export function CaseOf({ survey, response }: { survey: Asked; response: SurveyResponse }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const [opening, setOpening] = useState(false);
  const { customer, entry } = response;
  if (!customer || !entry) return null;
  if (entry.caseId)
    return can.any('cases', 'read') ? (
      <Link to="/cases/$id" params={{ id: entry.caseId }} className={buttonClass('soft')}>
        <Inbox className="size-4" aria-hidden /> {t('case.goTo')}
      </Link>
    ) : null;
  if (!can.any('cases', 'write') || response.archivedAt) return null;
  const close = () => {
    setOpening(false);
    void queryClient.invalidateQueries({ queryKey: ['surveys', response.surveyId, 'responses'] });
    void queryClient.invalidateQueries({ queryKey: ['customer', customer.id, 'responses'] });
  };
  return (
    <>
      <Button onClick={() => setOpening(true)}>
        <Inbox className="size-4" aria-hidden /> {t('case.begin')}
      </Button>
      {opening && (
        <Suspense>
          <NewCase
            customer={customer}
            interaction={{ id: entry.interactionId, subject: wordsOf(survey, response) ?? survey.name, reason: 'feedback' }}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}
