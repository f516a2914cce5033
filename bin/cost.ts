import { parseArgs } from 'node:util';
import { startWorld } from '../test/_util/world.ts';
import { measure } from '../test/cost/measure.ts';

/** `npm run cost`: what each operation consumes, beside what it must. `--customers 1000,100000`, `--json`; `--idle -c stage=…` for an idle month. */
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '1000,100000' },
    json: { type: 'boolean', default: false },
    idle: { type: 'boolean', default: false },
    context: { type: 'string', short: 'c', multiple: true },
  },
});

if (values.idle) {
  const { printIdleCost } = await import('./cost-idle.ts');
  printIdleCost([...(values.context ?? []).flatMap((pair) => ['-c', pair]), ...(values.json ? ['--json'] : [])]);
} else {
  const world = await startWorld();
  try {
    const sizes = values.customers.split(',').map(Number);
    const rows = [];
    for (const size of sizes) rows.push(...(await measure(world, size)));
    if (values.json) console.log(JSON.stringify(rows, null, 2));
    else print(rows);
  } finally {
    await world.stop();
  }
}

function print(rows: Awaited<ReturnType<typeof measure>>): void {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  console.log(line(['operation', 'customers', 'calls', 'R', 'W', 'least R', 'least W', 'factor', 'US$ a million']));
  console.log(line(Array.from({ length: 9 }, () => '---')));
  for (const row of rows) {
    const factor = (row.rru * 0.125 + row.wru * 0.625) / (row.optimumRru * 0.125 + row.optimumWru * 0.625);
    console.log(
      line([
        row.operation,
        row.customers,
        row.calls,
        row.rru,
        row.wru,
        row.optimumRru,
        row.optimumWru,
        factor.toFixed(2),
        row.usdPerMillion,
      ]),
    );
  }
}
