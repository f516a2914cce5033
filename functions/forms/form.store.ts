import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { startingWith } from '../table/ranges.ts';
import { formEntity } from './form.entity.ts';
import { closed, type Form, type FormInput, type FormPatch, formErrors, mostForms, published } from './form.ts';

const tries = 6;
type Change = { fields?: string[]; seen?: number };

/** The forms of one workspace, for a member's request. */
export const formStore = (ctx: Ctx) => {
  const { table, tenant, stamp } = ctx;

  const row = async (id: string): Promise<Item> => (await table.get(formEntity.key(tenant, id))) ?? missing();

  const list = async (): Promise<Form[]> => {
    const items = await table.queryAll({ pk: formEntity.key(tenant, '').pk, range: startingWith('frm_'), newestFirst: true, strong: true });
    return items.map((item) => formEntity.decode(item));
  };

  const refuse = async (form: FormInput): Promise<void> => {
    const { queues } = form.queue === null ? { queues: [] } : await serviceLevelsOf(ctx, true);
    const errors = formErrors(form, { queues });
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  };

  const change = async (id: string, rule: (form: Form) => Form | Promise<Form>, { fields = [], seen }: Change = {}): Promise<Form> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const item = await row(id);
      const before = formEntity.decode(item);
      if (seen !== undefined) checkFresh(fields, { seen, version: before.version, versions: formEntity.fieldVersions(item) });
      const to = await rule(before);
      if (formEntity.changedFields(before, to).length === 0) return before;
      try {
        await table.commit(formEntity.update(tenant, id, { from: item, to }, stamp));
        return { ...to, version: before.version + 1, updatedAt: ctx.iso };
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  return {
    list,
    get: async (id: string): Promise<Form> => formEntity.decode(await row(id)),

    create: async (input: FormInput): Promise<Form> => {
      await refuse(input);
      if ((await list()).length >= mostForms) throw new CrmError('too_many', { detail: `${mostForms} forms at most` });
      const times = { publishedAt: null, createdAt: ctx.iso, updatedAt: ctx.iso, version: 1 };
      const form: Form = { id: ctx.newId('frm'), ...input, state: 'draft', ...times };
      await table.commit(formEntity.create(tenant, form.id, form, stamp));
      return form;
    },

    patch: (id: string, patch: FormPatch, seen: number): Promise<Form> =>
      change(
        id,
        async (form) => {
          const to = { ...form, ...patch };
          await refuse(to);
          return to;
        },
        { fields: Object.keys(patch), seen },
      ),

    publish: (id: string) => change(id, (form) => published(form, ctx.iso)),
    close: (id: string) => change(id, closed),

    /** Ends it: its address finds nothing any more, and its cases go on. */
    remove: async (id: string): Promise<void> => {
      try {
        await table.commit(formEntity.expire(tenant, id, await row(id), stamp));
      } catch (error) {
        throw error instanceof GuardError ? new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error) : error;
      }
    },
  };
};
