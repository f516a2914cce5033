import { AlignLeft, Calendar, CheckSquare, CircleDot, Gauge, Hash, ShieldCheck, Smile, Star, ThumbsUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Definition, Question, QuestionKind } from '../../../functions/surveys/logic.ts';
import { currentLanguage, t } from '../i18n/i18n.ts';

/** How surveys read on the screens of the client. */
const icons: Record<QuestionKind, ReactNode> = {
  nps: <ThumbsUp className="size-4" />,
  csat: <Smile className="size-4" />,
  ces: <Gauge className="size-4" />,
  rating: <Star className="size-4" />,
  single: <CircleDot className="size-4" />,
  multiple: <CheckSquare className="size-4" />,
  number: <Hash className="size-4" />,
  date: <Calendar className="size-4" />,
  text: <AlignLeft className="size-4" />,
  consent: <ShieldCheck className="size-4" />,
};
export const kindIcon = (kind: QuestionKind) => icons[kind];

type Titled = { texts: Readonly<Record<string, { title: string | null }>> };

/** The title in a language, else in the survey's own; empty where there is none. */
export const titleOf = ({ texts }: Titled, language: string, fallback: string): string =>
  texts[language]?.title || texts[fallback]?.title || Object.values(texts)[0]?.title || '';

type Speaking = { language: string; fallback: string };

/** The number of a question, and how it begins. */
export function nameOf(definition: Definition, question: Question, { language, fallback }: Speaking): string {
  const number = definition.sections.flatMap(({ questions }) => questions).findIndex(({ key }) => key === question.key) + 1;
  const title = titleOf(question, language, fallback);
  return `${number}. ${title.length > 60 ? `${title.slice(0, 60)}…` : title || t('survey.untitled')}`;
}

/** The number of a part, and its title where it has one. */
export function sectionName({ sections }: Definition, key: string, { language, fallback }: Speaking): string {
  const at = sections.findIndex((section) => section.key === key);
  const section = sections[at];
  const title = section ? titleOf(section, language, fallback) : key;
  return [at >= 0 && t('survey.sectionNumber', { number: at + 1 }), title && `“${title}”`].filter(Boolean).join(' ');
}

export const optionName = ({ options }: Question, key: string, { language, fallback }: Speaking): string => {
  const option = options.find((one) => one.key === key);
  return (option && titleOf(option, language, fallback)) || key;
};

/** The language in which the reader sees a survey's own texts: hers where the survey has it. */
export const readingLanguage = (languages: readonly string[], fallback: string): string =>
  languages.includes(currentLanguage()) ? currentLanguage() : fallback;
