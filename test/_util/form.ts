import { formEntity, heldEntity } from '../../functions/forms/form.entity.ts';
import { Form } from '../../functions/forms/form.ts';
import { HeldSubmission } from '../../functions/forms/held.ts';
import { searched } from '../../functions/forms/work.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import { tableOf } from '../../functions/table/tenant.ts';

type Place = { tenant: string; now: number };
const stamp = (now: number) => ({ by: null, via: 'key', requestId: null, now });

/** A form that is out, written through its entity. */
export async function formIn({ tenant, now }: Place, said: Partial<Form> = {}): Promise<Form> {
  const at = isoOf(now);
  const form = Form.parse({
    ...{ id: idMaker(() => now)('frm'), name: 'Write to us', state: 'published', languages: ['en', 'ur'], fallbackLanguage: 'en' },
    texts: { en: { title: 'Write to us', lead: 'We answer soon.', thanks: 'We have it.' }, ur: { title: 'ہمیں لکھیں' } },
    fields: { name: 'required', email: 'optional', phone: 'optional', reference: 'optional', subject: 'off' },
    ...{ types: ['question', 'complaint', 'request', 'return'], priority: 'high', queue: null },
    ...{ publishedAt: at, createdAt: at, updatedAt: at, version: 1, ...said },
  });
  await tableOf(tenant, now).commit(formEntity.create(tenant, form.id, form, stamp(now)));
  return form;
}

/** Something that was held back, written through its entity. */
export async function heldIn({ tenant, now }: Place, said: Partial<HeldSubmission> = {}): Promise<HeldSubmission> {
  const newId = idMaker(() => now);
  const held = HeldSubmission.parse({
    ...{
      id: newId('sub'),
      formId: newId('frm'),
      formName: 'Write to us',
      reasons: ['links'],
      score: 6,
      receivedAt: isoOf(now),
      version: 1,
    },
    said: { language: 'en', type: 'question', name: 'Held', email: `held-${newId('sub')}@form.example`.toLowerCase(), words: 'Look here' },
    ...said,
  });
  await tableOf(tenant, now).commit(heldEntity.create(tenant, held.id, held, stamp(now)));
  return held;
}

/** The work that a page's pass asks for, as the page does it. */
export function workFor({ pass, bits }: { pass: string; bits: number }): string {
  if (!pass || !bits) throw new Error('this is no page of a form');
  return searched(pass, { bits, from: 0, count: 2 ** 26 }) ?? '';
}
