import { openSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const largest = 50 * 1024 * 1024;
/** Lines wait so long to be written together: a write for each would cost every request two of them. */
const flushMs = 100;

/** Opens `suki.log` in the data folder for appending; an old one that has grown large is emptied first. */
function openLog(dataDir: string): number {
  const file = join(dataDir, 'suki.log');
  const descriptor = openSync(file, 'a', 0o600);
  if (statSync(file).size > largest) truncateSync(file);
  return descriptor;
}

/** The functions' log lines, which Lambda gives to CloudWatch, go to the log; what the product says to the person stays on the terminal. */
export function divertFunctionLogs(dataDir: string): void {
  const descriptor = openLog(dataDir);
  const write = process.stdout.write.bind(process.stdout);
  let lines: string[] = [];
  function flush(): void {
    if (lines.length > 0) writeSync(descriptor, lines.join(''));
    lines = [];
  }
  process.once('exit', flush);
  process.stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
    if (typeof chunk !== 'string' || !chunk.startsWith('{"')) return write(chunk, ...rest);
    if (lines.push(chunk) === 1) setTimeout(flush, flushMs).unref();
    return true;
  }) as typeof process.stdout.write;
}
