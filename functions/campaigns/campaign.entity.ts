import { isoOf } from '../kernel/clock.ts';
import { timeOf } from '../kernel/ids.ts';
import { dueKey } from '../table/due.ts';
import { defineEntity, type Item, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { Campaign } from './campaign.ts';
import { CampaignRow } from './campaign-views.ts';

const names = {
  name: 'n',
  channel: 'c',
  state: 's',
  pausedBecause: 'pb',
  goal: 'g',
  budget: 'b',
  audience: 'au',
  content: 'co',
  schedule: 'sc',
  reentry: 're',
  onUnknown: 'ou',
  maxLatenessMinutes: 'ml',
  sendAtLocal: 'sl',
  quietHours: 'qh',
  callList: 'cl',
  manualCount: 'mc',
  waves: 'wa',
  authors: 'as',
  approval: 'ap',
  startedAt: 'sa',
  occurredThrough: 'ot',
  nextAt: 'na',
  archivedAt: 'a',
  scheduleKind: 'sk1',
  metric: 'me',
  deadline: 'dl',
} as const;

export const campaignPartition = (tenant: string, id: string) => `T#${tenant}#CMP#${id}`;
export const campaignDirectory = (tenant: string, archived = false) => `T#${tenant}#${archived ? 'CMPARC' : 'CMP'}`;
/** What the last dry run came to; derived, and gone after a day. */
export const dryRunKey = (tenant: string, id: string): Key => ({ pk: campaignPartition(tenant, id), sk: 'DRY' });

export const campaignDue = 'campaign';

const idIn = (key: Pick<Key, 'pk'>) => key.pk.slice(key.pk.lastIndexOf('#') + 1);

/** pk T#<tenant>#CMP#<id>  sk ~                                   the campaign
 *  gsi1 T#<tenant>#CMP     <id>                                  all of them, by creation; T#<tenant>#CMPARC for the archived
 *  gsi5 S#DUE#<0..15>      <nextAt>#<tenant>#campaign#<id>       while a run of it is to come */
export const campaignEntity = defineEntity<Campaign>({
  type: 'campaign',
  schema: Campaign,
  names,
  key: (tenant, id) => ({ pk: campaignPartition(tenant, id), sk: '~' }),
  gsi1: (tenant, campaign) => ({ pk: campaignDirectory(tenant, campaign.archivedAt !== null), sk: campaign.id }),
  gsi5: (tenant, campaign) => (campaign.nextAt ? dueKey({ at: campaign.nextAt, tenant, kind: campaignDue, id: campaign.id }) : null),
  directory: ['name', 'channel', 'state', 'pausedBecause', 'startedAt', 'nextAt', 'archivedAt'],
  directoryExtras: ({ schedule, goal }) => ({ scheduleKind: schedule?.kind, metric: goal?.metric.kind, deadline: goal?.deadline }),
  fromKey: { fields: ['id', 'createdAt'], read: (key) => ({ id: idIn(key), createdAt: isoOf(timeOf(idIn(key))) }) },
});

/** The row that the list shows, from an index entry. */
export function campaignRow(item: Item): CampaignRow {
  const id = idIn(item);
  const none = { pausedBecause: null, startedAt: null, nextAt: null, archivedAt: null, scheduleKind: null, metric: null, deadline: null };
  return CampaignRow.parse({ ...none, ...campaignEntity.directoryOf(item), id, createdAt: isoOf(timeOf(id)) });
}

showsAt('campaign', (item) => `/v1/campaigns/${idIn(item)}`);
