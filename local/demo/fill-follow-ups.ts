import { memberIdOf } from '../../functions/kernel/ids.ts';
import { allOf } from './api.ts';
import { type BatchAnswer, batches, describeProblem, type Shelf, type Work } from './fill-work.ts';
import type { StoryFollowUp } from './follow-ups.ts';

const inputOf = ({ ownerSub, customerKey, snoozedUntil: _, ...fields }: StoryFollowUp, shelf: Shelf) => {
  const customerId = (customerKey && shelf.ids.get(customerKey)) || null;
  return { ...fields, ownerId: memberIdOf(shelf.tenant, ownerSub), customerId, interactionId: customerId && fields.interactionId };
};

/** Plans what the members are to do, and puts off what is put off. Each request has a key of its own, so that a repetition replays. */
export async function planFollowUps(work: Work, shelf: Shelf, now: number): Promise<void> {
  const list = work.told.followUps;
  for (const [n, batch] of batches(list).entries()) {
    const keyed = (what: string) => `demo-${what}-${shelf.tenant}-${work.told.start}-${n}`;
    const operations = batch.map((one) => ({ op: 'create', body: inputOf(one, shelf) }));
    const { data } = await shelf.api.post<BatchAnswer>('/v1/follow-ups/batch', { operations }, keyed('follow-ups'));
    for (const [at, { status, problem }] of data.entries())
      if (status < 300) work.report.followUps++;
      else work.report.failed.push(describeProblem(batch[at]!.title, problem));
    const snoozed = batch.flatMap(({ snoozedUntil }, at) => {
      const id = data[at]?.id;
      return id && snoozedUntil && Date.parse(snoozedUntil) > now ? [{ op: 'snooze', id, body: { until: snoozedUntil } }] : [];
    });
    if (snoozed.length > 0) await shelf.api.post('/v1/follow-ups/batch', { operations: snoozed }, keyed('snoozed'));
    work.step(batch.length);
  }
}

/** Cancels what the story before planned and nobody has done yet. */
export async function dropFollowUps(work: Work, shelf: Shelf): Promise<void> {
  const nameOf = (ownerId: string, title: string) => `${ownerId} ${title}`;
  const ours = new Set(work.told.followUps.map(({ ownerSub, title }) => nameOf(memberIdOf(shelf.tenant, ownerSub), title)));
  const open = await allOf<{ id: string; ownerId: string; title: string }>(shelf.api, '/v1/follow-ups?scope=all');
  const found = open.flatMap(({ id, ownerId, title }) => (ours.has(nameOf(ownerId, title)) ? [id] : []));
  for (const batch of batches(found))
    await shelf.api.post('/v1/follow-ups/batch', { operations: batch.map((id) => ({ op: 'cancel', id })) });
}
