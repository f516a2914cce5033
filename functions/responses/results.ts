import type { Ctx } from '../context.ts';
import { missing } from '../kernel/errors.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { fewestShown, figureOf, movement } from '../surveys/figures.ts';
import { type ScoredKind, scoredKinds } from '../surveys/logic.ts';
import { surveyEntity } from '../surveys/survey.entity.ts';
import type { SurveyVersion } from '../surveys/survey.ts';
import { mainQuestion, noTally, type QuestionTally, type Tally, tallied } from '../surveys/tally.ts';
import { reachedBy } from './asked-by.ts';
import { cutBy, type Group } from './cut.ts';
import { type Read, readResponses, versionsOf } from './read-responses.ts';
import type { ResultsQuery, SurveyResults } from './results-view.ts';

/** A report is a recount: every response read anew, and nothing that is added up on the way. */

type Main = ReturnType<typeof mainQuestion>;

/** 1 R for each 4 KiB of survey and versions, 8 R a version and 0.5 R ten responses; of a cut by segment 0.5 R a customer more. */
export async function resultsOf(ctx: Ctx, surveyId: string, query: ResultsQuery): Promise<SurveyResults> {
  const row = (await ctx.table.get(surveyEntity.key(ctx.tenant, surveyId))) ?? missing();
  const survey = surveyEntity.decode(row);
  const versions = await versionsOf(ctx, survey, query.surveyVersion);
  const { rows, complete } = await readResponses(ctx, versions);
  const isPart = query.surveyVersion !== undefined || query.from !== undefined || query.to !== undefined;
  const reached = isPart ? [] : await reachedBy(ctx, surveyId);
  const newest = versions.at(-1);
  const main = newest && mainQuestion(newest.definition);
  const counted = rows.filter(({ response }) => isWithin(response, query));
  const all = tallyOf(main, counted);
  const cut = await cutBy(ctx, query, counted);
  const invited = reached.reduce((sum, one) => sum + one.reached, 0);
  return {
    asOf: ctx.iso,
    examined: rows.length,
    complete,
    started: all.started,
    completed: all.completed,
    responseRate: isPart ? null : { count: all.ofInvited, of: invited },
    completionRate: { count: all.completed, of: all.started },
    main: main ? { key: main.key, kind: main.kind } : null,
    score: scoreOf(main, all),
    questions: newest ? questionsOf(newest, all) : [],
    groupsComplete: cut.complete,
    groups: groupsOf(main, cut.groups, { reached: new Map(reached.map((one) => [one.key, one.reached])), by: query.by }),
    trend: trendOf(ctx, main, { rows: counted, interval: query.interval }),
  };
}

/** Handed in within the time asked for; whoever has not finished counts by when she began. */
function isWithin({ completedAt, startedAt }: Read['response'], { from, to }: ResultsQuery): boolean {
  const at = completedAt ?? startedAt;
  return (from === undefined || at >= from) && (to === undefined || at < to);
}

function tallyOf(main: Main, rows: readonly Read[]): Tally {
  const tally = noTally(main);
  for (const { response, version } of rows) tallied(tally, response, { definition: version.definition, main });
  return tally;
}

const scoreOf = (main: Main, tally: Tally) => (main ? figureOf(main.kind, tally.score) : null);
const isScored = (kind: string): kind is ScoredKind => (scoredKinds as readonly string[]).includes(kind);

function questionsOf({ definition }: SurveyVersion, tally: Tally): SurveyResults['questions'] {
  const none: QuestionTally = { shown: 0, answered: 0, left: 0, scale: [], options: new Map() };
  return definition.sections.flatMap(({ questions }) =>
    questions.map(({ key, kind, texts, options }) => {
      const at = tally.questions.get(key) ?? none;
      const keys = kind === 'consent' ? ['yes', 'no'] : options.map((option) => option.key);
      const told = at.answered >= fewestShown ? keys.map((option) => ({ key: option, count: at.options.get(option) ?? 0 })) : null;
      return {
        ...{ key, kind, texts, shown: at.shown, answered: at.answered, left: at.left },
        figure: isScored(kind) ? figureOf(kind, at.scale) : null,
        options: keys.length > 0 ? told : null,
      };
    }),
  );
}

type Told = { reached: Map<string, number>; by: ResultsQuery['by'] };

function groupsOf(main: Main, groups: readonly Group[], { reached, by }: Told): SurveyResults['groups'] {
  let before: ReturnType<typeof scoreOf> = null;
  return groups.map(({ key, name, rows }) => {
    const tally = tallyOf(main, rows);
    const score = scoreOf(main, tally);
    const of = by === 'wave' ? reached.get(key) : undefined;
    const moved = by === 'wave' && before && score ? movement(before, score) : null;
    before = score;
    return {
      ...{ key, name, started: tally.started, completed: tally.completed, score, movement: moved },
      responseRate: of === undefined ? null : { count: tally.ofInvited, of },
    };
  });
}

type Trended = { rows: readonly Read[]; interval: ResultsQuery['interval'] };

function trendOf({ workspace }: Pick<Ctx, 'workspace'>, main: Main, { rows, interval }: Trended): SurveyResults['trend'] {
  const done = rows.filter(({ response }) => response.completedAt !== null && response.archivedAt === null);
  const begins = ({ response }: Read) => beginOf(wallAt(Date.parse(response.completedAt as string), workspace.timeZone).on, interval);
  let before: ReturnType<typeof scoreOf> = null;
  return [...Map.groupBy(done, begins)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, part]) => {
      const tally = tallyOf(main, part);
      const score = scoreOf(main, tally);
      const moved = before && score ? movement(before, score) : null;
      before = score;
      return { from, completed: tally.completed, score, movement: moved };
    });
}

const dayMs = 86_400_000;
/** The first day of the day, week (Monday) or month that a date is in. */
export function beginOf(on: string, interval: ResultsQuery['interval']): string {
  if (interval === 'day') return on;
  if (interval === 'month') return `${on.slice(0, 7)}-01`;
  const time = Date.parse(`${on}T00:00:00Z`);
  return new Date(time - ((new Date(time).getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10);
}
