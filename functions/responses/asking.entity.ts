import type { RunKey } from '../runs/run.ts';
import { surveyPartition } from '../surveys/survey.entity.ts';
import type { Action, Item } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';

/**
 * Who asked a survey, beside it: what a response rate counts against.
 * pk T#<tenant>#SVY#<survey>  sk RUN#<campaign>#<occurrence>      a run that asks it; ro: the run whose invitations it goes by
 *                             sk BY#<rule>                        n: how many a rule has asked
 */
export const askingRuns = startingWith('RUN#');
export const askingRules = startingWith('BY#');

export const askingRun = (tenant: string, surveyId: string, run: RunKey & { root: string }): Action => ({
  put: { pk: surveyPartition(tenant, surveyId), sk: `RUN#${run.campaignId}#${run.occurrence}`, ro: run.root },
  guard: { always: 'the same row whoever writes it' },
});

export const askedByRule = (tenant: string, surveyId: string, ruleId: string): Action => ({
  update: { pk: surveyPartition(tenant, surveyId), sk: `BY#${ruleId}` },
  add: { n: 1 },
  guard: { always: 'counted with what asks' },
});

/** The run in a row of one, where it is the first that asked, and no reminder. */
export function firstRun({ sk, ro }: Item): RunKey | undefined {
  const [, campaignId = '', occurrence = ''] = sk.split('#');
  return ro === occurrence ? { campaignId, occurrence } : undefined;
}

export const ruleIn = ({ sk, n }: Item) => ({ key: sk.slice('BY#'.length), reached: Number(n) });
