import type { Ctx } from '../context.ts';
import { CrmError, type FieldError, missing } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { type Action, GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { filteredPage } from '../table/walk.ts';
import { definitionErrors } from './check.ts';
import { surveyDirectory, surveyEntity, surveyRow, surveyVersionEntity } from './survey.entity.ts';
import {
  closed,
  published,
  publishedAsOf,
  reopened,
  type Survey,
  type SurveyInput,
  type SurveyListRow,
  type SurveyPatch,
  type SurveyState,
} from './survey.ts';

const tries = 6;
type Shelf = { limit: number; cursor?: string | undefined; archived: 'true' | 'false'; state?: SurveyState | undefined };
type Change = { fields?: string[]; seen?: number };
/** A survey as it becomes, and what is written beside it. */
type Next = { to: Survey; beside?: Action[] };

/** The surveys of one workspace, for a member's request. */
export const surveyStore = (ctx: Ctx) => {
  const { table, tenant, stamp } = ctx;

  /** 1 R for each 4 KiB of definition. */
  const row = async (id: string): Promise<Item> => (await table.get(surveyEntity.key(tenant, id))) ?? missing();

  const refuse = (survey: Pick<Survey, 'definition' | 'languages' | 'fallbackLanguage'>): void => {
    const { languages, fallbackLanguage } = survey;
    const { fields, redirectOrigins } = ctx.workspace;
    const errors: FieldError[] = definitionErrors(survey.definition, { languages, fallbackLanguage, fields, redirectOrigins });
    if (!languages.includes(fallbackLanguage))
      errors.push({ pointer: '/fallbackLanguage', code: 'unknown_language', detail: 'not a language of this survey' });
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  };

  const change = async (id: string, rule: (survey: Survey) => Next, { fields = [], seen }: Change = {}): Promise<Survey> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const item = await row(id);
      const before = surveyEntity.decode(item);
      if (seen !== undefined) checkFresh(fields, { seen, version: before.version, versions: surveyEntity.fieldVersions(item) });
      const { to, beside = [] } = rule(before);
      if (surveyEntity.changedFields(before, to).length === 0) return before;
      try {
        await table.commit([...surveyEntity.update(tenant, id, { from: item, to }, stamp), ...beside]);
        return { ...to, version: before.version + 1, updatedAt: ctx.iso };
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  return {
    change,
    get: async (id: string): Promise<Survey> => surveyEntity.decode(await row(id)),

    create: async (input: SurveyInput): Promise<Survey> => {
      refuse(input);
      const made = { id: ctx.newId('svy'), ...input, ownerId: ctx.actor.memberId, createdAt: ctx.iso, updatedAt: ctx.iso, version: 1 };
      const survey: Survey = {
        ...{ ...made, state: 'draft', publishedVersion: null, publishedAs: null, publishedAt: null },
        ...{ closedAt: null, openLinks: [], archivedAt: null },
      };
      await table.commit(surveyEntity.create(tenant, survey.id, survey, stamp));
      return survey;
    },

    patch: (id: string, patch: SurveyPatch, seen: number): Promise<Survey> =>
      change(
        id,
        (survey) => {
          if (survey.archivedAt) throw new CrmError('already_archived');
          const to = { ...survey, ...patch };
          if (patch.definition || patch.languages || patch.fallbackLanguage) refuse(to);
          return { to };
        },
        { fields: Object.keys(patch), seen },
      ),

    /** The definition as a version of its own: 4 W where it is a new one. */
    publish: (id: string): Promise<Survey> =>
      change(id, (survey) => {
        refuse(survey);
        const to = published(survey, { as: publishedAsOf(survey), at: ctx.iso });
        const number = to.publishedVersion ?? 1;
        if (number === survey.publishedVersion) return { to };
        const { name, languages, fallbackLanguage, definition } = survey;
        const key = { surveyId: id, number };
        const version = { ...key, name, languages, fallbackLanguage, definition, publishedAt: ctx.iso, version: 1 };
        return { to, beside: surveyVersionEntity.create(tenant, key, version, stamp) };
      }),

    close: (id: string) => change(id, (survey) => ({ to: closed(survey, ctx.iso) })),
    reopen: (id: string) => change(id, (survey) => ({ to: reopened(survey) })),

    archive: (id: string) =>
      change(id, (survey) => {
        if (survey.archivedAt) throw new CrmError('already_archived');
        return { to: { ...survey, archivedAt: ctx.iso } };
      }),
    restore: (id: string) =>
      change(id, (survey) => {
        if (!survey.archivedAt) throw new CrmError('not_archived');
        return { to: { ...survey, archivedAt: null } };
      }),

    /** One page, the newest first. */
    page: async ({ limit, cursor, archived, state }: Shelf) => {
      const expected = { tenant, list: listHash('surveys', archived, state), at: ctx.now };
      const pk = surveyDirectory(tenant, archived === 'true');
      const { data, lastKey, examined } = await filteredPage<SurveyListRow>({
        limit,
        after: await openCursor(cursor, expected),
        read: (atMost, after) => table.query({ index: 'gsi1', pk, newestFirst: true, limit: atMost, after }),
        rowsOf: async (items) => items.map(surveyRow).map((survey) => (!state || survey.state === state ? survey : undefined)),
        keyOf: ({ pk: ownPk, sk, gsi1pk, gsi1sk }) => ({ pk: ownPk, sk, gsi1pk, gsi1sk }),
      });
      const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
      return { data, page: { nextCursor, hasMore: lastKey !== undefined, examined } };
    },
  };
};
