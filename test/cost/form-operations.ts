import { expect } from 'vitest';
import { addressOf } from '../../functions/forms/visit.ts';
import type { Item } from '../../functions/table/entity.ts';
import { formIn, heldIn, workFor } from '../_util/form.ts';
import { entries, together } from './case-operations.ts';
import { create, type Given, good, type Operation, say } from './operations.ts';
import { itemBytes, readUnits } from './size.ts';

/** What web forms cost: opened, handed in, held back and let in; and by what must be touched the least it can be. */
let count = 10_000;
const place = ({ world, ws }: Given) => ({ tenant: ws.tenant, now: world.now() });
const rowsOf = ({ world, ws }: Given, pk: string) => world.rows(`T#${ws.tenant}#${pk}`) as Item[];
const rowOf = (given: Given, pk: string, noun: string) => rowsOf(given, pk).find(({ e }) => e === noun) as Item;

/** The page of a form that was open for a while, and what is handed in by it: each from an address of its own. */
async function written(given: Given, said: object = {}) {
  const { world, ws } = given;
  const form = await formIn(place(given), { priority: 'normal' });
  const path = `/p/api/f/${addressOf(ws.tenant, form.id)}`;
  const page = good(await world.api(undefined, 'GET', path)).body;
  world.advance('PT20S');
  const own = ++count;
  const words = `The cartridge of order ${own} leaks since Monday morning.`;
  const base = { language: 'en', type: 'complaint', name: 'Ana', email: `cost${own}@form.example`, words };
  const body = { pass: page.pass, proof: workFor(page), ...base, ...said };
  const headers = { 'x-forwarded-for': `198.51.${Math.floor(own / 250) % 250}.${own % 250}, 130.176.1.1` };
  return { path, email: base.email, send: async () => good(await world.api(undefined, 'POST', path, body, headers)) };
}

/** Form, workspace and pass; of the counts three and that of the span before, each counted up. */
const looked = { rru: 3 + 4, wru: 3 };

/** Who has an e-mail now. */
const holder = async ({ world, ws }: Given, email: string): Promise<string> =>
  good(await world.api(ws.keys.admin, 'POST', '/v1/customers/lookup', { email })).body.data[0].id;

/** The one case of a customer, with its number, its entries and what it begins with. */
async function opened(given: Given, customerId: string): Promise<number> {
  const { world, ws } = given;
  const [{ id }] = good(await world.api(ws.keys.admin, 'GET', `/v1/cases?customerId=${customerId}`)).body.data;
  const theCase = rowOf(given, `CASE#${id}`, 'case');
  return 1 + together(theCase) + entries(undefined, theCase) + together(rowOf(given, `CUS#${customerId}`, 'interaction'));
}
/** A customer with her entries and the claim on her e-mail. */
function customer(given: Given, id: string): number {
  const made = rowOf(given, `CUS#${id}`, 'customer');
  return together(made) + entries(undefined, made) + 2;
}

const spam = { website: 'https://pills.example' };
/** Who lets in what is held back: an admin, a manager, one of the service. */
const hearers = 3;

export const formOperations: Operation[] = [
  say('open a web form', async (given) => {
    const { path } = await written(given);
    return {
      run: async () => good(await given.world.api(undefined, 'GET', path)),
      // Form and workspace; the counts of two spans.
      optimum: async () => ({ rru: 2 + 1, wru: 0 }),
    };
  }),
  say('a web form is handed in: a case of somebody known', async (given) => {
    const { world, ws } = given;
    const { id } = await create(given);
    const { emails } = good(await world.api(ws.keys.admin, 'GET', `/v1/customers/${id}`)).body;
    const { send } = await written(given, { email: emails[0].address });
    return {
      run: send,
      // Claims of a person and a company, the customer, the service levels; number, case and interaction, and the pass.
      optimum: async () => ({ rru: looked.rru + 2 + 1 + 0.5, wru: looked.wru + (await opened(given, id)) + 2 }),
    };
  }),
  say('a web form is handed in: a case of somebody new', async (given) => {
    const { email, send } = await written(given);
    return {
      run: send,
      // Nobody is known by two claims; and the customer with two entries and a claim.
      optimum: async () => {
        const id = await holder(given, email);
        return { rru: looked.rru + 2 + 0.5, wru: looked.wru + (await opened(given, id)) + 2 + customer(given, id) };
      },
    };
  }),
  say('a web form is handed in: the first of a day that may be spam', async (given) => {
    const { send } = await written(given, spam);
    return {
      run: send,
      // Whether it was told today; the staff and what three of them want to be told. Submission and pass; that it was told, a notification each.
      optimum: async () => {
        const staff = rowsOf(given, 'MEM').reduce((sum, row) => sum + itemBytes(row), 0);
        expect(rowsOf(given, 'NTF#').filter((row) => JSON.stringify(row).includes('form.held'))).toHaveLength(hearers);
        const told = 2 + hearers * (2 + 2);
        return { rru: looked.rru + 1 + readUnits(staff) + hearers * 0.5, wru: looked.wru + 2 + 2 + told };
      },
    };
  }),
  say('a web form is handed in: another that may be spam', async (given) => {
    const { send } = await written(given, spam);
    return {
      run: send,
      // Whether it was told today; submission and pass.
      optimum: async () => ({ rru: looked.rru + 1, wru: looked.wru + 2 + 2 }),
    };
  }),
  say('what was held back is let in, of somebody new', async (given) => {
    const { world, ws } = given;
    const { id, said } = await heldIn(place(given));
    return {
      run: async () => good(await world.api(ws.keys.admin, 'POST', `/v1/held-submissions/${id}/release`)),
      // Submission and form; no case of it yet, two claims, the service levels. Number, case, interaction, customer; the submission goes.
      optimum: async () => {
        const customerId = await holder(given, said.email ?? '');
        return { rru: 2 + 1 + 2 + 0.5, wru: (await opened(given, customerId)) + customer(given, customerId) + 2 };
      },
    };
  }),
];
