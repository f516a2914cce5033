import { isoOf } from '../kernel/clock.ts';
import { hashOf, timeOf } from '../kernel/ids.ts';
import { type Action, defineEntity, type Item, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { Form } from './form.ts';
import { HeldSubmission, heldDays } from './held.ts';

const names = {
  name: 'n',
  languages: 'la',
  fallbackLanguage: 'fl',
  texts: 'tx',
  fields: 'f',
  types: 'ty',
  priority: 'p',
  queue: 'q',
  state: 's',
  publishedAt: 'pt',
  createdAt: 'ca',
} as const;

/** pk T#<tenant>#FRM  sk <form>     a form */
export const formEntity = defineEntity<Form>({
  type: 'form',
  schema: Form,
  names,
  key: (tenant, id) => ({ pk: `T#${tenant}#FRM`, sk: id }),
  fromKey: { fields: ['id', 'createdAt'], read: ({ sk }) => ({ id: sk, createdAt: isoOf(timeOf(sk)) }) },
});

showsAt('form', ({ sk }) => `/v1/forms/${sk}`);

const heldNames = { formId: 'f', formName: 'fn', said: 'sa', reasons: 're', score: 'sc', receivedAt: 'ra' } as const;
export const heldPartition = (tenant: string) => `T#${tenant}#FRMHELD`;

/** pk T#<tenant>#FRMHELD  sk <submission>     what may be spam, until a member has looked; 30 days */
export const heldEntity = defineEntity<HeldSubmission>({
  type: 'heldSubmission',
  schema: HeldSubmission,
  names: heldNames,
  silent: true,
  whole: true,
  key: (tenant, id) => ({ pk: heldPartition(tenant), sk: id }),
  ttl: ({ receivedAt }) => Math.floor(Date.parse(receivedAt) / 1_000) + heldDays * 86_400,
  fromKey: { fields: ['id', 'receivedAt'], read: ({ sk }) => ({ id: sk, receivedAt: isoOf(timeOf(sk)) }) },
});

/** pk T#<tenant>#FRMTOLD  sk <day>     that it was told on that day that something waits */
export const toldKey = (tenant: string, day: string): Key => ({ pk: `T#${tenant}#FRMTOLD`, sk: day });
export const toldOn = (key: Key, until: number): Action => ({ put: { ...key, ttl: until }, guard: { absent: true } });

const besides = (tenant: string, formId: string) => `T#${tenant}#FRM#${formId}`;

/** pk T#<tenant>#FRM#<form>  sk P#<hash of the pass>     rh: the hash of what was handed in by it */
export const passKey = (tenant: string, { formId, pass }: { formId: string; pass: string }): Key => ({
  pk: besides(tenant, formId),
  sk: `P#${hashOf(pass, 32)}`,
});

/** A pass is used by what it brings, in one commit; whoever comes second with it finds the row. */
export const spentPass = (key: Key, { bodyHash, until }: { bodyHash: string; until: number }): Action => ({
  put: { ...key, rh: bodyHash, ttl: until },
  guard: { absent: true },
});
export const broughtBy = (item: Item | undefined): string | undefined => (item ? String(item.rh) : undefined);

/**
 * How many came, by what they have in common:
 * pk T#<tenant>#FRM#<form>  sk N#F#<ten minutes>          of the form
 *                           sk N#A#<hash of an address>   from one address in an hour; the hash is another in each
 *                           sk N#W#<hash of words>        with the same words in a day
 */
export type Count = { what: 'F' | 'A' | 'W'; name: string };
export const countKey = (tenant: string, formId: string, { what, name }: Count): Key => ({
  pk: besides(tenant, formId),
  sk: `N#${what}#${name}`,
});
export const countOne = (key: Key, until: number): Action => ({
  update: key,
  add: { n: 1 },
  first: { ttl: until },
  guard: { always: 'a count of what came' },
});
export const countIn = (item: Item | undefined): number => Number(item?.n ?? 0);
