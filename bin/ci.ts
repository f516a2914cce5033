import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Runs every suite and check, goes on after a failure, and closes with the total: `N passed, M failed, K skipped`. */
type Counts = { passed: number; failed: number; skipped: number };
type Step = { name: string; command: string[]; report?: { file: string; read: (report: never) => Counts }; env?: Record<string, string> };

const reports = join(import.meta.dirname, '../node_modules/.cache/ci');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const at = (file: string) => join(reports, file);

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };
const vitest = ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }: VitestReport): Counts => ({
  passed: numPassedTests,
  failed: numFailedTests,
  skipped: numPendingTests + numTodoTests,
});
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
/** A test that passed only when it was tried again counts as passed; the reporter has named it as flaky. */
const playwright = ({ stats }: PlaywrightReport): Counts => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
});

const run = (script: string, ...rest: string[]) => ['npm', 'run', '--silent', script, ...(rest.length ? ['--', ...rest] : [])];

const steps: Step[] = [
  {
    name: 'tests',
    // On a busy machine something is late now and then: what passes at the second try is printed as retried.
    command: run('test', '--retry=1', '--reporter=default', '--reporter=json', `--outputFile.json=${at('vitest.json')}`),
    report: { file: at('vitest.json'), read: vitest },
  },
  { name: 'lint', command: run('lint') },
  { name: 'types', command: run('typecheck') },
  { name: 'unused code', command: run('unused') },
  { name: 'licences', command: run('licences') },
  { name: 'bundles', command: run('build:check') },
  { name: 'client', command: run('build:web') },
  { name: 'client budgets', command: run('web:budget') },
  ...['dev', 'staging', 'prod', 'ana'].map((stage) => ({ name: `synth of ${stage}`, command: run('synth', '-c', `stage=${stage}`) })),
  {
    name: 'browser tests',
    command: run('test:e2e', '--reporter=line,json'),
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: at('playwright.json') },
    report: { file: at('playwright.json'), read: playwright },
  },
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const step of steps) {
  const [program = '', ...args] = step.command;
  console.log(`\n=== ${step.name}: ${step.command.join(' ')}`);
  const started = performance.now();
  const { status } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...step.env } });
  const counts = countsOf(step, status === 0);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const seconds = Math.round((performance.now() - started) / 1_000);
  lines.push(
    `${status === 0 ? 'ok    ' : 'FAILED'}  ${step.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`,
  );
}
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A suite counts its tests; a check counts as one. A suite that failed without a failed test counts one failure. */
function countsOf({ report }: Step, ok: boolean): Counts {
  if (!report) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  try {
    const counts = report.read(JSON.parse(readFileSync(report.file, 'utf8')) as never);
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
