import type { CustomField } from '../admin/workspace.ts';
import { placeIn, variableFaults } from '../campaigns/template.ts';
import type { FieldError } from '../kernel/errors.ts';
import type { SurveyDefinition } from './definition.ts';
import { type Condition, end, type Question } from './logic.ts';

/** What is wrong with a survey when it is saved: texts, conditions, and ways that lead in a circle or past a section. Pure. */

const mostQuestions = 60;
const mostBytes = 64 * 1_024;

type Setting = {
  languages: readonly string[];
  fallbackLanguage: string;
  fields: readonly CustomField[];
  redirectOrigins: readonly string[];
};
type Add = (pointer: string, code: string, detail: string) => void;

/** Every fault at once, each with a pointer below `/definition`; nothing for a survey that can be answered. */
export function definitionErrors(definition: SurveyDefinition, setting: Setting): FieldError[] {
  const errors: FieldError[] = [];
  const add: Add = (pointer, code, detail) => errors.push({ pointer: `/definition${pointer}`, code, detail });
  const questions = definition.sections.flatMap(({ questions: own }) => own);
  if (questions.length > mostQuestions) add('/sections', 'too_many', `${mostQuestions} questions at most`);
  if (Buffer.byteLength(JSON.stringify(definition)) > mostBytes) add('', 'too_long', `${mostBytes / 1_024} KiB at most in all`);
  for (const key of repeated(questions.map(({ key: one }) => one))) add('/sections', 'repeated', `two questions have the key ${key}`);
  for (const key of repeated(definition.sections.map(({ key: one }) => one)))
    add('/sections', 'repeated', `two sections have the key ${key}`);
  checkTexts(definition, setting, add);
  for (const [at, section] of definition.sections.entries())
    for (const [place, question] of section.questions.entries()) checkQuestion(question, `/sections/${at}/questions/${place}`, add);
  checkConditions(definition, add);
  if (errors.length === 0) checkWays(definition, add);
  const { redirectUrl } = definition.thanks;
  if (redirectUrl !== null && !setting.redirectOrigins.includes(new URL(redirectUrl).origin))
    add('/thanks/redirectUrl', 'not_allowed', 'an address that the settings of the workspace do not allow');
  return errors;
}

const repeated = (keys: readonly string[]) => [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))];

type Worded = Record<string, Record<string, string | null>>;

function checkTexts({ sections, thanks }: SurveyDefinition, { fallbackLanguage, languages, fields }: Setting, add: Add): void {
  const check = (texts: Worded, pointer: string, isNeeded: boolean) => {
    if (isNeeded && !Object.hasOwn(texts, fallbackLanguage))
      add(`${pointer}/texts`, 'no_fallback', 'there is no text in the fallback language');
    for (const [language, words] of Object.entries(texts)) {
      if (!languages.includes(language)) add(`${pointer}/texts/${language}`, 'unknown_language', 'not a language of this survey');
      for (const [name, source] of Object.entries(words))
        if (source !== null)
          for (const { at, code, detail } of variableFaults(source, fields))
            add(`${pointer}/texts/${language}/${name}`, code, `${placeIn(source, at)}: ${detail}`);
    }
  };
  for (const [at, section] of sections.entries()) {
    check(section.texts, `/sections/${at}`, false);
    for (const [place, question] of section.questions.entries()) {
      check(question.texts, `/sections/${at}/questions/${place}`, true);
      for (const [number, option] of question.options.entries())
        check(option.texts, `/sections/${at}/questions/${place}/options/${number}`, true);
    }
  }
  check(thanks.texts, '/thanks', false);
}

function checkQuestion({ kind, options, min, max, topic }: Question, pointer: string, add: Add): void {
  const isChoice = kind === 'single' || kind === 'multiple';
  if (isChoice !== options.length > 0)
    add(`${pointer}/options`, 'options', isChoice ? 'a choice needs at least one option' : 'only a choice has options');
  for (const key of repeated(options.map(({ key: one }) => one))) add(`${pointer}/options`, 'repeated', `two options have the key ${key}`);
  if ((kind === 'consent') !== (topic !== null))
    add(`${pointer}/topic`, 'topic', kind === 'consent' ? 'a consent says to what' : 'only a consent has a topic');
  const isBounded = kind === 'number' || kind === 'multiple' || kind === 'rating';
  if (!isBounded && (min !== null || max !== null)) add(`${pointer}/max`, 'not_for_kind', 'this kind has bounds of its own');
  if (min !== null && max !== null && min > max) add(`${pointer}/max`, 'out_of_range', 'less than the least');
  if (kind === 'rating' && max !== null && (!Number.isInteger(max) || max < 2 || max > 10))
    add(`${pointer}/max`, 'out_of_range', 'two to ten stars');
  if (
    kind === 'multiple' &&
    [min, max].some((bound) => bound !== null && (!Number.isInteger(bound) || bound < 0 || bound > options.length))
  )
    add(`${pointer}/max`, 'out_of_range', 'as many as there are options at most');
}

/** A condition names questions that come before it, and values that they can have. */
function checkConditions({ sections, jumps }: SurveyDefinition, add: Add): void {
  const known = new Map<string, Question>();
  const all = new Set(sections.flatMap(({ questions }) => questions.map(({ key }) => key)));
  const check = (condition: Condition | null, pointer: string) => {
    for (const { question, is, value } of testsIn(condition)) {
      const asked = known.get(question);
      const fault = asked && valueFault(asked, { is, value });
      if (fault) add(pointer, ...fault);
      else if (!asked && all.has(question)) add(pointer, 'later_question', `${question} is asked later`);
      else if (!asked) add(pointer, 'unknown_question', `there is no question ${question}`);
    }
  };
  for (const [at, section] of sections.entries()) {
    check(section.showIf, `/sections/${at}/showIf`);
    for (const [place, question] of section.questions.entries()) {
      check(question.showIf, `/sections/${at}/questions/${place}/showIf`);
      check(question.requiredIf, `/sections/${at}/questions/${place}/requiredIf`);
      known.set(question.key, question);
      for (const [number, jump] of jumps.entries()) if (jump.after === question.key) check(jump.when, `/jumps/${number}/when`);
    }
  }
  const keys = new Set(sections.map(({ key }) => key));
  for (const [number, { after, to }] of jumps.entries()) {
    if (!all.has(after)) add(`/jumps/${number}/after`, 'unknown_question', `there is no question ${after}`);
    if (to !== end && !keys.has(to)) add(`/jumps/${number}/to`, 'unknown_section', `there is no section ${to}`);
  }
}

type Asked = Extract<Condition, { question: string }>;
function testsIn(condition: Condition | null): Asked[] {
  if (condition === null) return [];
  if ('all' in condition) return condition.all.flatMap(testsIn);
  return 'any' in condition ? condition.any.flatMap(testsIn) : [condition];
}

/** Why a test cannot be made of a question; undefined where it can. */
function valueFault({ kind, options }: Question, { is, value }: Omit<Asked, 'question'>): [code: string, detail: string] | undefined {
  if (is === 'answered') return typeof value === 'boolean' ? undefined : ['wrong_value', 'answered or not: true or false'];
  if (kind === 'single' || kind === 'multiple') {
    if (is === 'atLeast' || is === 'atMost') return ['wrong_test', 'options have no order'];
    return options.some(({ key }) => key === value) ? undefined : ['unknown_option', `there is no option ${String(value)}`];
  }
  if (is === 'includes') return ['wrong_test', 'only a choice includes'];
  const wanted = kind === 'consent' ? 'boolean' : kind === 'text' || kind === 'date' ? 'string' : 'number';
  return typeof value === wanted ? undefined : ['wrong_value', `a ${wanted} is needed`];
}

const always = (condition: Condition | null): boolean => condition === null || ('all' in condition && condition.all.every(always));

/** Where one may go from a section: by its jumps, and on to the next unless a jump that is always taken stands in the way. */
function ways({ sections, jumps }: SurveyDefinition): Map<string, string[]> {
  return new Map(
    sections.map(({ key, questions, showIf }, at) => {
      const next = sections[at + 1]?.key ?? end;
      const targets: string[] = [];
      let isClosed = false;
      for (const question of questions) {
        if (isClosed) break;
        for (const jump of jumps.filter(({ after }) => after === question.key)) {
          targets.push(jump.to);
          isClosed ||= always(jump.when) && question.showIf === null;
          if (isClosed) break;
        }
      }
      return [key, [...new Set(isClosed && showIf === null ? targets : [...targets, next])]];
    }),
  );
}

/** Refuses a way that comes back to a section (`survey_loop`, with the way), and a section that no way leads to. */
function checkWays(definition: SurveyDefinition, add: Add): void {
  const next = ways(definition);
  const first = definition.sections[0]?.key ?? end;
  const done = new Set<string>([end]);
  const circle = (key: string, path: readonly string[]): string[] | undefined => {
    const at = path.indexOf(key);
    if (at >= 0) return [...path.slice(at), key];
    if (done.has(key)) return undefined;
    for (const to of next.get(key) ?? []) {
      const found = circle(to, [...path, key]);
      if (found) return found;
    }
    done.add(key);
    return undefined;
  };
  const found = circle(first, []);
  if (found) add('/jumps', 'survey_loop', `this way leads in a circle: ${found.join(' → ')}`);
  else
    for (const [at, { key }] of definition.sections.entries())
      if (!done.has(key)) add(`/sections/${at}`, 'survey_unreachable', `no way leads to the section ${key}`);
}
