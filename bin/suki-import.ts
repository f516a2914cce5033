import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { ImportDetail, Mapping } from '../functions/imports/import.ts';
import { type Call, caller, progressBar, targetOf } from './suki-client.ts';

export const importHelp = `  suki import customers|interactions FILE [options]
      --map COLUMN=FIELD     what a column is (may be said more than once; FIELD "-" leaves the column out)
      --kind person|company  what the file's own customers are      --source NAME   the first half of their external keys
      --match key|email|none --on-match skip|update|create
      --repair-commas        put rows right that have a field too many, as the dry run shows
      --encoding, --delimiter, --date-order ymd|dmy|mdy, --decimal .|,
      --dry-run              find out what would happen, and stop there
      --errors FILE          write the row errors to this file
      --undo JOB             take an import back      --resume JOB   take a failed one up again`;

const options = {
  url: { type: 'string' },
  key: { type: 'string' },
  map: { type: 'string', multiple: true },
  kind: { type: 'string' },
  source: { type: 'string' },
  match: { type: 'string' },
  'on-match': { type: 'string' },
  'repair-commas': { type: 'boolean' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  'date-order': { type: 'string' },
  decimal: { type: 'string' },
  'dry-run': { type: 'boolean' },
  errors: { type: 'string' },
  undo: { type: 'string' },
  resume: { type: 'string' },
} as const;

type Say = (line: string) => void;
const delimiters: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|', '\\t': '\t' };
const pollMs = 300;
const longestName = 200;

/** Imports a file over the API. Answers the exit code: 1 where rows failed. */
export async function importFile(args: string[], say: Say = console.log): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const call = caller(targetOf(values));
  if (values.undo) return finished(await act(call, values.undo, { what: 'undo', label: 'Undo' }), say);
  if (values.resume) return finished(await act(call, values.resume, { what: 'resume', label: 'Import' }), say);
  const [target, file] = positionals;
  if ((target !== 'customers' && target !== 'interactions') || !file) throw new Error(importHelp);
  const content = await opened(file);
  const draft = await upload(call, target, { name: basename(file).slice(0, longestName), content });
  const asked = defined({
    encoding: values.encoding,
    delimiter: values.delimiter && (delimiters[values.delimiter] ?? values.delimiter),
    dateOrder: values['date-order'],
    decimal: values.decimal,
  });
  const read = await act(call, draft.id, { what: 'inspect', label: 'Read', body: asked });
  if (read.state === 'failed') return finished(read, say);
  const ready = await changed(call, read, values);
  describe(ready, say);
  const checked = await act(call, ready.id, { what: 'dry-run', label: 'Check' });
  if (checked.state === 'failed') return finished(checked, say);
  tell(checked, say);
  if (values['dry-run']) return 0;
  const done = await act(call, checked.id, { what: 'start', label: 'Import' });
  if (done.hasErrors && values.errors) await say(await keepErrors(call, done.id, values.errors));
  return finished(done, say);
}

/** Before anything is begun: a file that is not there leaves no import behind. */
async function opened(file: string): Promise<Blob> {
  try {
    return await openAsBlob(file);
  } catch {
    throw new Error(`${file} cannot be opened.`);
  }
}

const defined = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

async function upload(call: Call, target: string, { name, content }: { name: string; content: Blob }): Promise<ImportDetail> {
  const draft = await call<ImportDetail & { upload: { url: string; fields: Record<string, string> } }>('POST', '/v1/imports', {
    target,
    name,
  });
  const form = new FormData();
  for (const [field, value] of Object.entries(draft.upload.fields)) form.set(field, value);
  form.set('file', content, name);
  const answer = await fetch(draft.upload.url, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`The file was not taken: HTTP ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return draft;
}

const busy = new Set(['validating', 'running', 'undoing']);

/** Does one step and waits for its end, with a bar. */
async function act(call: Call, id: string, { what, label, body }: { what: string; label: string; body?: unknown }): Promise<ImportDetail> {
  let shown = await call<ImportDetail>('POST', `/v1/imports/${id}/${what}`, body);
  const terminal = process.stderr.isTTY;
  while (busy.has(shown.state)) {
    if (terminal) process.stderr.write(`\r${progressBar(label, shown)}\u001b[K`);
    await new Promise((resume) => setTimeout(resume, pollMs));
    shown = await call<ImportDetail>('GET', `/v1/imports/${id}`);
  }
  if (terminal) process.stderr.write(`\r${progressBar(label, shown)}\u001b[K\n`);
  return shown;
}

type Values = { map?: string[]; kind?: string; source?: string; match?: string; 'on-match'?: string; 'repair-commas'?: boolean };

/** The import with what the options say otherwise than the suggestion. */
async function changed(call: Call, read: ImportDetail, values: Values): Promise<ImportDetail> {
  const mapping = mappingOf(read, values);
  const patch = defined({ mapping, match: values.match, onMatch: values['on-match'], repairCommas: values['repair-commas'] });
  return Object.keys(patch).length
    ? call<ImportDetail>('PATCH', `/v1/imports/${read.id}`, patch, { 'if-match': `"${read.version}"` })
    : read;
}

function mappingOf({ mapping, inspection }: ImportDetail, { map = [], kind, source }: Values): Mapping | undefined {
  if (!mapping || !inspection || (map.length === 0 && !kind && !source)) return undefined;
  const columns = [...mapping.columns];
  for (const pair of map) {
    const cut = pair.lastIndexOf('=');
    const [name, field] = [pair.slice(0, cut), pair.slice(cut + 1)];
    const at = inspection.columns.findIndex(({ header }, index) => header === name || String(index + 1) === name);
    if (cut < 1 || at < 0)
      throw new Error(`--map ${pair}: the file has no column ${name}; it has ${inspection.columns.map(({ header }) => header).join(', ')}`);
    const before = columns.indexOf(field as never);
    if (before >= 0) columns[before] = null;
    columns[at] = field === '-' ? null : (field as Mapping['columns'][number]);
  }
  return { ...mapping, columns, ...(kind && { kind: kind as Mapping['kind'] }), ...(source && { source }) };
}

function describe({ file, mapping, inspection, match, onMatch }: ImportDetail, say: Say): void {
  if (!file || !mapping || !inspection) return;
  const sign = file.delimiter === '\t' ? 'tab' : file.delimiter;
  say(
    `${inspection.rows} rows, ${inspection.format === 'xlsx' ? 'XLSX' : `${file.encoding}, delimiter ${sign}`}, dates ${file.dateOrder}${file.buddhistYears ? ' (Buddhist years)' : ''}, decimal ${file.decimal}${file.nullWords.length ? `, nothing is ${file.nullWords.join(' ')}` : ''}`,
  );
  for (const [at, { header }] of inspection.columns.entries()) say(`  ${header.padEnd(24)} ${mapping.columns[at] ?? '-'}`);
  if (mapping.columns.every((field) => field === null)) say('  No column is known: say what they are, as in --map 1=name --map 2=email');
  say(`  source ${mapping.source}, match by ${match}, on a match ${onMatch}`);
}

function tell({ dryRun, repairCommas }: ImportDetail, say: Say): void {
  if (!dryRun) return;
  say(
    `Would create ${dryRun.create} (${dryRun.companies} companies, ${dryRun.people} people, ${dryRun.interactions} interactions), update ${dryRun.update}, skip ${dryRun.skip}; ${dryRun.failed} rows fail`,
  );
  if (dryRun.repairable > 0) {
    say(
      `${dryRun.repairable === 1 ? '1 row has' : `${dryRun.repairable} rows have`} a field too many${repairCommas ? ' and are put right:' : '; --repair-commas would put them right:'}`,
    );
    for (const { row, column, joined } of dryRun.repaired) say(`  row ${row}: ${column} = ${joined}`);
  }
  for (const { row, column, code, detail } of dryRun.errors.slice(0, 10))
    say(`  row ${row}${column ? `, ${column}` : ''}: ${detail} (${code})`);
  if (dryRun.errors.length > 10) say('  …');
}

async function keepErrors(call: Call, id: string, file: string): Promise<string> {
  const { url } = await call<{ url: string }>('GET', `/v1/imports/${id}/errors`);
  await writeFile(file, Buffer.from(await (await fetch(url)).arrayBuffer()));
  return `The row errors are in ${file}`;
}

function finished({ id, state, counts, problem, rate }: ImportDetail, say: Say): number {
  const sums = Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  say(`${id} ${state}${sums ? `: ${sums}` : ''}${rate ? ` (${Math.round(rate)} rows/s)` : ''}${problem ? `: ${problem.detail}` : ''}`);
  return state === 'failed' || (counts.failed ?? 0) > 0 ? 1 : 0;
}
