import type { Scope, State } from './queries.ts';

export const views = ['list', 'agenda', 'week', 'month'] as const;
export type View = (typeof views)[number];
export type FollowUpsSearch = { view?: View | undefined; scope?: Scope | undefined; state?: State | undefined; day?: string | undefined };

const among = <T extends string>(words: readonly T[], value: unknown) => words.find((word) => word === value);

/** What the address of the screen says; anything else is as if it were not there. */
export const followUpsSearch = (search: Record<string, unknown>): FollowUpsSearch => ({
  view: among(views, search.view),
  scope: among(['own', 'team', 'all'] as const, search.scope),
  state: among(['open', 'done', 'cancelled'] as const, search.state),
  day:
    typeof search.day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(search.day) && !Number.isNaN(Date.parse(search.day))
      ? search.day
      : undefined,
});
