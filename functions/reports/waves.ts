import { type Campaign, recipientsOf } from '../campaigns/campaign.ts';
import type { Planned } from '../responses/by-run.ts';
import { runEntity } from '../runs/run.entity.ts';
import { type Run, type RunKey, shardOf } from '../runs/run.ts';
import { sendEntity } from '../runs/send.entity.ts';
import type { Send } from '../runs/send.ts';
import { type Reader, readMany } from '../segments/matching.ts';
import { conversionsOf } from './conversions.ts';

/** A wave goes to people whom an earlier run has written to: what that run counts already is not counted again over both. */

export const clickedWithin = ({ clickedAt, sentAt }: Send, days: number) =>
  clickedAt !== null && sentAt !== null && Date.parse(clickedAt) <= Date.parse(sentAt) + days * 86_400_000;

/** The runs that an occurrence is a wave of, the nearest first. */
function earlierOccurrences(campaign: Campaign, occurrence: string): string[] {
  const found: string[] = [];
  let whom = recipientsOf(campaign, occurrence);
  while ('of' in whom && !found.includes(whom.of)) {
    found.push(whom.of);
    whom = recipientsOf(campaign, whom.of);
  }
  return found;
}

/** The messages of an earlier run to the same addresses. 0.5 R each. */
async function sameIn(reader: Reader, key: RunKey, sends: readonly Send[]): Promise<Send[]> {
  const item = await reader.table.get(runEntity.key(reader.tenant, key));
  if (!item) return [];
  const { shards } = runEntity.decode(item);
  const places = sends.map(({ channel, hash }) => ({ run: key, shard: shardOf(hash, shards), channel, hash }));
  const rows = await readMany(
    reader,
    places.map((place) => sendEntity.key(reader.tenant, place)),
  );
  return rows.flatMap((row) => (row ? [sendEntity.decode(row)] : []));
}

/** Of the customers of a wave's messages, those who reached the goal within the days of an earlier run. None for a run that is no wave. */
export async function convertedBefore(
  reader: Reader,
  { run, campaign, planned }: { run: Run; campaign: Campaign; planned: Planned | null },
  sends: readonly Send[],
): Promise<Set<string>> {
  const { goal } = campaign;
  const met = new Set<string>();
  if (!goal) return met;
  for (const occurrence of earlierOccurrences(campaign, run.occurrence)) {
    const earlier = await sameIn(reader, { campaignId: run.campaignId, occurrence }, sends);
    const spans = earlier.flatMap(({ customerId, sentAt }) => (sentAt ? [{ customerId, from: Date.parse(sentAt) }] : []));
    const reached =
      goal.metric.kind === 'clicked'
        ? earlier.filter((send) => clickedWithin(send, goal.withinDays)).map(({ customerId }) => customerId)
        : await conversionsOf(reader, { ...goal, planned }, spans);
    for (const customerId of reached) met.add(customerId);
  }
  return met;
}
