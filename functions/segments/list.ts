import * as z from 'zod';
import { CustomerId, DirectoryRow, kinds, MemberId, source } from '../customers/customer.ts';
import { JobId } from '../jobs/job.ts';
import { idOf, StoredInstant, text } from '../kernel/values.ts';

/** A list: a fixed set of customers, put together by hand, from a pasted column, or by freezing a segment. Schemas; pure. */
export const ListId = idOf('lst');

/** Lines that one request takes, and members that it writes itself: what is more, a job writes. */
export const mostLines = 10_000;
export const mostByHand = 1_000;
/** Phones are looked up one by one. */
export const mostPhones = 1_000;

const fields = { name: text(100), description: text(500).nullable().default(null) };

export const List = z
  .strictObject({
    id: ListId,
    ...fields,
    ownerId: MemberId.nullable().default(null),
    /** The job that fills it, or filled it last. */
    jobId: JobId.nullable().default(null),
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'ListRow' });
export type List = z.output<typeof List>;

/** A list with how many are on it, as it was counted last. */
export const ListView = List.extend({ members: z.int().nonnegative() }).meta({ id: 'List' });
export type ListView = z.output<typeof ListView>;

export const ListInput = z.strictObject(fields).meta({ id: 'ListInput' });
export type ListInput = z.output<typeof ListInput>;
export const ListPatch = z
  .strictObject({ name: fields.name, description: text(500).nullable(), ownerId: MemberId })
  .partial()
  .meta({ id: 'ListPatch' });
export type ListPatch = z.output<typeof ListPatch>;

/** A customer as a list shows her. */
export const ListMember = DirectoryRow.extend({ addedAt: StoredInstant }).meta({ id: 'ListMember' });
export type ListMember = z.output<typeof ListMember>;

export const lineKinds = ['email', 'phone', 'key', 'id'] as const;

/** Who is to be put on a list: customers by id, or lines of a pasted column. */
export const Additions = z
  .union([
    z.strictObject({ customerIds: z.array(CustomerId).min(1).max(mostByHand) }),
    z.strictObject({
      /** One a line; blank lines are passed over. */
      text: z.string().min(1).max(1_000_000),
      /** What a line holds; found out line by line where it is not said. */
      by: z.enum(lineKinds).optional(),
      /** The source of external keys that stand there without one. */
      source: source.optional(),
      /** Whom an e-mail belongs to, where a person and a company share it; both where it is not said. */
      kind: z.enum(kinds).optional(),
    }),
  ])
  .meta({ id: 'ListAdditions' });
export type Additions = z.output<typeof Additions>;

export const missReasons = ['not_found', 'archived', 'repeated', 'unreadable', 'several'] as const;
/** A line that leads to nobody who can be put on the list. */
export const Miss = z.strictObject({ line: z.int().positive(), text: z.string(), reason: z.enum(missReasons) }).meta({ id: 'ListMiss' });
export type Miss = z.output<typeof Miss>;

export const Added = z
  .strictObject({
    lines: z.int().nonnegative(),
    added: z.int().nonnegative(),
    /** On the list before. */
    already: z.int().nonnegative(),
    misses: z.array(Miss),
    /** The job that still writes them, where they are many; `added` is then what it will write. */
    jobId: z.string().nullable(),
  })
  .meta({ id: 'ListAdded' });
export type Added = z.output<typeof Added>;
