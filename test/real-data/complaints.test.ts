import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerEntity, customerIdOf } from '../../functions/customers/customer.entity.ts';
import type { ImportDetail } from '../../functions/imports/import.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import type { Item } from '../../functions/table/entity.ts';
import { importer } from '../_util/imports.ts';
import { describeRealData, realFile } from '../_util/real-data.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { startWorld, type World } from '../_util/world.ts';

const file = 'complaints-cfpb.csv';

describeRealData('CFPB: 145 complaints about 68 companies', () => {
  let world: World;
  let workspace: SeededWorkspace;
  let imports: ReturnType<typeof importer>;
  let shown: ImportDetail;

  const rows = (type: string) =>
    world.rows(`T#${workspace.tenant}#CUS#`).filter((row) => row.e === type && row.ttl === undefined) as Item[];
  const companies = () => rows('customer').map((row) => customerEntity.decode(row));
  const complaints = () => rows('interaction').map((row) => interactionEntity.decode(row));
  const records = () => parse(realFile(file), { columns: true }) as Record<string, string>[];

  beforeAll(async () => {
    world = await startWorld();
    workspace = await world.workspace();
    imports = importer(world, workspace.keys.admin);
  });
  afterAll(() => world.stop());

  it('knows the columns, and that these are complaints that came in', async () => {
    shown = await imports.inspected('interactions', file, realFile(file));
    expect(shown.inspection).toMatchObject({ rows: 145, ragged: 0 });
    expect(shown.mapping).toMatchObject({ kind: 'company', defaults: { reason: 'complaint', direction: 'in' } });
    expect(shown.file).toMatchObject({ dateOrder: 'ymd', nullWords: ['n/a'] });
  });

  it('says in the dry run what would be made', async () => {
    shown = await imports.dryRun(shown.id);
    expect(shown.dryRun).toMatchObject({ rows: 145, interactions: 145, companies: 68, failed: 0, create: 213 });
    expect(companies()).toEqual([]);
  });

  it('hangs 145 complaints on the 68 companies that they name', async () => {
    shown = await imports.start(shown.id);
    expect(shown).toMatchObject({ state: 'done', counts: { created: 213 } });
    const byId = new Map(companies().map(({ id, name }) => [id, name]));
    expect(byId.size).toBe(68);
    const said = records().map(({ company, complaint_id }) => `${company} ${complaint_id}`);
    expect(complaints()).toHaveLength(145);
    expect(
      complaints()
        .map(({ customerId }) => byId.get(customerId))
        .sort(),
    ).toEqual(said.map((text) => text.replace(/ \d+$/, '')).sort());
  });

  it('keeps the channels: 101 web, 24 other with the word Referral, 9 call, 9 letter, 2 fax', () => {
    const count = (channel: string) => complaints().filter((one) => one.channel === channel).length;
    expect(Object.fromEntries(['web', 'other', 'call', 'letter', 'fax'].map((channel) => [channel, count(channel)]))).toEqual({
      web: 101,
      other: 24,
      call: 9,
      letter: 9,
      fax: 2,
    });
    expect(
      new Set(
        complaints()
          .filter(({ channel }) => channel === 'other')
          .map(({ sourceWord }) => sourceWord),
      ),
    ).toEqual(new Set(['Referral']));
    expect(complaints().every(({ reason, direction }) => reason === 'complaint' && direction === 'in')).toBe(true);
  });

  it('keeps the dates on which they were received', () => {
    const dates = records()
      .map(({ date_received: date }) => date)
      .sort();
    expect(
      complaints()
        .map(({ occurredAt }) => occurredAt.slice(0, 10))
        .sort(),
    ).toEqual(dates);
  });

  it('shows a complaint in the timeline of its company, unanswered', async () => {
    const equifax = companies().find(({ name }) => name === 'EXPERIAN DELAWARE GP')!;
    const { body } = await world.api(workspace.keys.service, 'GET', `/v1/customers/${equifax.id}/interactions`);
    expect(body.data[0]).toMatchObject({ reason: 'complaint', unanswered: true });
    expect(body.data.every(({ customerId }: { customerId: string }) => customerId === equifax.id)).toBe(true);
  });

  it('changes nothing when the same file is imported again', async () => {
    const before = [companies(), complaints()];
    const second = await imports.start((await imports.inspected('interactions', file, realFile(file))).id);
    expect(second.counts).toEqual({ skipped: 145 });
    expect([companies(), complaints()]).toEqual(before);
  });

  it('leaves nothing but history when it is undone, and imports again', async () => {
    expect(await imports.undo(shown.id)).toMatchObject({ state: 'undone', counts: { undone: 213 } });
    expect([companies(), complaints()]).toEqual([[], []]);
    const again = await imports.start((await imports.inspected('interactions', file, realFile(file))).id);
    expect(again.counts).toEqual({ created: 213 });
  });

  it('hangs complaints on a company that is there by name already', async () => {
    const other = await world.workspace();
    const { body: own } = await world.api(other.keys.admin, 'POST', '/v1/customers', { kind: 'company', name: 'Experian Delaware GP' });
    const theirs = importer(world, other.keys.admin);
    const done = await theirs.start((await theirs.inspected('interactions', file, realFile(file))).id);
    expect(done.counts).toEqual({ created: 212 });
    const { body } = await world.api(other.keys.admin, 'GET', `/v1/customers/${own.id}/interactions`);
    expect(body.data.length).toBeGreaterThan(0);
    expect(customerIdOf({ pk: `T#${other.tenant}#CUS#${own.id}` })).toBe(own.id);
  });

  it('makes 145 cases where the import asks for them: 134 in time and 11 late as their source reports, and none of ours', async () => {
    const other = await world.workspace();
    const api = async (path: string) => (await world.api(other.keys.admin, 'GET', path)).body;
    const theirs = importer(world, other.keys.admin);
    const read = await theirs.inspected('interactions', file, realFile(file));
    const done = await theirs.start((await theirs.change(read, { createCases: true })).id);
    expect(done).toMatchObject({ state: 'done', createCases: true });
    await world.drain();
    const reports: { reportedBySource: { yes: number; no: number } }[] = [];
    for (let year = 2011; year <= 2026; year++)
      reports.push(await api(`/v1/case-report?from=${year}-01-01T00:00:00Z&to=${year}-12-31T23:59:59Z`));
    const sum = (read: (report: (typeof reports)[number]) => number) => reports.reduce((total, report) => total + read(report), 0);
    expect([sum(({ reportedBySource }) => reportedBySource.yes), sum(({ reportedBySource }) => reportedBySource.no)]).toEqual([134, 11]);
    const none = { kept: 0, broken: 0, open: 0 };
    for (const report of reports) expect(report).toMatchObject({ cases: 0, firstResponse: none, resolution: none, complete: true });
    const seen: { number: number; reportedBySource: { timely: string } }[] = [];
    for (let cursor = ''; ; ) {
      const { data, page } = await api(`/v1/cases?state=closed&limit=100${cursor && `&cursor=${cursor}`}`);
      seen.push(...data);
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 145 }, (_, at) => at + 1));
    expect(seen.filter(({ reportedBySource }) => reportedBySource.timely === 'yes')).toHaveLength(134);
    expect(await api('/v1/cases')).toMatchObject({ data: [] });
    await theirs.undo(done.id);
    expect((await api('/v1/cases?state=closed')).data).toEqual([]);
  });
});
