import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressOf } from '../../functions/forms/visit.ts';
import { dyingAt } from '../_util/dying.ts';
import { formIn, heldIn, workFor } from '../_util/form.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;

const rows = (type: string) => world.rows(`T#${ws.tenant}#`).filter((row) => row.e === type);
const held = () => world.rows(`T#${ws.tenant}#FRMHELD`).length;
/** Whoever of the staff may let it in was told: an admin, a manager, one of the service. */
const told = () => world.rows(`T#${ws.tenant}#NTF#`).length;
const hearers = 3;
const place = () => ({ tenant: ws.tenant, now: world.now() });

/** Dies at every call to the database, one after the other, each time in a workspace of its own; how often it died. */
async function eachDeath(scene: () => Promise<{ work: () => Promise<unknown>; check: () => Promise<void> }>): Promise<number> {
  let deaths = 0;
  for (const when of ['before', 'after'] as const)
    for (let call = 1; ; call++) {
      ws = await world.workspace();
      const { work, check } = await scene();
      const { died } = await dyingAt(call, when, work);
      await check();
      if (!died) break;
      deaths += 1;
    }
  return deaths;
}

/** Opens the page of a new form and writes for a while. */
async function writing(said: object = {}) {
  const path = `/p/api/f/${addressOf(ws.tenant, (await formIn(place())).id)}`;
  const page = (await world.api(undefined, 'GET', path)).body;
  world.advance('PT20S');
  const body = { pass: page.pass, proof: workFor(page), language: 'en', type: 'complaint', name: 'Ana', ...said };
  const own = { email: `dies${++count}@form.example`, words: `It leaks for the ${count}th time.` };
  return () => world.api(undefined, 'POST', path, { ...own, ...body });
}

describeWorld('what is handed in while the function dies', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('is one case of one customer once it is sent again, at whichever call it died', { timeout: 120_000 }, async () => {
    const deaths = await eachDeath(async () => {
      const send = await writing();
      const check = async () => {
        // Whole or not at all, before anybody sends it again.
        const [cases, customers, entries] = [rows('case').length, rows('customer').length, rows('interaction').length];
        expect([customers, entries]).toEqual([cases, cases]);
        expect((await send()).body).toEqual({ thanks: 'We have it.' });
        expect([rows('case').length, rows('customer').length, rows('interaction').length, held()]).toEqual([1, 1, 1, 0]);
      };
      return { work: send, check };
    });
    expect(deaths).toBeGreaterThan(12);
  });

  it('is held back once, at whichever call it died', { timeout: 120_000 }, async () => {
    const deaths = await eachDeath(async () => {
      const send = await writing({ website: 'https://pills.example' });
      const check = async () => {
        expect((await send()).body).toEqual({ thanks: 'We have it.' });
        expect([rows('case').length, rows('customer').length, held(), told()]).toEqual([0, 0, 1, hearers]);
      };
      return { work: send, check };
    });
    expect(deaths).toBeGreaterThan(10);
  });

  it('is neither lost nor doubled when a member lets in what was held back, at whichever call that died', {
    timeout: 120_000,
  }, async () => {
    const deaths = await eachDeath(async () => {
      const { id } = await heldIn(place());
      const release = () => world.api(ws.keys.admin, 'POST', `/v1/held-submissions/${id}/release`);
      const check = async () => {
        expect(rows('case').length + held()).toBe(1);
        expect((await release()).status).toBe(200);
        expect([rows('case').length, rows('customer').length, held()]).toEqual([1, 1, 0]);
      };
      return { work: release, check };
    });
    expect(deaths).toBeGreaterThan(10);
  });
});
