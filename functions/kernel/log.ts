import { env } from './env.ts';

/** Structured log lines and metrics, as CloudWatch reads them from standard output. No personal data: ids, codes, counts and times only. */
const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type Level = Exclude<(typeof levels)[number], 'silent'>;
export type Fields = Record<string, string | number | boolean | null | undefined>;

const write = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`);

export const log = (level: Level, message: string, fields: Fields = {}) => {
  if (levels.indexOf(level) < levels.indexOf(env().LOG_LEVEL)) return;
  write({ level, message, ...fields });
};

/** What an error may say to the log: its name, message and stack, without the values an SDK error may carry. */
export const errorFields = (error: unknown): Fields =>
  error instanceof Error
    ? { error: error.name, reason: error.message.slice(0, 500), stack: error.stack?.slice(0, 2_000) }
    : { error: 'thrown', reason: String(error).slice(0, 200) };

export type Unit = 'Count' | 'Milliseconds' | 'Bytes';

/** One metric by CloudWatch's embedded format: no call, no cost beyond the line. */
export const metric = (name: string, value: number, { unit = 'Count', ...dimensions }: { unit?: Unit } & Record<string, string> = {}) => {
  if (env().LOG_LEVEL === 'silent') return;
  const names = Object.keys(dimensions);
  write({
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'Suki', Dimensions: [names], Metrics: [{ Name: name, Unit: unit }] }] },
    ...dimensions,
    [name]: value,
  });
};
