import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Export } from '../functions/exports/export.ts';
import { caller, progressBar, targetOf } from './suki-client.ts';

export const exportHelp = `  suki export customers|interactions [options]
      --where JSON           a filter, such as '{"field":"country","op":"eq","value":"PH"}'
      --columns a,b,c        in this order    --delimiter comma|semicolon|tab    --scope all|own|team
      --out FILE             where to; the name that Suki gives it when absent`;

const options = {
  url: { type: 'string' },
  key: { type: 'string' },
  where: { type: 'string' },
  columns: { type: 'string' },
  delimiter: { type: 'string' },
  scope: { type: 'string' },
  out: { type: 'string' },
} as const;
const delimiters: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t' };

function filterOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`--where is not JSON: ${text}`);
  }
}

/** Exports a list over the API into a file. Answers the exit code. */
export async function exportFile(args: string[], say: (line: string) => void = console.log): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [target] = positionals;
  if (target !== 'customers' && target !== 'interactions') throw new Error(exportHelp);
  const call = caller(targetOf(values));
  const body = {
    target,
    ...(values.where && { where: filterOf(values.where) }),
    ...(values.columns && { columns: values.columns.split(',') }),
    ...(values.delimiter && { delimiter: delimiters[values.delimiter] ?? values.delimiter }),
    ...(values.scope && { scope: values.scope }),
  };
  let shown = await call<Export>('POST', '/v1/exports', body);
  while (shown.state === 'running') {
    if (process.stderr.isTTY) process.stderr.write(`\r${progressBar('Export', shown)}\u001b[K`);
    await new Promise((resume) => setTimeout(resume, 300));
    shown = await call<Export>('GET', `/v1/exports/${shown.id}`);
  }
  if (!shown.file) throw new Error(`The export ${shown.id} failed: ${shown.problem?.detail ?? shown.state}`);
  const file = values.out ?? shown.file.name;
  await writeFile(file, Buffer.from(await (await fetch(shown.file.url)).arrayBuffer()));
  say(`${shown.done} rows in ${file}`);
  return 0;
}
