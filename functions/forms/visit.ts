import { type Agent, agentIn } from '../agent.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { tableOf } from '../table/tenant.ts';
import { formEntity } from './form.entity.ts';
import type { Form } from './form.ts';

/** Somebody who came by the address of a form: the product at work, on her word. */
export type Visit = { agent: Agent; form: Form };

/** What stands in the address of a form: workspace and form. Nobody needs to keep it secret. */
export const addressOf = (tenant: string, formId: string) => `${tenant}.${formId.slice(4)}`;

function readAddress(address: string): { tenant: string; formId: string } | undefined {
  const [, tenant, id] = /^([a-z0-9]{8})\.([0-9A-HJKMNP-TV-Z]{26})$/.exec(address) ?? [];
  return tenant && id ? { tenant, formId: `frm_${id}` } : undefined;
}

/**
 * Opens a form by its address: 2 R, one where there is none. Throws `not_found` alike for one that is wrong, was never published or is
 * gone, and `form_closed` for one that takes nothing any more.
 */
export async function visitForm(address: string, moment: { now: number; requestId: string }): Promise<Visit> {
  const { tenant, formId } = readAddress(address) ?? missing();
  const row = (await tableOf(tenant, moment.now).get(formEntity.key(tenant, formId))) ?? missing();
  const form = formEntity.decode(row);
  if (form.state === 'draft') missing();
  const agent = (await agentIn(tenant, moment)) ?? missing();
  if (form.state === 'closed') throw new CrmError('form_closed');
  return { agent: { ...agent, stamp: { ...agent.stamp, via: 'form' } }, form };
}
