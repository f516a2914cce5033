import { afterAll, beforeAll, expect, it } from 'vitest';
import { formRoutes } from '../../functions/forms/forms.routes.ts';
import { publicFormRoutes } from '../../functions/forms/public.routes.ts';
import { addressOf } from '../../functions/forms/visit.ts';
import { formIn, heldIn, workFor } from '../_util/form.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { consumedBy } from './measure.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;

const place = () => ({ tenant: ws.tenant, now: world.now() });
const headers = { 'x-forwarded-for': '198.51.100.7, 130.176.1.1' };

/** A page that was open for a while, and what is handed in by it. */
async function written(said: object = {}) {
  const form = await formIn(place());
  const path = `/p/api/f/${addressOf(ws.tenant, form.id)}`;
  const page = (await world.api(undefined, 'GET', path)).body;
  world.advance('PT20S');
  const words = `The cartridge of order ${++count} leaks since Monday morning.`;
  const base = { language: 'en', type: 'complaint', name: 'Ana', email: `cost${count}@form.example`, words };
  const body = { pass: page.pass, proof: workFor(page), ...base, ...said };
  return { path, send: () => world.api(undefined, 'POST', path, body, headers) };
}
const costOf = async (work: () => Promise<{ status: number }>) => {
  let status = 0;
  const { rru, wru } = await consumedBy(async () => {
    ({ status } = await work());
  });
  return { status, rru, wru };
};

describeWorld('what a web form consumes', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    // Who asks is read once in 30 seconds.
    await world.api(ws.keys.admin, 'GET', '/v1/forms');
  });
  afterAll(() => world?.stop());

  it('is what its routes say: opened, a case of somebody known, of somebody new, held back', async () => {
    const { path } = await written();
    const { rru, wru } = publicFormRoutes.openForm.cost;
    expect(await costOf(() => world.api(undefined, 'GET', path))).toEqual({ status: 200, rru, wru });
    const email = 'known@form.example';
    await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Ana', emails: [{ address: email }] });
    const known = await written({ email });
    const { cost } = publicFormRoutes.submitForm;
    expect(await costOf(known.send)).toEqual({ status: 200, rru: cost.rru, wru: cost.wru });
    const { send } = await written();
    expect(await costOf(send)).toEqual({ status: 200, rru: 9.5, wru: 23 });
    const { send: spam } = await written({ website: 'x' });
    expect(await costOf(spam)).toEqual({ status: 200, rru: 7, wru: 7 });
    expect(await costOf(send)).toEqual({ status: 200, rru: 3, wru: 0 });
  });

  it('is what its routes say where a member lets in what was held back, and where he deletes it', async () => {
    const first = await heldIn(place());
    const { cost } = formRoutes.releaseSubmission;
    const release = () => world.api(ws.keys.admin, 'POST', `/v1/held-submissions/${first.id}/release`);
    expect(await costOf(release)).toEqual({ status: 200, rru: cost.rru, wru: cost.wru });
    const second = await heldIn(place());
    const remove = () => world.api(ws.keys.admin, 'DELETE', `/v1/held-submissions/${second.id}`);
    expect(await costOf(remove)).toEqual({ status: 204, rru: 1, wru: 1 });
  });
});
