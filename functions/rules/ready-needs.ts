import type { Ctx } from '../context.ts';
import { templateEntity } from '../messages/message.entity.ts';
import { surveyEntity, surveyVersionEntity } from '../surveys/survey.entity.ts';
import { published, publishedAsOf, type Survey } from '../surveys/survey.ts';
import { surveyTemplates } from '../surveys/templates.ts';
import type { Action } from '../table/entity.ts';
import { askingNames, askingText, readySurveyId, readyTextId } from './ready-texts.ts';
import type { Rule } from './rule.ts';

/** What a ready-made rule asks by and the workspace does not have yet: the ids, and what makes it in the rule's own commit. */
export type Needs = { ids: ReadonlySet<string>; actions: Action[] };

/** 0.5 R each text and survey that is named; a text is 6 W, a survey that is out 25 W, both in the transaction. */
export async function readyNeeds(ctx: Ctx, { does }: Pick<Rule, 'does'>): Promise<Needs> {
  const { tenant, table, workspace } = ctx;
  const messages = does.flatMap((effect) => (effect.kind === 'message' ? [effect] : []));
  const names = askingNames.filter((name) => messages.some(({ templateId }) => templateId === readyTextId(tenant, name)));
  const surveys = surveyTemplates().filter(({ key }) => messages.some(({ surveyId }) => surveyId === readySurveyId(workspace, key)));
  const texts = await table.getMany(names.map((name) => templateEntity.key(tenant, readyTextId(tenant, name))));
  const out = await table.getMany(surveys.map(({ key }) => surveyEntity.key(tenant, readySurveyId(workspace, key))));
  const toWrite = names.filter((_, at) => !texts[at]);
  const toAsk = surveys.filter((_, at) => !out[at]);
  return {
    ids: new Set([...toWrite.map((name) => readyTextId(tenant, name)), ...toAsk.map(({ key }) => readySurveyId(workspace, key))]),
    actions: [...toWrite.flatMap((name) => textActions(ctx, name)), ...toAsk.flatMap((template) => surveyActions(ctx, template))],
  };
}

function textActions({ tenant, stamp, iso }: Ctx, name: (typeof askingNames)[number]): Action[] {
  const made = { id: readyTextId(tenant, name), ...askingText(name), archivedAt: null, createdAt: iso, updatedAt: iso, version: 1 };
  return templateEntity.create(tenant, made.id, made, stamp);
}

/** A survey of a template, out in its first version, named in the workspace's language. */
function surveyActions({ tenant, stamp, iso, actor, workspace }: Ctx, template: ReturnType<typeof surveyTemplates>[number]): Action[] {
  const { key, names, languages, fallbackLanguage, coolDownDays, definition } = template;
  const name = names[workspace.language] ?? names[fallbackLanguage] ?? key;
  const draft: Survey = {
    ...{ id: readySurveyId(workspace, key), name, languages, fallbackLanguage, definition, coolDownDays, linkDays: 60, state: 'draft' },
    ...{ publishedVersion: null, publishedAs: null, publishedAt: null, closedAt: null, ownerId: actor.memberId, openLinks: [] },
    ...{ archivedAt: null, createdAt: workspace.createdAt, updatedAt: iso, version: 1 },
  };
  const survey = published(draft, { as: publishedAsOf(draft), at: iso });
  const version = { surveyId: survey.id, number: 1 };
  return [
    ...surveyEntity.create(tenant, survey.id, survey, stamp),
    ...surveyVersionEntity.create(
      tenant,
      version,
      { ...version, name, languages, fallbackLanguage, definition, publishedAt: iso, version: 1 },
      stamp,
    ),
  ];
}
