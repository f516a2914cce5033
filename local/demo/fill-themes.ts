import type { Agent } from '../../functions/agent.ts';
import { raisedActions, themeEntity } from '../../functions/cases/theme.entity.ts';
import { type Raised, Theme } from '../../functions/cases/theme.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idFrom } from '../../functions/kernel/ids.ts';
import type { Item } from '../../functions/table/entity.ts';
import type { Shelf, Work } from './fill-work.ts';
import { dayMs } from './hours.ts';
import { type ThemeKey, themes } from './themes.ts';

/** Three themes, and under each what cases and answers are about. */

export const themeIdOf = ({ told }: Work, { tenant }: Shelf, key: ThemeKey | undefined): string | null =>
  key ? idFrom('thm', 'demo', tenant, told.start, key) : null;

/** The rows of the themes themselves. */
export function themeRows(work: Work, shelf: Shelf, { stamp }: Agent): { put: Item }[] {
  const start = Date.parse(work.told.start);
  const at = isoOf(start - 40 * dayMs);
  return Object.entries(themes).flatMap(([key, said]) => {
    const id = themeIdOf(work, shelf, key as ThemeKey) as string;
    const closedAt = said.state === 'done' ? isoOf(start - 9 * dayMs) : null;
    const theme = Theme.parse({ id, ...said, closedAt, createdAt: at, updatedAt: at, version: 1 });
    return themeEntity.create(shelf.tenant, id, theme, stamp).flatMap((action) => ('put' in action ? [{ put: action.put }] : []));
  });
}

/** That something was raised under a theme, beside the row that says so. */
export const raisedRows = (tenant: string, raised: Raised, themeId: string | null): { put: Item }[] =>
  raisedActions(tenant, raised, { from: null, to: themeId }).flatMap((action) => ('put' in action ? [{ put: action.put }] : []));

/** Archives the themes of a story that is told anew. */
export async function dropThemes({ api }: Shelf): Promise<void> {
  const ours = new Set(Object.values(themes).map(({ name }) => name));
  const { data } = await api.get<{ data: { id: string; name: string }[] }>('/v1/themes');
  for (const { id } of data.filter(({ name }) => ours.has(name))) await api.remove(`/v1/themes/${id}`);
}
