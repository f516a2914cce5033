import { memberEntity } from '../admin/admin.entity.ts';
import { scopeOf } from '../admin/roles.ts';
import type { Ctx } from '../context.ts';
import { CrmError, type FieldError } from '../kernel/errors.ts';
import { parseWhere } from '../segments/fields.ts';
import { listEntity } from '../segments/list.entity.ts';
import { segmentEntity } from '../segments/segment.entity.ts';
import { findSender } from '../senders/find-sender.ts';
import { workspaceSenderId } from '../senders/sender.ts';
import { surveyEntity } from '../surveys/survey.entity.ts';
import type { AudiencePart, Campaign } from './campaign.ts';

type Reader = Pick<Ctx, 'table' | 'tenant' | 'workspace'>;

/** What a campaign names that is elsewhere: its sender, filters, segments, lists. What is not there is refused at saving, with its place. */
export async function referenceErrors(ctx: Reader, campaign: Campaign): Promise<FieldError[]> {
  return [
    ...(campaign.content?.senderId ? await senderErrors(ctx, campaign) : []),
    ...(await surveyErrors(ctx, campaign)),
    ...(await audienceErrors(ctx, campaign)),
    ...(await callerErrors(ctx, campaign)),
  ];
}

/** Whether the survey that is asked is there. That it is out is asked when it runs. */
async function surveyErrors({ table, tenant }: Reader, { content }: Campaign): Promise<FieldError[]> {
  if (!content || content.surveyId === null) return [];
  const row = await table.get(surveyEntity.key(tenant, content.surveyId));
  const isThere = row !== undefined && surveyEntity.decode(row).archivedAt === null;
  return isThere ? [] : [{ pointer: '/content/surveyId', code: 'not_there', detail: 'there is no such survey' }];
}

/** Whether all to whom calls would fall are active members. 1 R each. */
async function callerErrors({ table, tenant }: Reader, { callList }: Campaign): Promise<FieldError[]> {
  const ids = callList?.memberIds ?? [];
  const rows = await table.getMany(ids.map((id) => memberEntity.key(tenant, id)));
  return ids.flatMap((_, at) => {
    const row = rows[at];
    const member = row && memberEntity.decode(row);
    const pointer = `/callList/memberIds/${at}`;
    if (member?.status !== 'active') return [{ pointer, code: 'no_such_member', detail: 'no such active member' }];
    const logs = scopeOf(member.role, 'interactions', 'write') !== 'none' && scopeOf(member.role, 'followUps', 'write') !== 'none';
    return logs ? [] : [{ pointer, code: 'logs_no_calls', detail: 'the role of this member logs no calls' }];
  });
}

/** Whether the sender is there and proved: the campaign's, else the workspace's choice, else its own at the stage's domain. */
export async function senderErrors(ctx: Reader, { channel, content }: Campaign): Promise<FieldError[]> {
  if (channel !== 'email' || !content) return [];
  const sender = await findSender(ctx, content.senderId ?? ctx.workspace.sending.defaultSenderId ?? workspaceSenderId(ctx.tenant));
  if (sender?.state === 'verified') return [];
  const code = sender ? 'not_verified' : 'no_such_sender';
  return [{ pointer: '/content/senderId', code, detail: sender ? 'it is not proved yet' : 'there is no such sender' }];
}

async function audienceErrors(ctx: Reader, { audience }: Campaign): Promise<FieldError[]> {
  const parts = (['include', 'exclude'] as const).flatMap((side) =>
    audience[side].map((part, at) => ({ part, pointer: `/audience/${side}/${at}` })),
  );
  const rows = await ctx.table.getMany(parts.map(({ part }) => keyOf(ctx.tenant, part)).filter((key) => key !== undefined));
  const there = new Set(rows.flatMap((row) => (row && !row.a ? [`${row.pk} ${row.sk}`] : [])));
  return parts.flatMap(({ part, pointer }) => {
    if ('where' in part) return filterErrors(ctx, part.where, `${pointer}/where`);
    const key = keyOf(ctx.tenant, part);
    const isThere = key !== undefined && there.has(`${key.pk} ${key.sk}`);
    return isThere ? [] : [{ pointer, code: 'not_there', detail: 'there is no such segment or list any more' }];
  });
}

const keyOf = (tenant: string, part: AudiencePart) =>
  'segmentId' in part ? segmentEntity.key(tenant, part.segmentId) : 'listId' in part ? listEntity.key(tenant, part.listId) : undefined;

function filterErrors({ workspace }: Pick<Ctx, 'workspace'>, where: unknown, pointer: string): FieldError[] {
  try {
    parseWhere(where, workspace, pointer);
    return [];
  } catch (error) {
    if (error instanceof CrmError && error.details.errors) return error.details.errors;
    throw error;
  }
}
