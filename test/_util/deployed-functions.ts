import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Functions, functionsBy, type Handler } from '../../local/functions.ts';

/** The minified bundles that are deployed, `<dist>/<name>/index.cjs`: each function with modules of its own. */
export function deployedFunctions(dist: string): Functions {
  const require = createRequire(import.meta.url);
  return functionsBy(async (name) => (require(join(dist, name, 'index.cjs')) as { handler: Handler }).handler);
}
