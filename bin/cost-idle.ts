import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { makeStage } from '../lib/crm-stage.ts';
import { type CostLine, idleMonth, total } from '../lib/idle-cost.ts';
import type { Settings } from '../lib/stages.ts';
import { orSay, root, stageArguments } from './stage-command.ts';

/** The idle month of a stage, from templates synthesised here and now; the code of the functions costs nothing. */
export function idleCost(settings: Settings, withFreeTier = !settings.permanent): CostLine[] {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const app = new App({ context: { ...context, '@aws-cdk/core:validateAgainstDefaultRules': false } });
  makeStage(app, { settings, code: () => Code.fromInline('exports.handler = async () => {};') });
  return idleMonth(
    app.synth().stacks.map(({ template }) => template),
    { withFreeTier },
  );
}

/** The lines and their sum as a person reads them. */
export function idleReport({ stage }: { stage: string }, lines: CostLine[]): string {
  const rows = lines.map(
    ({ what, count, usd, how }) =>
      `${what.padEnd(58)}${(count ? count.toLocaleString('en-US') : '').padStart(10)}${`$${usd.toFixed(2)}`.padStart(9)}   ${how}`,
  );
  return [
    `Stage ${stage}, a month in which nobody uses it, at list price:`,
    ...rows,
    `${'together'.padEnd(68)}${`$${total(lines).toFixed(2)}`.padStart(9)}`,
  ].join('\n');
}

/** `npm run cost -- --idle -c stage=prod`; `--no-free-tier` leaves out what an account has free, `--json` prints the lines. */
export function printIdleCost(argv: readonly string[]): void {
  const { settings, rest } = stageArguments(argv.filter((word) => word !== '--idle'));
  const lines = idleCost(settings, rest.includes('--no-free-tier') ? false : undefined);
  console.log(
    rest.includes('--json') ? JSON.stringify({ stage: settings.stage, usd: total(lines), lines }, null, 2) : idleReport(settings, lines),
  );
}

if (import.meta.main) await orSay(() => printIdleCost(process.argv.slice(2)));
