import type * as z from 'zod';
import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { GuardError } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { startingWith } from '../table/ranges.ts';
import { templateEntity, templatePartition } from './message.entity.ts';
import { mostTemplates, type Template, type TemplateInput, type TemplatePatch, templateErrors } from './template.ts';

/** The texts that a workspace uses again. */
export const templateStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const all = async (): Promise<Template[]> => {
    const items = await table.queryAll({ pk: templatePartition(tenant), range: startingWith('tpl_'), strong: true });
    return items.map((item) => templateEntity.decode(item)).sort((a, b) => a.name.localeCompare(b.name));
  };

  const checked = (template: Template): Template => {
    const errors = templateErrors(template, ctx.workspace.fields);
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
    return template;
  };

  const change = async (id: string, rule: (template: Template, versions: Record<string, number>) => Template): Promise<Template> => {
    const from = (await table.get(templateEntity.key(tenant, id))) ?? missing();
    const before = templateEntity.decode(from);
    const to = rule(before, templateEntity.fieldVersions(from));
    if (templateEntity.changedFields(before, to).length === 0) return before;
    try {
      await table.commit(templateEntity.update(tenant, id, { from, to }, ctx.stamp));
    } catch (error) {
      throw error instanceof GuardError ? new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error) : error;
    }
    return { ...to, version: before.version + 1, updatedAt: ctx.iso };
  };

  return {
    list: async (archived: boolean) => (await all()).filter(({ archivedAt }) => (archivedAt !== null) === archived),
    get: async (id: string) => templateEntity.decode((await table.get(templateEntity.key(tenant, id))) ?? missing()),
    add: async (input: TemplateInput): Promise<Template> => {
      if ((await all()).length >= mostTemplates) throw new CrmError('too_many', { detail: `${mostTemplates} templates at most` });
      const made = { id: ctx.newId('tpl'), ...input, archivedAt: null, createdAt: ctx.iso, updatedAt: ctx.iso, version: 1 };
      const template = checked(made);
      await table.commit(templateEntity.create(tenant, template.id, template, ctx.stamp));
      return template;
    },
    patch: (id: string, body: z.output<typeof TemplatePatch>, seen: number) =>
      change(id, (template, versions) => {
        if (template.archivedAt) throw new CrmError('already_archived');
        checkFresh(Object.keys(body), { seen, version: template.version, versions });
        return checked({ ...template, ...(body as Partial<Template>) });
      }),
    archive: (id: string) =>
      change(id, (template) => {
        if (template.archivedAt) throw new CrmError('already_archived');
        return { ...template, archivedAt: ctx.iso };
      }),
    restore: (id: string) =>
      change(id, (template) => {
        if (!template.archivedAt) throw new CrmError('not_archived');
        return { ...template, archivedAt: null };
      }),
  };
};
