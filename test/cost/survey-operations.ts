import { expect } from 'vitest';
import type { Item } from '../../functions/table/entity.ts';
import { answersIn, surveyIn } from '../_util/survey.ts';
import { create, type Given, good, type Operation } from './operations.ts';
import { itemBytes, readUnits } from './size.ts';

/** What it costs to ask and to answer, and by what must be touched the least it can be. */
const survey = new WeakMap<object, Promise<string>>();
const asked = ({ world, ws }: Given): Promise<string> => {
  const known = survey.get(ws) ?? surveyIn({ tenant: ws.tenant, now: world.now() }).then(({ id }) => id);
  survey.set(ws, known);
  return known;
};

const invite = async (given: Given) => {
  const { id } = await create(given);
  const surveyId = await asked(given);
  const path = `/v1/customers/${id}/survey-links`;
  return { id, path, body: { surveyId } };
};

/** The page of somebody's own link, which was opened once: the version of the survey is read once a container. */
async function page(given: Given): Promise<string> {
  const { world, ws } = given;
  const { path, body } = await invite(given);
  const { url } = good(await world.api(ws.keys.admin, 'POST', path, body)).body;
  const api = `/p/api/s/${url.split('/p/s/')[1]}`;
  good(await world.api(undefined, 'GET', api));
  await world.drain();
  return api;
}
const said = (rev: number) => ({ rev, language: 'en', answers: { recommend: 9, why: 'They came on time.' }, shown: ['recommend', 'why'] });

const answers = 500;
/** Answers to a survey of its own, in the same partitions in every workspace. */
async function answeredBy({ world, ws }: Given): Promise<string> {
  const survey = await surveyIn({ tenant: ws.tenant, now: world.now() });
  await answersIn({ tenant: ws.tenant, now: world.now() }, survey.id, answers);
  return survey.id;
}

export const surveyOperations: Operation[] = [
  {
    name: 'invite a customer to a survey',
    prepare: async (given) => {
      const { path, body } = await invite(given);
      return {
        run: async () => good(await given.world.api(given.ws.keys.admin, 'POST', path, body)),
        // Customer and survey; the invitation.
        optimum: async () => ({ rru: 2, wru: 1 }),
      };
    },
  },
  {
    name: 'open a survey by its link',
    prepare: async (given) => {
      const api = await page(given);
      return {
        run: async () => good(await given.world.api(undefined, 'GET', api)),
        // Invitation, workspace, survey, response and customer.
        optimum: async () => ({ rru: 5, wru: 0 }),
      };
    },
  },
  {
    name: 'keep a partial answer',
    prepare: async (given) => {
      const api = await page(given);
      return {
        run: async () => good(await given.world.api(undefined, 'PUT', `${api}/answers`, said(0))),
        // Invitation, workspace, survey and response; the response.
        optimum: async () => ({ rru: 4, wru: 1 }),
      };
    },
  },
  {
    name: 'hand an answer in',
    prepare: async (given) => {
      const api = await page(given);
      return {
        run: async () => good(await given.world.api(undefined, 'POST', `${api}/complete`, said(0))),
        // And the customer, whose owner it is kept with.
        optimum: async () => ({ rru: 5, wru: 1 }),
      };
    },
  },
  {
    name: 'hand an answer in, with all that follows: history, lists, timeline, activity, counts',
    prepare: async (given) => {
      const api = await page(given);
      return {
        run: async () => {
          good(await given.world.api(undefined, 'POST', `${api}/complete`, said(0)));
          await given.world.drain();
        },
        // As before; then workspace, response, customer and version, her activity, and what waits of her by customer, row, timeline and
        // answers. The response, its history with an entry, two lists, the interaction with its history and entry, activity and counter.
        optimum: async () => ({ rru: 5 + 4 + 1 + 4, wru: 1 + (2 + 1) + 2 + 1 + (2 + 1) + 2 + 2 }),
      };
    },
  },
  {
    name: `what ${answers} answers to a survey come to`,
    prepare: async (given) => {
      const { world, ws } = given;
      const id = await answeredBy(given);
      return {
        run: async () =>
          expect(good(await world.api(ws.keys.admin, 'GET', `/v1/surveys/${id}/results`)).body).toMatchObject({ completed: answers }),
        // The survey and its version; each of sixteen partitions; which runs and rules ask it.
        optimum: async () => {
          const rows = world.rows(`T#${ws.tenant}#SURVEY#${id}#`) as Item[];
          const parts = [...Map.groupBy(rows, ({ pk }) => pk).values()];
          const units = parts.map((part) => readUnits(part.reduce((sum, row) => sum + itemBytes(row), 0)));
          return { rru: 1 + 0.5 + units.reduce((sum, one) => sum + one, 0) + 2 * 0.5, wru: 0 };
        },
      };
    },
  },
];
