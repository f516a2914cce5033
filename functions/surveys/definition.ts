import * as z from 'zod';
import { Language, StoredNumber, text } from '../kernel/values.ts';
import { longestText, questionKinds, tests } from './logic.ts';

/** What a survey asks, as it is written. Schema; pure. What follows from it is in `logic.ts`, what is wrong with it in `check.ts`. */
const reserved = new Set(['constructor', 'prototype', 'end']);
/** A key of a question, a section or an option: answers are kept by it. */
const Key = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'a small letter, then small letters, digits, - or _')
  .refine((key) => !reserved.has(key), { error: 'this word is reserved' });
export const QuestionKey = Key;

const inLanguages = <T extends z.ZodType>(words: T) => z.record(Language, words);

const Test = z.strictObject({
  question: Key,
  is: z.enum(tests),
  value: z.union([z.string().max(200), StoredNumber, z.boolean()]).default(true),
});
/** AND and OR, in groups of groups. */
const Inner = z.union([Test, z.strictObject({ all: z.array(Test).max(10) }), z.strictObject({ any: z.array(Test).max(10) })]);
export const Condition = z
  .union([Test, z.strictObject({ all: z.array(Inner).max(10) }), z.strictObject({ any: z.array(Inner).max(10) })])
  .meta({ id: 'SurveyCondition' });

const condition = Condition.nullable().default(null);

export const Question = z
  .strictObject({
    key: Key,
    kind: z.enum(questionKinds),
    texts: inLanguages(z.strictObject({ title: text(300), help: text(500).nullable().default(null) })),
    /** Of a choice. */
    options: z
      .array(z.strictObject({ key: Key, texts: inLanguages(z.strictObject({ title: text(200) })) }))
      .max(30)
      .default([]),
    /** Bounds of a number; of a multiple choice how many options; `max` of a rating its stars, 5 where it is absent. */
    min: z.number().min(-1e9).max(1e9).nullable().default(null),
    max: z.number().min(-1e9).max(1e9).nullable().default(null),
    required: z.boolean().default(false),
    requiredIf: condition,
    showIf: condition,
    topic: z
      .strictObject({ channel: z.enum(['email', 'sms', 'call', 'letter', 'chat']), topic: text(40).regex(/^[^#]*$/, 'a topic without #') })
      .nullable()
      .default(null),
  })
  .meta({ id: 'SurveyQuestion' });

export const SurveyDefinition = z
  .strictObject({
    sections: z
      .array(
        z.strictObject({
          key: Key,
          texts: inLanguages(z.strictObject({ title: text(200).nullable().default(null) })).default({}),
          questions: z.array(Question).min(1).max(30),
          showIf: condition,
        }),
      )
      .min(1)
      .max(20),
    jumps: z
      .array(z.strictObject({ after: Key, when: Condition, to: z.union([Key, z.literal('end')]) }))
      .max(30)
      .default([]),
    thanks: z
      .strictObject({
        texts: inLanguages(z.strictObject({ title: text(200), body: text(2_000).nullable().default(null) })).default({}),
        /** Where the page leads afterwards: of an origin that the workspace's settings allow. */
        redirectUrl: z
          .url({ protocol: /^https$/ })
          .max(500)
          .nullable()
          .default(null),
      })
      .prefault({}),
  })
  .meta({ id: 'SurveyDefinition' });
export type SurveyDefinition = z.output<typeof SurveyDefinition>;

/** Answers by the keys of their questions. Which are fitting, `logic.ts` says. */
export const Answers = z
  .record(Key, z.union([z.string().max(longestText), StoredNumber, z.boolean(), z.array(z.string().max(40)).max(30)]))
  .meta({ id: 'SurveyAnswers' });
