import { expect, it } from 'vitest';
import { permanentStages } from '../../lib/stages.ts';
import { synthesised } from './synthesised.ts';

/** cdk-nag's packs AwsSolutions and Serverless, and CloudFormation's own rules: an error throws at synthesis. */
const settings: Record<string, Record<string, string>> = {
  ana: {},
  prod: {
    domain: 'crm.example.com',
    mailFrom: 'hello@example.com',
    alarmEmail: 'ops@example.com',
    receiptRules: 'suki',
    smsOrigin: 'pool-0123456789',
  },
};

for (const [stage, given] of Object.entries(settings))
  it(`${stage} has no finding that is not acknowledged with a reason`, () => {
    expect(() => synthesised(stage, given, { checked: true })).not.toThrow();
  }, 60_000);

it('covers a permanent stage and a personal one', () => {
  expect(Object.keys(settings).filter((stage) => permanentStages.includes(stage))).toEqual(['prod']);
});
