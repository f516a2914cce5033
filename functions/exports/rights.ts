import type { Ctx } from '../context.ts';
import type { NewExport } from './export.ts';

/**
 * Who may have which file. Customers and interactions need the right to export them. Who is in a segment or list is also for whoever
 * exports segments. The recipients of a run are for whoever sees campaigns and exports these or customers; its letters are what the
 * campaign comes to, for whoever makes campaigns. The answers to a survey are for whoever sees surveys and exports these or customers, of
 * customers beyond their reach without who they are.
 */
type Asked = Pick<NewExport, 'target' | 'segmentId' | 'listId'>;

const ofGroup = ({ segmentId, listId }: Asked) => segmentId !== undefined || listId !== undefined;

/** The right that is lacking for a file; undefined where the caller may have it. */
export function lackingRight({ scope }: Pick<Ctx, 'scope'>, asked: Asked): string | undefined {
  const may = (resource: Parameters<typeof scope>[0], verb: 'read' | 'write' | 'export') => scope(resource, verb) !== 'none';
  switch (asked.target) {
    case 'recipients':
      return may('campaigns', 'read') && (may('campaigns', 'export') || may('customers', 'export')) ? undefined : 'campaigns:export';
    case 'letters':
      return may('campaigns', 'write') ? undefined : 'campaigns:write';
    case 'responses':
      return may('surveys', 'read') && (may('surveys', 'export') || may('customers', 'export')) ? undefined : 'surveys:export';
    case 'interactions':
      if (!may('interactions', 'export')) return 'interactions:export';
  }
  if (may('customers', 'export')) return undefined;
  if (asked.target === 'customers' && ofGroup(asked)) return may('segments', 'export') ? undefined : 'segments:export';
  return 'customers:export';
}

/** Whether a customer of that owner may stand in a file of customers. */
export const mayHold = async (ctx: Ctx, asked: Asked, ownerId: string | null): Promise<boolean> =>
  (await ctx.reaches('customers', 'export', ownerId)) ||
  (ofGroup(asked) && ctx.scope('segments', 'export') !== 'none' && (await ctx.reaches('customers', 'read', ownerId)));
