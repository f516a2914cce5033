import { BrokenData, filled, marked } from '../campaigns/template.ts';
import { type Look, lookup } from '../campaigns/variables.ts';
import type { SurveyDefinition } from '../surveys/definition.ts';

/** A survey in one language, with what is known of her set in. Pure. */

type Setting = { languages: readonly string[]; fallbackLanguage: string };

/** The first of the wanted languages that a survey has, by itself or by its main part; else the fallback. */
export function languageFor({ languages, fallbackLanguage }: Setting, wanted: readonly (string | null | undefined)[]): string {
  for (const one of wanted) {
    if (!one) continue;
    const found = languages.find((language) => language === one) ?? languages.find((language) => language === one.split('-')[0]);
    if (found) return found;
  }
  return fallbackLanguage;
}

export type Known = Omit<Look, 'customer' | 'links'> & { customer: Look['customer'] | undefined };

const asIs = (text: string) => text;

/** A text with its variables set in. What is not known of her, and has nothing in its place, leaves nothing: a question is asked all the same. */
function said(source: string, find: ReturnType<typeof lookup> | undefined): string {
  const { text, variables } = marked(source);
  if (variables.length === 0) return source;
  const orNothing = variables.map((variable) => ({ ...variable, fallback: variable.fallback ?? '' }));
  try {
    return filled(text, orNothing, { find: find ?? (() => 'absent'), filling: { escape: asIs, literal: asIs } }).trim();
  } catch (error) {
    if (error instanceof BrokenData)
      return filled(text, orNothing, { find: () => 'absent', filling: { escape: asIs, literal: asIs } }).trim();
    throw error;
  }
}

/** The definition with one text each: that of the language, or of the fallback where it lacks. */
export function inLanguage(
  definition: SurveyDefinition,
  { language, fallbackLanguage }: { language: string; fallbackLanguage: string },
  known: Known,
): SurveyDefinition {
  const { customer, ...rest } = known;
  const find = customer && lookup({ ...rest, customer, links: { unsubscribe: '', preferences: '' } }, language);
  const one = <T extends Record<string, string | null>>(texts: Record<string, T>): Record<string, T> => {
    const text = texts[language] ?? texts[fallbackLanguage];
    if (!text) return {};
    const words = Object.entries(text).map(([name, source]) => [name, source === null ? null : said(source, find)]);
    return { [language]: Object.fromEntries(words) as T };
  };
  return {
    ...definition,
    sections: definition.sections.map((section) => ({
      ...section,
      texts: one(section.texts),
      questions: section.questions.map((question) => ({
        ...question,
        texts: one(question.texts),
        options: question.options.map((option) => ({ ...option, texts: one(option.texts) })),
      })),
    })),
    thanks: { ...definition.thanks, texts: one(definition.thanks.texts) },
  };
}
