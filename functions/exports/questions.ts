import type { Response } from '../responses/response.ts';
import type { Question } from '../surveys/logic.ts';
import type { SurveyVersion } from '../surveys/survey.ts';
import { guarded } from './cell.ts';

/** The questions of a survey as columns of a file, and answers as cells in the reader's language. Pure. */

/** A question as it was asked in each version that asks it. */
export type Column = { newest: Question; in: ReadonlyMap<number, Question> };
type Speaking = { language: string; fallback: string };

/** A column for each question that any version asks: those of the newest in its order, then what only older ones asked. */
export function questionsOf(versions: readonly Pick<SurveyVersion, 'number' | 'definition'>[]): Column[] {
  const columns = new Map<string, { newest: Question; in: Map<number, Question> }>();
  for (const { number, definition } of versions.toSorted((a, b) => b.number - a.number))
    for (const question of definition.sections.flatMap(({ questions }) => questions)) {
      const column = columns.get(question.key) ?? { newest: question, in: new Map<number, Question>() };
      columns.set(question.key, column);
      column.in.set(number, question);
    }
  return [...columns.values()];
}

type Titled = { key: string; texts: Readonly<Record<string, { title: string }>> };

/** What a question or option is called: in the reader's language, else in the survey's own, else by its key. */
export const questionTitle = ({ key, texts }: Titled, { language, fallback }: Speaking): string =>
  texts[language]?.title || texts[fallback]?.title || key;

/** What was said to a question: options by their names, numbers as numbers, and nothing that a spreadsheet would calculate. */
export function answerCell(
  asked: Column['in'],
  { answers, surveyVersion }: Pick<Response, 'answers' | 'surveyVersion'>,
  speaking: Speaking,
): string {
  const question = asked.get(surveyVersion);
  const answer = question && Object.hasOwn(answers, question.key) ? answers[question.key] : undefined;
  if (!question || answer === undefined) return '';
  if (typeof answer === 'number') return String(answer);
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  const named = (key: string) => {
    const option = question.options.find((one) => one.key === key);
    return option ? questionTitle(option, speaking) : key;
  };
  if (Array.isArray(answer)) return guarded(answer.map(named).join(', '));
  return guarded(question.kind === 'single' ? named(answer) : answer);
}
