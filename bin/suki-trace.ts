import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { HistoryEntry } from '../functions/kernel/history.ts';
import { type Call, caller, localProduct, targetOf } from './suki-client.ts';

export const traceHelp = `  suki trace REQUEST         what a request did: its log lines in their order, then every change that names it
                             (REQUEST stands in each answer's X-Request-Id, in problems, history and audit; of a job it is the job's id)`;

const options = { url: { type: 'string' }, key: { type: 'string' } } as const;
/** Pages of the audit that are walked, each over at most 1,000 changes. */
const mostPages = 50;

type Found = { changes: HistoryEntry[]; isAll: boolean };

/** Prints what a request left behind. Answers the exit code: 1 where nothing names it. */
export async function trace(args: string[], say: (line: string) => void = console.log): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [requestId] = positionals;
  if (!requestId || !/^[\w+/=-]{1,80}$/.test(requestId)) throw new Error(traceHelp);
  const target = targetOf(values);
  const isLocal = target.url === localProduct()?.baseUrl;
  const lines = isLocal ? logLines(requestId) : [];
  const { changes, isAll } = await changesOf(caller(target), requestId);
  for (const line of lines) say(line);
  for (const change of changes.toReversed()) say(lineOf(change));
  if (!isLocal) say(`Log lines of a stage are in CloudWatch Logs Insights: filter requestId = "${requestId}" | sort @timestamp`);
  if (!isAll) say(`Only the newest ${mostPages * 1_000} changes were looked at.`);
  if (lines.length + changes.length > 0) return 0;
  say('Nothing names this request.');
  return 1;
}

function logLines(requestId: string): string[] {
  const file = join(resolve(process.env.SUKI_DATA ?? '.suki'), 'suki.log');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"requestId":${JSON.stringify(requestId)}`));
}

/** The changes of a request stand close together: the first page without any after them is the end. */
async function changesOf(call: Call, requestId: string): Promise<Found> {
  const changes: HistoryEntry[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const query = new URLSearchParams({ requestId, limit: '200', ...(cursor && { cursor }) });
    const { data, page: next } = await call<{ data: HistoryEntry[]; page: { nextCursor: string | null } }>(
      'GET',
      `/v1/audit-events?${query}`,
    );
    changes.push(...data);
    cursor = next.nextCursor;
    if (cursor === null || (changes.length > 0 && data.length === 0)) return { changes, isAll: true };
  }
  return { changes, isAll: false };
}

const lineOf = ({ at, entity, rowId, action, changes, actorId, via }: HistoryEntry) =>
  `${at} ${entity} ${rowId} ${action}${changes.length ? `: ${changes.map(({ field }) => field).join(', ')}` : ''} (${actorId ?? 'the product'}, ${via})`;
