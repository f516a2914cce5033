import { afterAll, beforeAll, expect, it } from 'vitest';
import { chanceOf, full, seed, told } from '../_util/battery.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { surveyIn } from '../_util/survey.ts';
import { type ApiAnswer, describeWorld, startWorld, type World } from '../_util/world.ts';

/** Whoever guesses links learns nothing: no hit, and no difference between what was never there and what was used up. */
const guesses = full ? 1_000_000 : 10_000;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describeWorld(`${guesses} guessed links`, { timeout: full ? 7_200_000 : 240_000 }, () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  /** All of an answer but what names the request. */
  const seen = ({ status, headers, body }: ApiAnswer): string => {
    const { requestId: _, instance: __, ...rest } = body as Record<string, unknown>;
    const { 'x-request-id': ___, 'content-length': ____, ...said } = headers;
    return JSON.stringify([status, said, rest]);
  };

  it('find nothing, and are answered like a link that was used', async () => {
    const chance = chanceOf(seed);
    const survey = await surveyIn({ tenant: ws.tenant, now: world.now() });
    const her = (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Ana' })).body;
    const links = `/v1/customers/${her.id}/survey-links`;
    const tokenOf = async () =>
      (await world.api(ws.keys.admin, 'POST', links, { surveyId: survey.id })).body.url.split('/p/s/')[1] as string;
    const open = (await world.api(ws.keys.admin, 'POST', `/v1/surveys/${survey.id}/links`, { name: 'Counter' })).body.url.split('/p/s/')[1];
    const [real, used] = [await tokenOf(), await tokenOf()];
    const answers = { rev: 0, language: 'en', answers: { recommend: 9 } };
    expect((await world.api(undefined, 'POST', `/p/api/s/${used}/complete`, answers)).status).toBe(200);
    const ask = {
      open: (token: string) => world.api(undefined, 'GET', `/p/api/s/${token}`),
      keep: (token: string) => world.api(undefined, 'PUT', `/p/api/s/${token}/answers`, answers),
      complete: (token: string) => world.api(undefined, 'POST', `/p/api/s/${token}/complete`, { ...answers, answers: { recommend: 1 } }),
    };
    const expected = { open: seen(await ask.open(used)), keep: seen(await ask.keep(used)), complete: seen(await ask.complete(used)) };
    const some = (many: number) => Array.from({ length: many }, () => letters[chance.below(64)]).join('');
    /** Blind guesses, guesses that know workspace and key, neighbours of a real link, and visits of other versions. */
    const guess = (): string => {
      const kind = chance.below(5);
      if (kind === 0) return `${ws.tenant}.${some(26)}`;
      if (kind === 1) return `${real.slice(0, 13)}${some(22)}`;
      if (kind === 2) {
        const at = 9 + chance.below(real.length - 9);
        const other = letters[(letters.indexOf(real[at] as string) + 1 + chance.below(62)) % 64];
        return `${real.slice(0, at)}${other}${real.slice(at + 1)}`;
      }
      return kind === 3 ? `${open}.${2 + chance.below(900)}.${some(22)}` : `${some(8).toLowerCase().replaceAll(/[-_]/g, '0')}.${some(26)}`;
    };
    const kinds = ['open', 'open', 'keep', 'complete'] as const;
    const different = new Set<string>();
    let left = guesses;
    const before = world.storeHash();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        while (left-- > 0) {
          const kind = chance.pick(kinds);
          const answer = seen(await ask[kind](guess()));
          if (answer !== expected[kind]) different.add(`${kind}: ${answer}`);
        }
      }),
    );
    told('guessed links', { guesses, different: different.size });
    expect([...different]).toEqual([]);
    expect(world.storeHash()).toBe(before);
    expect((await ask.open(real)).status).toBe(200);
  });
});
