import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { CrmError } from '../kernel/errors.ts';
import { hashOf } from '../kernel/ids.ts';
import { ordered } from '../kernel/ordered.ts';
import { idOf, Language, StoredInstant, text } from '../kernel/values.ts';
import { SurveyDefinition } from './definition.ts';

/** The survey: what is asked, in which languages, and which version of it is out. Schemas and state machine; pure. */
export const SurveyId = idOf('svy');
export const OpenLinkId = idOf('opl');

export const surveyStates = ['draft', 'published', 'closed'] as const;
export const SurveyState = z.enum(surveyStates);
export type SurveyState = z.output<typeof SurveyState>;

const said = {
  name: text(120),
  languages: z
    .array(Language)
    .min(1)
    .max(10)
    .refine((languages) => new Set(languages).size === languages.length, { error: 'said twice' }),
  /** Of whoever's language is not among them. */
  fallbackLanguage: Language,
  definition: SurveyDefinition,
  /** Nobody is invited who was invited to any survey within so many days. */
  coolDownDays: z.int().min(0).max(365),
  /** So long an invitation is good. */
  linkDays: z.int().min(1).max(365),
};

/** A link that anybody may answer by, as often as it is opened: on a counter, a receipt, a site. */
export const OpenLink = z.strictObject({
  id: OpenLinkId,
  name: text(80),
  createdAt: StoredInstant,
  closedAt: StoredInstant.nullable().default(null),
});
export type OpenLink = z.output<typeof OpenLink>;
export const mostOpenLinks = 20;
/** With its address and the same as a QR code (SVG). */
export const OpenLinkView = OpenLink.extend({ url: z.string().nullable(), qr: z.string().nullable() }).meta({ id: 'SurveyLink' });
export type OpenLinkView = z.output<typeof OpenLinkView>;

export const Survey = z
  .strictObject({
    id: SurveyId,
    ...said,
    state: SurveyState,
    /** The newest version that was published; what is out keeps its own. */
    publishedVersion: z.int().positive().nullable().default(null),
    /** Of the definition that was published last, so that one that differs from it is known. */
    publishedAs: z.string().max(22).nullable().default(null),
    publishedAt: StoredInstant.nullable().default(null),
    closedAt: StoredInstant.nullable().default(null),
    ownerId: MemberId.nullable().default(null),
    openLinks: z.array(OpenLink).max(mostOpenLinks).default([]),
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'SurveyRow' });
export type Survey = z.output<typeof Survey>;

/** A version as it was published: never changed. */
export const SurveyVersion = z
  .strictObject({
    surveyId: SurveyId,
    number: z.int().positive(),
    ...said,
    publishedAt: StoredInstant,
    version: z.int().positive(),
  })
  .omit({ coolDownDays: true, linkDays: true });
export type SurveyVersion = z.output<typeof SurveyVersion>;

export const SurveyInput = z
  .strictObject({
    ...said,
    coolDownDays: said.coolDownDays.default(30),
    linkDays: said.linkDays.default(60),
  })
  .meta({ id: 'SurveyInput' });
export type SurveyInput = z.output<typeof SurveyInput>;
/** A merge patch; languages and definition are replaced whole. */
export const SurveyPatch = z.strictObject(said).partial().meta({ id: 'SurveyPatch' });
export type SurveyPatch = z.output<typeof SurveyPatch>;

export const SurveyView = Survey.omit({ publishedAs: true, openLinks: true })
  .extend({
    /** Whether the definition differs from the version that is out. */
    unpublished: z.boolean(),
  })
  .meta({ id: 'Survey' });
export type SurveyView = z.output<typeof SurveyView>;

/** The row of the list. */
export const SurveyListRow = Survey.pick({
  id: true,
  name: true,
  state: true,
  publishedVersion: true,
  publishedAt: true,
  archivedAt: true,
  createdAt: true,
})
  .extend({ languages: z.array(z.string()), questions: z.int().nonnegative() })
  .meta({ id: 'SurveyListRow' });
export type SurveyListRow = z.output<typeof SurveyListRow>;

const wrong = (survey: Survey, to: SurveyState): never => {
  throw new CrmError('wrong_state', { from: survey.state, to });
};

/** The definition goes out as a version of its own; one that is out already is not published again. `as` stands for what is said. */
export function published(survey: Survey, { as, at }: { as: string; at: string }): Survey {
  if (survey.archivedAt) throw new CrmError('already_archived');
  if (survey.state === 'published' && survey.publishedAs === as) return survey;
  const publishedVersion = survey.publishedAs === as ? survey.publishedVersion : (survey.publishedVersion ?? 0) + 1;
  return { ...survey, state: 'published', publishedVersion, publishedAs: as, publishedAt: at, closedAt: null };
}

/** No answer is taken any more. */
export const closed = (survey: Survey, at: string): Survey =>
  survey.state === 'published' ? { ...survey, state: 'closed', closedAt: at } : wrong(survey, 'closed');

export const reopened = (survey: Survey): Survey =>
  survey.state === 'closed' && !survey.archivedAt ? { ...survey, state: 'published', closedAt: null } : wrong(survey, 'published');

/** Whether answers are taken. */
export const isOpen = ({ state, archivedAt }: Pick<Survey, 'state' | 'archivedAt'>) => state === 'published' && archivedAt === null;

/** The hash of all that a respondent sees: a change of it is a new version. */
export const publishedAsOf = ({ definition, languages, fallbackLanguage }: Pick<Survey, 'definition' | 'languages' | 'fallbackLanguage'>) =>
  hashOf(JSON.stringify(ordered({ definition, languages, fallbackLanguage })), 22);

export function shownSurvey({ publishedAs, openLinks: _, ...survey }: Survey): SurveyView {
  return { ...survey, unpublished: publishedAs === null || publishedAs !== publishedAsOf(survey) };
}
