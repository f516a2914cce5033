import type { Ctx } from '../context.ts';
import { CrmError, invalid } from '../kernel/errors.ts';
import { surveyEntity } from '../surveys/survey.entity.ts';
import { isOpen } from '../surveys/survey.ts';
import { inviteAction } from './invite.ts';

/** A link that a member asks for: to fill the form in on the phone, or to give to her. 2 R, 1 W. */
export async function inviteCustomer(ctx: Ctx, customerId: string, { surveyId, channel }: { surveyId: string; channel: 'phone' | 'link' }) {
  const { table, tenant, actor } = ctx;
  await ctx.interactions.writable(customerId, 'write');
  const row = await table.get(surveyEntity.key(tenant, surveyId));
  const survey = row && surveyEntity.decode(row);
  if (!survey) throw invalid('/surveyId', 'no_such_survey', 'no such survey');
  if (!isOpen(survey) || survey.publishedVersion === null) throw new CrmError('survey_closed');
  const { url, action } = await inviteAction(ctx, {
    ...{ id: ctx.newId('inv'), surveyId, surveyVersion: survey.publishedVersion, customerId, channel },
    source: { kind: 'member', memberId: actor.memberId },
    linkDays: survey.linkDays,
  });
  await table.commit([action]);
  return { url, expiresAt: new Date(ctx.now + survey.linkDays * 86_400_000).toISOString() };
}
