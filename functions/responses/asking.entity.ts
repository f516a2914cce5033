import type { RunKey } from '../runs/run.ts';
import { surveyPartition } from '../surveys/survey.entity.ts';
import type { Action, Item } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';

/**
 * Who asked a survey, beside it: what a response rate counts against.
 * pk T#<tenant>#SVY#<survey>  sk RUN#<campaign>#<occurrence>      a run that asks it; ro: the run whose invitations it goes by
 *                             sk BY#<rule>                        n: how many a rule has asked
 *                             sk CMP#<campaign>                   that a campaign asks it, or has once said so
 */
export const askingRuns = startingWith('RUN#');
export const askingRules = startingWith('BY#');
export const askingCampaigns = startingWith('CMP#');

export const askingRun = (tenant: string, surveyId: string, run: RunKey & { root: string }): Action => ({
  put: { pk: surveyPartition(tenant, surveyId), sk: `RUN#${run.campaignId}#${run.occurrence}`, ro: run.root },
  guard: { always: 'the same row whoever writes it' },
});

export const askedByRule = (tenant: string, surveyId: string, ruleId: string): Action => ({
  update: { pk: surveyPartition(tenant, surveyId), sk: `BY#${ruleId}` },
  add: { n: 1 },
  guard: { always: 'counted with what asks' },
});

/** How many a rule has asked in all, as it is told of a time before there was one. */
export const askedInAll = (tenant: string, surveyId: string, { ruleId, many }: { ruleId: string; many: number }): Action => ({
  put: { pk: surveyPartition(tenant, surveyId), sk: `BY#${ruleId}`, n: many },
  guard: { always: 'the same row whoever writes it' },
});

/** The run in a row of one, where it is the first that asked, and no reminder. */
export function firstRun({ sk, ro }: Item): RunKey | undefined {
  const [, campaignId = '', occurrence = ''] = sk.split('#');
  return ro === occurrence ? { campaignId, occurrence } : undefined;
}

export const ruleIn = ({ sk, n }: Item) => ({ key: sk.slice('BY#'.length), reached: Number(n) });

export const campaignIn = ({ sk }: Item): string => sk.slice('CMP#'.length);

type Asks = { content: { surveyId: string | null } | null; waves: readonly { content: { surveyId: string | null } | null }[] };
/** The surveys that a campaign asks, its reminders too. */
export const surveysOf = ({ content, waves }: Asks): string[] => [
  ...new Set([content, ...waves.map((wave) => wave.content)].flatMap((one) => one?.surveyId ?? [])),
];

/** That a campaign asks what it did not ask before, for the commit that makes it so: 1 W each. The row stays: what was asked was asked. */
export function askingCampaignActions(tenant: string, { id, ...to }: Asks & { id: string }, from?: Asks): Action[] {
  const before = new Set(from ? surveysOf(from) : []);
  const guard = { always: 'the same row whoever writes it' };
  return surveysOf(to)
    .filter((surveyId) => !before.has(surveyId))
    .map((surveyId) => ({ put: { pk: surveyPartition(tenant, surveyId), sk: `CMP#${id}` }, guard }));
}
