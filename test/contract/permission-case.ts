import { idFrom } from '../../functions/kernel/ids.ts';
import type { SeededMember } from '../_util/seed.ts';
import type { ApiAnswer, World } from '../_util/world.ts';
import type { Relation } from './permission-table.ts';
import { makeTarget, ownerFor, type People, type Target } from './permission-world.ts';

/** A request of the matrix. */
export interface Call {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Instead of the caller's usual token. */
  token?: string;
}

export interface Setting {
  world: World;
  people: People;
  actor: SeededMember;
  relation: Relation;
  /** A target that may be changed: new for every cell that is expected to do something. */
  fresh: boolean;
}

export interface Case {
  call(setting: Setting): Promise<Call>;
  /** What happened, where the status of the answer does not say it. */
  outcome?(answer: ApiAnswer, call: Call): string;
}

const targets = new Map<string, Promise<{ target: Target; of: Target }>>();
const callTargets = new WeakMap<Call, Target>();

/** The shared target of a role and relation, or a new one. */
export async function targetFor(
  { people, actor, relation, fresh }: Setting,
  options: { interactionArchived?: boolean } = {},
): Promise<Target> {
  if (fresh) return makeTarget(people, actor, relation, options);
  const name = `${actor.id} ${relation} ${options.interactionArchived ?? false}`;
  if (!targets.has(name))
    targets.set(
      name,
      makeTarget(people, actor, relation, options).then((target) => ({ target, of: target })),
    );
  return (await targets.get(name)!).target;
}

type Build = (target: Target, setting: Setting) => Call;
/** An operation on a customer or what hangs on her. */
export const onTarget = (build: Build, options: { interactionArchived?: boolean } = {}, outcome?: Case['outcome']): Case => ({
  async call(setting) {
    const target = await targetFor(setting, options);
    const call = build(target, setting);
    callTargets.set(call, target);
    return call;
  },
  ...(outcome && { outcome }),
});

const inList = (answer: ApiAnswer, call: Call) => {
  const rows = (answer.body.data ?? []) as { id: string }[];
  return answer.status === 200 && rows.some(({ id }) => id === callTargets.get(call)?.customerId) ? 'y' : 'n';
};
export const list = (build: Build): Case => onTarget(build, {}, inList);

/** The first operation of a batch. */
export const inBatch = (answer: ApiAnswer) => {
  const first = answer.body.data?.[0];
  return first ? letterOf({ ...answer, status: first.status, body: first.problem ?? first }) : letterOf(answer);
};

const letters: Record<string, string> = {
  forbidden: 'f',
  not_found: 'n',
  already_archived: 'c',
  not_archived: 's',
  duplicate: 'd',
  invalid_input: 'i',
  wrong_state: 'w',
  own_approval: 'o',
};
export const letterOf = ({ status, body }: Pick<ApiAnswer, 'status' | 'body'>): string =>
  status < 400 ? 'y' : (letters[String(body?.code)] ?? `${status} ${body?.code}`);

export const one =
  (method: string, suffix = '', body?: unknown, headers?: Record<string, string>) =>
  (target: Target): Call => ({
    method,
    path: `/v1/customers/${target.customerId}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });
export const interaction =
  (method: string, suffix = '', body?: unknown, headers?: Record<string, string>) =>
  (target: Target): Call =>
    one(method, `/interactions/${target.interactionId}${suffix}`, body, headers)(target);
export const ifMatch = { 'if-match': '"1"' };

export const ownerIn = ({ people, actor, relation }: Setting) => ownerFor(people, actor, relation);
/** About no record. */
export const plain = (call: Call | ((setting: Setting) => Call | Promise<Call>)): Case => ({
  call: async (setting) => (typeof call === 'function' ? call(setting) : call),
});

export const tenantOf = ({ people, relation }: Setting) => (relation === 'foreign' ? people.other.tenant : people.ws.tenant);
let count = 0;
/** A number that no other row has. */
export const next = () => ++count;
export const absentId = (prefix: string) => idFrom(prefix, 'not', 'there');
