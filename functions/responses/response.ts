import * as z from 'zod';
import { CustomerId, MemberId } from '../customers/customer.ts';
import { InteractionId } from '../interactions/interaction.ts';
import { alphabet } from '../kernel/ids.ts';
import { idOf, Language, StoredInstant, text } from '../kernel/values.ts';
import { Answers, QuestionKey } from '../surveys/definition.ts';
import { bandOf, bands, type Definition, scoredKinds, scoreOf } from '../surveys/logic.ts';
import { SurveyId } from '../surveys/survey.ts';
import { InvitationChannel, Source } from './invitation.ts';

/** The response: the form as it is filled in, partial until it is completed. Its key is its invitation, so that there is no second one. Pure. */
/** It says where the response is: `rsp_<its survey's ULID>_<version>_<its invitation's ULID>`. */
export const ResponseId = z.string().regex(new RegExp(`^rsp_[${alphabet}]{26}_[1-9]\\d{0,3}_[${alphabet}]{26}$`), 'the id of a response');

export const Score = z.strictObject({ question: QuestionKey, kind: z.enum(scoredKinds), value: z.number() }).meta({ id: 'ResponseScore' });

export const Response = z
  .strictObject({
    id: ResponseId,
    surveyId: SurveyId,
    surveyVersion: z.int().positive(),
    customerId: CustomerId.nullable().default(null),
    /** Whose customer she was when she completed it. */
    ownerId: MemberId.nullable().default(null),
    /** The case that she was asked about. */
    caseId: idOf('cas').nullable().default(null),
    source: Source,
    channel: InvitationChannel,
    language: Language,
    answers: Answers.default({}),
    /** The questions that were on her screen. */
    shown: z.array(QuestionKey).max(60).default([]),
    score: Score.nullable().default(null),
    band: z.enum(bands).nullable().default(null),
    startedAt: StoredInstant,
    completedAt: StoredInstant.nullable().default(null),
    tags: z.array(text(40)).max(20).default([]),
    themeId: idOf('thm').nullable().default(null),
    archivedAt: StoredInstant.nullable().default(null),
    version: z.int().positive(),
  })
  .meta({ id: 'ResponseRow' });
export type Response = z.output<typeof Response>;

/** What she has said so far, as the page sends it. `rev` is that of the answers that it knows, 0 before the first. */
export const AnswersInput = z
  .strictObject({
    rev: z.int().min(0).max(1_000_000),
    language: Language,
    answers: Answers,
    shown: z.array(QuestionKey).max(60).default([]),
  })
  .meta({ id: 'SurveyAnswersInput' });
export type AnswersInput = z.output<typeof AnswersInput>;

/** A response with what was said since; the questions that were shown only become more. */
export function answered(response: Response, { language, answers, shown }: AnswersInput): Response {
  return { ...response, language, answers, shown: [...new Set([...response.shown, ...shown])] };
}

/** Handed in: counted by its score from now on. Every question on the way was shown, whether the page said so or not. */
export function completed(response: Response, definition: Definition, { at, ownerId }: { at: string; ownerId: string | null }): Response {
  const score = scoreOf(definition, response.answers);
  const shown = [...new Set([...response.shown, ...Object.keys(response.answers)])];
  return { ...response, shown, score, band: score && bandOf(score), completedAt: at, ownerId };
}

/** By which run or rule she was asked; whoever was not is in no wave. */
export function waveOf({ source }: Pick<Response, 'source'>): string {
  if (source.kind === 'campaign') return `${source.campaignId}#${source.occurrence}`;
  return source.kind === 'rule' ? source.ruleId : '-';
}

/** What members change of a response: how it is sorted, never what was said. */
export const ResponsePatch = z
  .strictObject({ tags: z.array(text(40)).max(20), themeId: idOf('thm').nullable() })
  .partial()
  .meta({ id: 'ResponsePatch' });
export type ResponsePatch = z.output<typeof ResponsePatch>;

/** A response as members see it; of a customer beyond the caller's reach without who she is. */
export const ResponseView = Response.extend({
  customer: z.strictObject({ id: CustomerId, name: z.string() }).nullable(),
  /** Where it stands on her timeline, and the case that was opened of it; null before it is there, and where the caller does not see it. */
  entry: z.strictObject({ interactionId: InteractionId, caseId: idOf('cas').nullable() }).nullable(),
}).meta({
  id: 'SurveyResponse',
});
export type ResponseView = z.output<typeof ResponseView>;
