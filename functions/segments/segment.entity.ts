import { defineEntity } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { startingWith } from '../table/ranges.ts';
import { Segment } from './segment.ts';

const names = {
  name: 'n',
  description: 'ds',
  where: 'w',
  shared: 'sh',
  ownerId: 'o',
  archivedAt: 'a',
  createdAt: 'ca',
} as const;

/** The segments of their partition, which holds their history too. */
export const segmentRange = startingWith('seg_');
export const segmentPartition = (tenant: string) => `T#${tenant}#SEG`;

/** pk T#<tenant>#SEG  sk <segment>     a stored filter; the newest last */
export const segmentEntity = defineEntity<Segment>({
  type: 'segment',
  schema: Segment,
  names,
  key: (tenant, id) => ({ pk: segmentPartition(tenant), sk: id }),
  fromKey: { fields: ['id'], read: ({ sk }) => ({ id: sk }) },
});

showsAt('segment', ({ sk }) => `/v1/segments/${sk}`);
