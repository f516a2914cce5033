import { type Ctx, serve } from '../context.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { formStore } from './form.store.ts';
import type { Form } from './form.ts';
import { formRoutes } from './forms.routes.ts';
import { heldStore } from './held.store.ts';
import { formRow, shownForm } from './link.ts';
import { publicFormRoutes } from './public.routes.ts';
import { openForm, submit } from './submit.ts';
import { visitForm } from './visit.ts';

type Store = ReturnType<typeof formStore>;
/** What a step of a form's life answers: the form as it is then. */
const step =
  (does: (store: Store, id: string) => Promise<Form>) =>
  async (ctx: Ctx, { params }: { params: { id: string } }) =>
    shownForm(ctx, await does(formStore(ctx), params.id));

export const handler = serve(
  { ...formRoutes, ...publicFormRoutes },
  {
    openForm: async (ctx, { params, query }) => openForm(await visitForm(params.form, ctx), query),
    submitForm: async (ctx, { params, body, headers }) => submit(await visitForm(params.form, ctx), body, headers['x-forwarded-for']),

    listForms: async (ctx) => ({ data: (await formStore(ctx).list()).map((form) => formRow(ctx, form)) }),
    createForm: async (ctx, { body }) => {
      const form = await formStore(ctx).create(body);
      return reply(shownForm(ctx, form), { headers: { location: `/v1/forms/${form.id}` } });
    },
    getForm: step((store, id) => store.get(id)),
    updateForm: async (ctx, { params, body, headers }) =>
      shownForm(ctx, await formStore(ctx).patch(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0)),
    publishForm: step((store, id) => store.publish(id)),
    closeForm: step((store, id) => store.close(id)),
    removeForm: async (ctx, { params }) => {
      await formStore(ctx).remove(params.id);
      return reply(undefined);
    },

    listHeldSubmissions: (ctx, { query }) => heldStore(ctx).page(query),
    releaseSubmission: (ctx, { params }) => heldStore(ctx).release(params.id),
    removeSubmission: async (ctx, { params }) => {
      await heldStore(ctx).remove(params.id);
      return reply(undefined);
    },
  },
);
