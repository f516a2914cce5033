import { agentIn } from '../../functions/agent.ts';
import { memberIdOf } from '../../functions/kernel/ids.ts';
import { findSender } from '../../functions/senders/find-sender.ts';
import { senderEntity } from '../../functions/senders/sender.entity.ts';
import { workspaceSenderId } from '../../functions/senders/sender.ts';

import type { Shelf } from './fill-work.ts';
import { subOf } from './people.ts';
import { writeToUs } from './texts/forms.ts';

/** The two ways by which customers of the demo open cases themselves: a form on Batis's site, and mail to its address. */
const name = 'batis.example, Write to us';

type Made = { id: string; name: string; state: string };

/** The form, made and published where it is not there yet. Gives its id. */
export async function makeForm({ api }: Shelf): Promise<string> {
  const { data } = await api.get<{ data: Made[] }>('/v1/forms');
  const input = { name, languages: Object.keys(writeToUs), fallbackLanguage: 'en', texts: writeToUs };
  const form = data.find((one) => one.name === name) ?? (await api.post<Made>('/v1/forms', input));
  if (form.state === 'draft') await api.post(`/v1/forms/${form.id}/publish`, {});
  return form.id;
}

/** Mail that answers nothing opens a case. What somebody has set since stays. */
export async function openCasesByMail({ tenant }: Shelf, now: number): Promise<void> {
  const agent = await agentIn(tenant, { now, requestId: 'demo' });
  const id = workspaceSenderId(tenant);
  const own = agent && (await findSender(agent, id));
  if (!agent || !own || (await agent.table.get(senderEntity.key(tenant, id)))) return;
  const stamp = { by: memberIdOf(tenant, subOf('natthapol')), via: 'key', requestId: null, now };
  const row = { ...own, newCases: { type: 'question', priority: 'normal', queue: null } as const };
  await agent.table.commit(senderEntity.create(tenant, id, row, stamp));
}
