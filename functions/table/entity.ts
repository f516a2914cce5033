import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { isoOf } from '../kernel/clock.ts';
import { hashOf } from '../kernel/ids.ts';
import { compact, expand, type Names, reversed } from './compact.ts';

export type Key = { pk: string; sk: string };
export type Item = Key & Record<string, unknown>;
export type IndexName = 'gsi1' | 'gsi2' | 'gsi3' | 'gsi4' | 'gsi5';

/** What must be true of the row that is there. `version` is that of the row that was read. */
export type Guard = { absent: true } | { version: number } | { exists: true } | { always: string };

/** One row to write, and what a failed guard means. `row` is the row that is there, where the engine gives it. */
export type Action = { guard: Guard; onGuard?: (row: Item | undefined) => Error } & (
  | { put: Item }
  | { remove: Key }
  | { check: Key }
  /** `first` sets what is not there yet. */
  | { update: Key; add?: Record<string, number>; set?: Record<string, unknown>; first?: Record<string, unknown> }
);

/** Who writes, when and on which way: stamped on every source row, and read from its images by the stream's consumers. */
export type Stamp = { by: string | null; via: string; requestId: string | null; now: number };

export type UniqueKey = { kind: string; value: string };

type Definition<T, Id> = {
  /** Marks a source row; the stream's consumers wake for it. */
  type: string;
  schema: z.ZodType<T>;
  names: Names;
  key: (tenant: string, id: Id) => Key;
  /** Fields that are kept in the projected map `d` instead of beside it. */
  directory?: readonly (keyof T & string)[];
  /** Copies that only the directory shows. */
  directoryExtras?: (row: T) => Record<string, unknown>;
  /** Fields that the key tells, so that they are not stored. */
  fromKey?: { fields: readonly (keyof T & string)[]; read: (key: Key) => Partial<T> };
  unique?: (row: T) => UniqueKey[];
  /** Where the API shows the row, for Location. */
  path?: (row: T) => string;
  ttl?: (row: T) => number | undefined;
  /** Set where `via` is the noun's own word and not the way on which the row was written. */
  ownVia?: true;
  /** A row that wakes no consumer of the stream: it has no history, no event, no search words. */
  silent?: true;
  /** A row that nobody edits field by field: it is not noted which field changed when. */
  whole?: true;
} & Partial<Record<IndexName, (tenant: string, row: T) => Key | null | undefined>>;

type Versioned = { version: number };

/** Where a claim on an e-mail or an external key stands. */
export const uniqueKey = (tenant: string, { kind, value }: UniqueKey): Key => uniqueKeyOfHash(tenant, kind, hashOf(value, 22));
/** The same where only the value's hash is known. */
export const uniqueKeyOfHash = (tenant: string, kind: string, hash: string): Key => ({ pk: `T#${tenant}#UNIQ#${kind}#${hash}`, sk: '~' });

/** The tenant in a key. */
export const tenantOf = (key: Key) => key.pk.split('#')[1] ?? '';

const meta = ['pk', 'sk', 'e', 'v', 'fv', 'u', 'by', 'rq', 'vi', 'd', 'ttl'] as const;
const indexes: readonly IndexName[] = ['gsi1', 'gsi2', 'gsi3', 'gsi4', 'gsi5'];
const skipped = new Set<string>([...meta, ...indexes.flatMap((name) => [`${name}pk`, `${name}sk`])]);

/** Declares a noun's rows: keys and indexes, encoding, uniqueness. Everything that stores the noun goes through what this gives back. */
export const defineEntity = <T extends Versioned, Id = string>(definition: Definition<T, Id>) => {
  const longNames = reversed(definition.names);
  const inDirectory = new Set<string>(definition.directory);
  const inKey = new Set<string>(definition.fromKey?.fields);
  /** Fields that tell of the write and not of the noun. */
  const stamped = new Set(definition.ownVia ? ['version', 'updatedAt'] : ['version', 'updatedAt', 'via']);

  const changedFields = (from: T, to: T) =>
    (Object.keys(to) as (keyof T & string)[]).filter((field) => !stamped.has(field) && !isDeepStrictEqual(from[field], to[field]));

  const encode = (tenant: string, id: Id, row: T, stamp: Stamp, fieldVersions: Record<string, number> = {}): Item => {
    const beside: Record<string, unknown> = {};
    const directory: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(row))
      if (!stamped.has(field) && !inKey.has(field)) (inDirectory.has(field) ? directory : beside)[field] = value;
    Object.assign(directory, definition.directoryExtras?.(row));
    const item: Item = {
      ...definition.key(tenant, id),
      ...(!definition.silent && { e: definition.type }),
      v: row.version,
      u: stamp.now,
      vi: stamp.via,
      ...(stamp.by && { by: stamp.by }),
      ...(stamp.requestId && { rq: stamp.requestId }),
      ...(compact(beside, definition.names) as object),
    };
    if (definition.directory) item.d = compact(directory, definition.names);
    if (Object.keys(fieldVersions).length) item.fv = compact(fieldVersions, definition.names);
    const ttl = definition.ttl?.(row);
    if (ttl !== undefined) item.ttl = ttl;
    for (const name of indexes) {
      const key = definition[name]?.(tenant, row);
      if (key) Object.assign(item, { [`${name}pk`]: key.pk, [`${name}sk`]: key.sk });
    }
    return item;
  };

  /** What stands beside the directory, in the noun's words. */
  const plain = (item: Item) =>
    expand(Object.fromEntries(Object.entries(item).filter(([name]) => !skipped.has(name))), longNames) as Record<string, unknown>;

  /** The row behind an item. Throws a ZodError for an item that is none. */
  const decode = (item: Item): T => {
    const row: Record<string, unknown> = {
      ...plain(item),
      ...(definition.directory && pickDirectory(item.d)),
      ...definition.fromKey?.read(item),
    };
    const known = (definition.schema as unknown as { shape: Record<string, unknown> }).shape;
    row.version = item.v;
    if ('updatedAt' in known) row.updatedAt = isoOf(Number(item.u));
    if ('via' in known && !definition.ownVia) row.via = item.vi;
    return definition.schema.parse(row);
  };

  const pickDirectory = (d: unknown) =>
    Object.fromEntries(Object.entries((expand(d, longNames) ?? {}) as object).filter(([field]) => inDirectory.has(field)));

  /** Which row an item is, and whose: what the stream's consumers ask of every change, without the cost of checking the whole row. */
  const identity = (item: Item): { id?: string; customerId?: string } => {
    const told = { ...(item.d as object | undefined), ...item, ...(definition.fromKey?.read(item) as object | undefined) } as Record<
      string,
      unknown
    >;
    const of = (field: string) => (told[field] ?? told[definition.names[field] ?? field]) as string | undefined;
    const { shape } = definition.schema as unknown as { shape: Record<string, unknown> };
    const [id, customerId] = ['id', 'customerId'].map((field) => (field in shape ? of(field) : undefined));
    return { ...(id && { id }), ...(customerId && { customerId }) };
  };

  const claim = (tenant: string, id: Id, key: UniqueKey): Action => ({
    put: { ...uniqueKey(tenant, key), of: definition.key(tenant, id).pk },
    guard: { absent: true },
    onGuard: (row) => new TakenError(key, row),
  });
  const release = (tenant: string, key: UniqueKey): Action => ({
    remove: uniqueKey(tenant, key),
    guard: { always: 'the claim is this row’s own' },
  });

  return {
    ...definition,
    decode,
    identity,
    changedFields,
    /** The fields beside the directory, unchecked and without defaults: for whoever looks at many rows. */
    plain,
    /** The row of a directory index: `d`, in the noun's words. */
    directoryOf: (item: Item) => expand(item.d ?? {}, longNames) as Record<string, unknown>,

    /** The version at which each field changed last; a field that is absent has not changed since it was created. */
    fieldVersions: (item: Item) => expand(item.fv ?? {}, longNames) as Record<string, number>,

    /** Makes a row that must not be there yet, with its claims. */
    create: (tenant: string, id: Id, row: T, stamp: Stamp): Action[] => [
      { put: encode(tenant, id, row, stamp), guard: { absent: true } },
      ...(definition.unique?.(row) ?? []).map((key) => claim(tenant, id, key)),
    ],

    /** Replaces a row that must still be at the version that was read, and moves its claims. */
    update: (tenant: string, id: Id, change: { from: Item; to: T }, stamp: Stamp): Action[] => {
      const from = decode(change.from);
      const to = { ...change.to, version: from.version + 1 };
      const versions = { ...(expand(change.from.fv ?? {}, longNames) as Record<string, number>) };
      if (!definition.whole) for (const field of changedFields(from, to)) versions[field] = to.version;
      const before = new Map((definition.unique?.(from) ?? []).map((key) => [`${key.kind}#${key.value}`, key]));
      const after = new Map((definition.unique?.(to) ?? []).map((key) => [`${key.kind}#${key.value}`, key]));
      return [
        { put: encode(tenant, id, to, stamp, versions), guard: { version: from.version } },
        ...[...after].filter(([name]) => !before.has(name)).map(([, key]) => claim(tenant, id, key)),
        ...[...before].filter(([name]) => !after.has(name)).map(([, key]) => release(tenant, key)),
      ];
    },

    /** Takes back a create: the row and its claims end now, by ttl, and only history remains. */
    expire: (tenant: string, id: Id, from: Item, stamp: Stamp): Action[] => {
      const row = decode(from);
      const ended = Math.floor(stamp.now / 1_000) - 1;
      const to = encode(tenant, id, { ...row, version: row.version + 1 }, stamp, {});
      for (const name of indexes) {
        delete to[`${name}pk`];
        delete to[`${name}sk`];
      }
      return [
        { put: { ...to, ttl: ended }, guard: { version: row.version } },
        ...(definition.unique?.(row) ?? []).map(
          (key): Action => ({ put: { ...uniqueKey(tenant, key), ttl: ended }, guard: { always: 'the claim is this row’s own' } }),
        ),
      ];
    },
  };
};

/** A claim that somebody else holds. `holder` is the partition key of the row it belongs to. */
export class TakenError extends Error {
  readonly key: UniqueKey;
  readonly holder: string | undefined;

  constructor(key: UniqueKey, row: Item | undefined) {
    super('a unique key is taken');
    this.key = key;
    this.holder = row?.of as string | undefined;
  }
}

/** The row is not at the version that was read, or is there although it must not be. */
export class GuardError extends Error {
  readonly row: Item | undefined;

  constructor(row: Item | undefined) {
    super('a guard failed');
    this.row = row;
  }
}
