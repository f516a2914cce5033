import { creationPartition, customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import type { Item, Key } from '../table/entity.ts';
import { counterKey } from '../workflows/counter.ts';
import type { Reader } from './matching.ts';
import { type Landmarks, noLandmarks, walkedOn } from './sampling.ts';

/**
 * pk T#<tenant>#CNT  sk LM     derived: ids at even distances in the by-creation index, of which clusters are drawn for an estimate. Ids tell
 * times, and customers come in bursts, so that even distances in time would be anything but even among customers.
 */
const landmarksKey = (tenant: string): Key => ({ pk: counterKey(tenant).pk, sk: 'LM' });

/** Keys that one estimate walks over at most to set landmarks: 13 R a 1,000. What is left, the next one walks over. */
const keysAtOnce = 100_000;
const keysAPage = 5_000;
/** Landmarks are set anew when a tenth has come or gone. */
const drift = 0.1;

export type Ground = {
  landmarks: Landmarks;
  /** Customers there are. */
  total: number;
  /** Whether the landmarks reach to the end of the index as it was. */
  complete: boolean;
};
/** `counted` is what the workspace's counter said when they were set: only how far it has moved since is of use, because it lags. */
type Kept = Omit<Ground, 'total'> & { counted: number };

/** The landmarks of a workspace, set or carried on where they are not there or no longer fit. 1 R where they fit. */
export async function groundOf(reader: Reader): Promise<Ground> {
  const { table, tenant } = reader;
  const [counter, row] = await table.getMany([counterKey(tenant), landmarksKey(tenant)]);
  const counted = Number(counter?.customers ?? 0);
  const before = row && keptIn(row);
  const fits = before?.complete && Math.abs(counted - before.counted) <= drift * before.landmarks.walked;
  const { landmarks, complete, counted: then } = fits ? before : await setLandmarks(reader, { before, counted });
  return { landmarks, complete, total: Math.max(landmarks.ids.length, landmarks.walked + counted - then) };
}

const keptIn = (row: Item): Kept => ({
  landmarks: { ids: row.ids as string[], stride: Number(row.st), walked: Number(row.n), last: (row.la as string | undefined) ?? null },
  complete: row.ok === true,
  counted: Number(row.c),
});

async function setLandmarks(reader: Reader, { before, counted }: { before: Kept | undefined; counted: number }): Promise<Kept> {
  const { table, tenant } = reader;
  const pk = creationPartition(tenant);
  let landmarks = before && !before.complete ? before.landmarks : noLandmarks;
  let complete = false;
  for (let keys = 0; keys < keysAtOnce && !complete; keys += keysAPage) {
    const after = landmarks.last === null ? undefined : creationPosition(tenant, landmarks.last);
    const { items, lastKey } = await table.query({ index: 'gsi3', pk, limit: keysAPage, after });
    landmarks = walkedOn(landmarks, items.map(customerIdOf));
    complete = lastKey === undefined;
  }
  const { ids, stride, walked, last } = landmarks;
  const put = { ...landmarksKey(tenant), ids, st: stride, n: walked, c: counted, ...(last && { la: last }), ...(complete && { ok: true }) };
  await table.commit([{ put, guard: { always: 'derived, and either of two walks will do' } }]);
  return { landmarks, complete, counted };
}

/** Where a walk by creation goes on after this customer. */
export const creationPosition = (tenant: string, customerId: string) => ({
  ...customerEntity.key(tenant, customerId),
  gsi3pk: creationPartition(tenant),
  gsi3sk: customerId,
});
