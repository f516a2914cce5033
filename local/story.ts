import { movableNow } from './clock.ts';
import type { FillOptions } from './demo/fill.ts';
import type { Product } from './product.ts';

/** The demo's own modules are read only when there is something to tell: not before the product is ready, and not with `--empty`. */
const demo = () => import('./demo/fill.ts');

const optionsOf = ({ origin, dataDir, seeded }: Product, signal?: AbortSignal): FillOptions => ({
  baseUrl: origin,
  keys: { batis: seeded.apiKeys.admin, sarisari: seeded.other.apiKeys.admin },
  dataDir,
  now: movableNow,
  say: (line) => console.log(line),
  ...(signal && { signal }),
});

/** Fills the demo data in behind, through the product's own API; after a kill the next start goes on with them. */
export async function tellStory(product: Product, signal: AbortSignal): Promise<void> {
  await (await demo()).fillDemo(optionsOf(product, signal));
}

/** Tells the demo anew, as of the product's present day. */
export async function retellStory(product: Product): Promise<void> {
  await (await demo()).refreshDemo(optionsOf(product));
}
