import { exportFile, exportHelp } from './suki-export.ts';
import { importFile, importHelp } from './suki-import.ts';
import { trace, traceHelp } from './suki-trace.ts';

const help = `Usage: npm run suki -- COMMAND …   (address and key: --url and --key, SUKI_URL and SUKI_KEY, or the product on this machine)

${importHelp}

${exportHelp}

${traceHelp}`;

const commands: Record<string, (args: string[]) => Promise<number>> = { import: importFile, export: exportFile, trace };

/** The command line: what a person does over the API from a terminal or a script. */
async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command || args.includes('--help')) {
    console.log(help);
    process.exitCode = command || name === '' || name === '--help' || name === 'help' ? 0 : 2;
    return;
  }
  try {
    process.exitCode = await command(args);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 2;
  }
}

await main();
