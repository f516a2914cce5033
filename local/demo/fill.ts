import { memberIdOf } from '../../functions/kernel/ids.ts';
import { apiOf, inTurn } from './api.ts';
import { type DemoState, readState, writeState } from './demo-state.ts';
import { dropCampaigns, makeCampaigns } from './fill-campaigns.ts';
import { makeCases } from './fill-cases.ts';
import { dropFollowUps, planFollowUps } from './fill-follow-ups.ts';
import { makeForm, openCasesByMail } from './fill-forms.ts';
import { makeList, makeSegments, turnRulesOff, turnRulesOn, turnRulesOnAgain } from './fill-groups.ts';
import { closeTheLoop, dropLoop } from './fill-loop.ts';
import { dropSurveys, makeSurveys, surveyOf } from './fill-surveys.ts';
import { dropThemes } from './fill-themes.ts';
import { type BatchAnswer, batches, describeProblem, type FillReport, nothingYet, type Shelf, type Work } from './fill-work.ts';
import { type DemoWorkspace, demoWorkspaces } from './people.ts';
import type { StoryCustomer } from './people-maker.ts';
import { type Story, type StoryInteraction, story } from './story.ts';

export interface FillOptions {
  baseUrl: string;
  /** An admin's key of each workspace. */
  keys: Record<DemoWorkspace['key'], string>;
  /** Where seed, start and what was made are kept, so that a kill in the middle is made good. */
  dataDir: string;
  /** The product's clock, in ms. */
  now(): number;
  /** A line to show now and then. */
  say(line: string): void;
  /** Stop early, between two requests. */
  signal?: AbortSignal;
  /** Another story than that of Batis, for tests. */
  tell?: typeof story;
}

const seed = 'batis';
const source = 'batis';

function createOf(shelf: Shelf, customer: StoryCustomer) {
  const { record, key, companyKey, ownerSub } = customer;
  const companyId = companyKey ? (shelf.ids.get(companyKey) ?? null) : null;
  return {
    op: 'create',
    body: {
      ...record,
      externalKeys: [{ source, id: key }],
      ownerId: ownerSub && memberIdOf(shelf.tenant, ownerSub),
      ...(record.kind === 'person' && { companyId }),
    },
  };
}

/** Makes customers, or finds those that an earlier attempt made: their external key is the proof. */
async function makeCustomers(work: Work, shelf: Shelf, customers: StoryCustomer[]) {
  await inTurn(batches(customers), { abreast: 2, signal: work.signal }, async (batch) => {
    const operations = batch.map((customer) => createOf(shelf, customer));
    const { data } = await shelf.api.post<BatchAnswer>('/v1/customers/batch', { operations });
    for (const [at, { status, id, problem }] of data.entries()) {
      const made = status < 300 ? id : problem?.code === 'duplicate' ? problem.existing?.[0]?.id : undefined;
      const key = batch[at]!.key;
      if (made) shelf.ids.set(key, made);
      else work.report.failed.push(describeProblem(key, problem));
      if (status < 300) work.report.customers++;
    }
    work.step(batch.length);
  });
}

/** Names the first person of each company as the one to talk to. */
async function nameContacts(work: Work, shelf: Shelf, customers: StoryCustomer[]) {
  const first = new Map(customers.toReversed().flatMap(({ key, companyKey }) => (companyKey ? [[companyKey, key]] : [])));
  const operations = [...first].flatMap(([company, person]) => {
    const [id, mainContactId] = [shelf.ids.get(company), shelf.ids.get(person)];
    return id && mainContactId ? [{ op: 'update', id, body: { mainContactId } }] : [];
  });
  for (const [n, batch] of batches(operations).entries())
    await shelf.api.post('/v1/customers/batch', { operations: batch }, `demo-contacts-${shelf.tenant}-${work.told.start}-${n}`);
}

const inputOf = ({ customerKey, workspace: _, memberSub, ...fields }: StoryInteraction, shelf: Shelf) => ({
  customerId: shelf.ids.get(customerKey)!,
  body: { ...fields, memberId: memberIdOf(shelf.tenant, memberSub) },
});

/** Logs what happened. An id that is there already was logged by an earlier attempt, and is as good. */
async function logInteractions(work: Work, shelf: Shelf, list: StoryInteraction[]) {
  const known = list.filter(({ customerKey }) => shelf.ids.has(customerKey));
  await inTurn(batches(known), { abreast: 3, signal: work.signal }, async (batch) => {
    const operations = batch.map((one) => inputOf(one, shelf));
    const { data } = await shelf.api.post<BatchAnswer>('/v1/interactions/batch', { operations });
    for (const [at, { status, problem }] of data.entries()) {
      if (status < 300) work.report.interactions++;
      else if (problem?.code !== 'duplicate') work.report.failed.push(describeProblem(batch[at]!.id, problem));
    }
    work.step(batch.length);
  });
}

/** Says who permits what; the same said again changes nothing. */
async function recordConsents(work: Work, shelf: Shelf, consents: Story['consents']) {
  await inTurn(
    consents,
    { abreast: 8, signal: work.signal },
    async ({ customerKey, channel, topic, status, source: from, evidence, at }) => {
      const id = shelf.ids.get(customerKey);
      if (id) await shelf.api.put(`/v1/customers/${id}/consents/${channel}/${topic}`, { status, source: from, evidence, at });
      work.report.consents++;
      work.step(1);
    },
  );
}

/** Life cycles after the first: closed and won back. Each key is used once, so that a repetition replays. */
async function moveAlong(work: Work, shelf: Shelf, customers: StoryCustomer[]) {
  for (const { key, moves } of customers) {
    const id = shelf.ids.get(key);
    if (!id || moves.length === 0) continue;
    const { lifecycleReason } = await shelf.api.get<{ lifecycleReason: string | null }>(`/v1/customers/${id}`);
    const done = moves.findIndex((move) => move.reason === lifecycleReason);
    for (const move of moves.slice(done + 1)) await shelf.api.post(`/v1/customers/${id}/lifecycle`, move);
    work.step(moves.length);
  }
}

async function fillWorkspace(work: Work, workspace: DemoWorkspace['key']) {
  const { told } = work;
  const shelf = work.shelves.get(workspace)!;
  const mine = told.customers.filter((customer) => customer.workspace === workspace);
  // What happened in fourteen months is told in a minute: no rule shall take it for today's.
  await turnRulesOff(shelf);
  await makeCustomers(
    work,
    shelf,
    mine.filter(({ record }) => record.kind === 'company'),
  );
  await makeCustomers(
    work,
    shelf,
    mine.filter(({ record }) => record.kind === 'person'),
  );
  await nameContacts(work, shelf, mine);
  await moveAlong(work, shelf, mine);
  const timeline = told.interactions.filter((one) => one.workspace === workspace);
  // The newest first: who looks in while it fills sees today before last year.
  await logInteractions(work, shelf, timeline.toReversed());
  await recordConsents(
    work,
    shelf,
    told.consents.filter((one) => one.workspace === workspace),
  );
}

function workOf(options: FillOptions, told: Story): Work {
  const shelves = new Map(
    demoWorkspaces.map(({ key, tenant }) => [
      key as string,
      { tenant, api: apiOf(options.baseUrl, options.keys[key], options.signal), ids: new Map<string, string>() },
    ]),
  );
  const total = told.customers.length + told.interactions.length + told.consents.length + told.followUps.length;
  let done = 0;
  let shown = 0;
  const step = (count: number) => {
    done += count;
    if (done - shown < total / 10) return;
    shown = done;
    options.say(
      `Demo data: ${Math.min(100, Math.round((100 * done) / total))} % of ${told.customers.length} customers and ${told.interactions.length} interactions`,
    );
  };
  return {
    told,
    shelves,
    step,
    signal: options.signal,
    report: nothingYet(),
  };
}

/** The told ones by key, for links. */
function toldIds(work: Work): Record<string, string> {
  const ids = work.shelves.get('batis')!.ids;
  return Object.fromEntries(
    work.told.customers.filter(({ told }) => told).flatMap(({ key }) => (ids.has(key) ? [[key, ids.get(key)!]] : [])),
  );
}

async function tell(options: FillOptions, state: DemoState): Promise<FillReport> {
  const from = performance.now();
  const work = workOf(options, (options.tell ?? story)(state.seed, new Date(state.start)));
  await fillWorkspace(work, 'batis');
  await fillWorkspace(work, 'sarisari');
  const batis = work.shelves.get('batis')!;
  await planFollowUps(work, batis, options.now());
  options.say('Demo data: segments, a list, rules, cases, campaigns and surveys');
  const segments = await makeSegments(work, batis);
  const listId = await makeList(work, batis);
  await turnRulesOn(work, batis, await surveyOf(batis, 'visit'));
  await turnRulesOnAgain(work.shelves.get('sarisari')!);
  await makeCases(work, batis, { now: options.now(), formId: await makeForm(batis) });
  await openCasesByMail(batis, options.now());
  await makeCampaigns(work, batis, { made: { segments, listId }, now: options.now() });
  await makeSurveys(work, batis, options.now());
  await closeTheLoop(work, batis, options.now());
  work.report.ms = Math.round(performance.now() - from);
  writeState(options.dataDir, { ...state, done: work.report.failed.length === 0, told: toldIds(work) });
  const { customers, interactions, failed, ms } = work.report;
  options.say(`Demo data: ready, ${customers} customers and ${interactions} interactions made in ${(ms / 1000).toFixed(1)} s`);
  if (failed.length) options.say(`Demo data: ${failed.length} refused, the first: ${failed[0]}`);
  return work.report;
}

/**
 * Makes the demo story through the API of the running product. The first start is remembered, so that an attempt after a kill tells the
 * same story on: customers are known by their external keys, interactions by ids of our own, and nothing is ever made twice.
 * Returns undefined where it has been told to the end.
 */
export async function fillDemo(options: FillOptions): Promise<FillReport | undefined> {
  const kept = readState(options.dataDir);
  if (kept?.done) return undefined;
  const state = kept ?? { seed, start: new Date(options.now()).toISOString(), done: false, told: {} };
  if (!kept) writeState(options.dataDir, state);
  return tell(options, state);
}

/** Archives what the story before logged, so that the new telling does not stand beside it. What people logged themselves stays. */
async function putAway(options: FillOptions, told: Story) {
  const work = workOf(options, told);
  for (const [workspace, shelf] of work.shelves) {
    const mine = told.customers.filter((customer) => customer.workspace === workspace);
    await inTurn(mine, { abreast: 8, signal: options.signal }, async ({ key }) => {
      const customer = await shelf.api
        .get<{ id: string; archivedAt: string | null }>(`/v1/customers/by/${source}/${key}`)
        .catch(() => undefined);
      if (!customer) return;
      shelf.ids.set(key, customer.id);
      if (customer.archivedAt) await shelf.api.post(`/v1/customers/${customer.id}/restore`, {});
    });
    if (workspace === 'batis') await dropFollowUps(work, shelf);
    if (workspace === 'batis') await dropCampaigns(work, shelf);
    if (workspace === 'batis') await dropLoop(shelf);
    if (workspace === 'batis') await dropSurveys(shelf);
    if (workspace === 'batis') await dropThemes(shelf);
    const gone = told.interactions.filter((one) => one.workspace === workspace && shelf.ids.has(one.customerKey));
    await inTurn(gone, { abreast: 8, signal: options.signal }, async ({ id, customerKey }) => {
      await shelf.api.remove(`/v1/customers/${shelf.ids.get(customerKey)}/interactions/${id}`).catch(() => {});
    });
  }
}

/** Tells the story anew as of now: the customers stay, the old interactions of the demo are archived, fourteen fresh months take their place. */
export async function refreshDemo(options: FillOptions): Promise<FillReport> {
  const kept = readState(options.dataDir);
  if (kept) {
    options.say('Demo data: putting the old story away');
    await putAway(options, (options.tell ?? story)(kept.seed, new Date(kept.start)));
  }
  const state = { seed, start: new Date(options.now()).toISOString(), done: false, told: {} };
  writeState(options.dataDir, state);
  return tell(options, state);
}
