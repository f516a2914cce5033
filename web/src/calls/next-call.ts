import type { Call } from './queries.ts';

/**
 * Which call comes next: the first that is neither made nor put behind the others, else the one that has been put behind for longest. What
 * the list still shows although it was made just now is left out. Pure.
 */
export function nextCall(
  calls: readonly Call[],
  { made, behind }: { made: ReadonlySet<string>; behind: readonly string[] },
): Call | undefined {
  const left = calls.filter(({ id }) => !made.has(id));
  return left.find(({ id }) => !behind.includes(id)) ?? behind.flatMap((id) => left.find((each) => each.id === id) ?? [])[0];
}
