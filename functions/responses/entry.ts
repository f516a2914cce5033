import { Interaction } from '../interactions/interaction.ts';
import { ulidAt } from '../kernel/ids.ts';
import type { SurveyVersion } from '../surveys/survey.ts';
import type { Response } from './response.ts';
import { chanceOf } from './response-lists.entity.ts';

/** What an answer is on the timeline of whoever gave it: her words, with what she was asked. The same whoever logs it. Pure. */
const mostWords = 10_000;

type Placed = Pick<Response, 'id' | 'customerId' | 'completedAt'>;

/** Where on whose timeline it stands; undefined where it was not handed in, or nobody knows by whom. */
export const entryKeyOf = ({ id, customerId, completedAt }: Placed): { customerId: string; id: string } | undefined =>
  customerId !== null && completedAt !== null ? { customerId, id: `int_${ulidAt(Date.parse(completedAt), chanceOf(id))}` } : undefined;

export function entryOf(response: Response, version: SurveyVersion): Interaction | undefined {
  const key = entryKeyOf(response);
  if (!key) return undefined;
  const words = verbatimsOf(response, version).map(({ title, text }) => `${title}\n${text}`);
  const { score, channel, source } = response;
  return Interaction.parse({
    ...key,
    channel: channel === 'phone' || channel === 'call' ? 'call' : 'web',
    direction: 'in',
    reason: 'feedback',
    outcome: 'answered',
    subject: `${version.name}${score ? `: ${score.value}` : ''}`.slice(0, 200),
    body: words.join('\n\n').slice(0, mostWords) || null,
    occurredAt: response.completedAt,
    memberId: source.kind === 'member' ? source.memberId : null,
    responseId: response.id,
    caseId: response.caseId,
    version: 1,
  });
}

/** What was said in free text, with what was asked, in the language of the answers. */
function verbatimsOf({ answers, language }: Pick<Response, 'answers' | 'language'>, { definition, fallbackLanguage }: SurveyVersion) {
  return definition.sections.flatMap(({ questions }) =>
    questions.flatMap(({ key, kind, texts }) => {
      const text = kind === 'text' ? answers[key] : undefined;
      const title = (texts[language] ?? texts[fallbackLanguage])?.title ?? key;
      return typeof text === 'string' ? [{ question: key, title, text }] : [];
    }),
  );
}
