import type { DynamoDBRecord, AttributeValue as StreamValue } from 'aws-lambda';
import { apiKeyEntity, memberEntity, teamEntity, workspaceEntity } from '../admin/admin.entity.ts';
import { campaignEntity } from '../campaigns/campaign.entity.ts';
import { caseEntity } from '../cases/case.entity.ts';
import { themeEntity } from '../cases/theme.entity.ts';
import { consentEntity, customerEntity } from '../customers/customer.entity.ts';
import { followUpEntity } from '../followups/follow-up.entity.ts';
import { formEntity } from '../forms/form.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { mailEntity } from '../mail-in/mail.entity.ts';
import { messageEntity, templateEntity } from '../messages/message.entity.ts';
import { responseEntity } from '../responses/response.entity.ts';
import { ruleEntity } from '../rules/rule.entity.ts';
import { runEntity } from '../runs/run.entity.ts';
import { listEntity } from '../segments/list.entity.ts';
import { segmentEntity } from '../segments/segment.entity.ts';
import { senderEntity } from '../senders/sender.entity.ts';
import { serviceLevelsEntity } from '../service-levels/service-level.entity.ts';
import { suppressionEntity } from '../suppressions/suppression.entity.ts';
import { surveyEntity } from '../surveys/survey.entity.ts';
import { type Attributes, fieldsOf } from '../table/attributes.ts';
import { type Item, tenantOf } from '../table/entity.ts';

/** One change of one source row, as the table's stream tells it: the row before and after. */
export type Change = {
  tenant: string;
  /** The noun. */
  type: string;
  /** Undefined where the row is new. */
  before: Item | undefined;
  /** Undefined where the row has ended: it expired, or was removed. */
  after: Item | undefined;
  /** The image that tells who, when and how. */
  image: Item;
};

/** The nouns whose rows have a history. What is not named here wakes nobody. */
export const sources = {
  customer: customerEntity,
  consent: consentEntity,
  interaction: interactionEntity,
  followUp: followUpEntity,
  case: caseEntity,
  theme: themeEntity,
  form: formEntity,
  serviceLevels: serviceLevelsEntity,
  rule: ruleEntity,
  workspace: workspaceEntity,
  member: memberEntity,
  apiKey: apiKeyEntity,
  team: teamEntity,
  campaign: campaignEntity,
  run: runEntity,
  suppression: suppressionEntity,
  segment: segmentEntity,
  list: listEntity,
  sender: senderEntity,
  mail: mailEntity,
  message: messageEntity,
  messageTemplate: templateEntity,
  survey: surveyEntity,
  response: responseEntity,
} as const;
export type SourceType = keyof typeof sources;
export const isSource = (type: unknown): type is SourceType => typeof type === 'string' && Object.hasOwn(sources, type);

/** Values that history and events never repeat. */
const secret = new Set(['hash', 'sub']);

const itemOf = (image: Record<string, StreamValue> | undefined) => (image ? (fieldsOf(image as Attributes) as Item) : undefined);

/** A row that ended by its own ttl counts as gone from the moment it was written so. */
const alive = (item: Item | undefined) => (item && typeof item.ttl === 'number' && item.ttl * 1_000 <= Number(item.u) ? undefined : item);

/** What a stream record says, or undefined for derived rows and for the sweep of rows that had ended already. */
export function changeOf(record: DynamoDBRecord): Change | undefined {
  const [before, after] = [itemOf(record.dynamodb?.OldImage), itemOf(record.dynamodb?.NewImage)];
  const image = after ?? before;
  if (!image || !isSource(image.e)) return undefined;
  // What was no source row before, as a response that was partial, is new now.
  const known = before && isSource(before.e) ? before : undefined;
  const change = { tenant: tenantOf(image), type: image.e, before: alive(known), after: alive(after), image };
  return change.before || change.after ? change : undefined;
}

/** History, search words and events all ask for the same rows, and to check one by its schema costs more than all else about it. */
const decoded = new WeakMap<Item, Record<string, unknown>>();

/** The noun's row behind an image, as plain fields; made once an image. */
export function rowOf({ type }: Pick<Change, 'type'>, item: Item | undefined): Record<string, unknown> | undefined {
  if (!item || !isSource(type)) return undefined;
  const row = decoded.get(item) ?? (sources[type].decode(item) as Record<string, unknown>);
  decoded.set(item, row);
  return row;
}

/** The version that the change made: each is counted once, under this number. */
export const versionOf = (change: Change) => Number(change.image.v) + (change.after ? 0 : change.image === change.before ? 1 : 0);

/** The id of the row, for whoever reads the history, and of the customer whose it is. */
export function identityOf({ type, image }: Change): { rowId: string; customerId: string | null } {
  const { id, customerId } = isSource(type) ? sources[type].identity(image) : {};
  const rowId = String(id ?? customerId ?? image.pk);
  return { rowId, customerId: customerId ?? (type === 'customer' ? rowId : null) };
}

export type FieldChange = { field: string; from: unknown; to: unknown };
export const unsaid = new Set(['id', 'version', 'updatedAt', 'createdAt', 'via', 'customerId', ...secret]);

/** The fields that changed, with both values; of a new row none, because the row itself has them. */
export function fieldChanges(change: Change): FieldChange[] {
  if (!change.before || !change.after) return [];
  const [before, after] = [rowOf(change, change.before), rowOf(change, change.after)];
  if (!before || !after || !isSource(change.type)) return [];
  const fields = (sources[change.type].changedFields as (from: unknown, to: unknown) => string[])(before, after);
  return fields
    .filter((field) => !unsaid.has(field) || field === 'via')
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }));
}

/** What happened, in one word. */
export function actionOf({ before, after }: Change, changes: FieldChange[]): 'created' | 'changed' | 'archived' | 'restored' | 'removed' {
  if (!before) return 'created';
  if (!after) return 'removed';
  const archiving = changes.find(({ field }) => field === 'archivedAt');
  return archiving ? (archiving.to ? 'archived' : 'restored') : 'changed';
}
