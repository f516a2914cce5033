import type { Agent } from '../agent.ts';
import { startingWith } from '../table/ranges.ts';
import { memberEntity } from './admin.entity.ts';
import type { Member } from './member.ts';

const pageSize = 50;

/** The first of the active staff who fit, looked for no further than so many are found. 0.5 R a 4 KiB of staff. */
export async function someStaff(
  { table, tenant }: Pick<Agent, 'table' | 'tenant'>,
  fits: (member: Member) => boolean,
  most: number,
): Promise<Member[]> {
  const found: Member[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: memberEntity.key(tenant, '').pk, range: startingWith('mem_'), limit: pageSize, after });
    const staff = page.items.map((item) => memberEntity.decode(item));
    found.push(...staff.filter((member) => member.status === 'active' && fits(member)));
    after = page.lastKey;
  } while (after && found.length < most);
  return found.slice(0, most);
}
