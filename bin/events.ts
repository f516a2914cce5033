import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { vias } from '../functions/customers/customer.ts';
import { type SourceType, sources, unsaid } from '../functions/workflows/change.ts';
import { CrmEvent, eventType } from '../functions/workflows/event.ts';

/** `npm run events`: the JSON schema of each noun's events, into docs/events. A test fails where a file is stale. */
export const eventsFolder = resolve(import.meta.dirname, '../docs/events');

/** What can happen to a noun: only what has `archivedAt` is archived and restored. */
export function eventTypes(noun: SourceType): string[] {
  const archives = 'archivedAt' in shapeOf(noun);
  return ['created', 'changed', ...(archives ? ['archived', 'restored'] : []), 'removed'].map((action) => eventType(noun, action));
}

const shapeOf = (noun: SourceType) => (sources[noun].schema as unknown as { shape: Record<string, unknown> }).shape;

/** The form of a noun's events, with its own types and field names. */
export function eventSchema(noun: SourceType) {
  const ownVia = 'ownVia' in sources[noun] && sources[noun].ownVia === true;
  const fields = Object.keys(shapeOf(noun)).filter((field) => !unsaid.has(field) || (field === 'via' && ownVia));
  return CrmEvent.extend({
    type: z.enum(eventTypes(noun)).meta({ description: 'What happened' }),
    via: z.string().meta({ description: CrmEvent.shape.via.description, examples: [...vias] }),
    fields: z.array(z.enum(fields)).meta({ description: CrmEvent.shape.fields.description }),
  }).meta({ title: `Events: ${noun}` });
}

/** The text of each file, by its name. */
export function eventFiles(): Record<string, string> {
  const nouns = Object.keys(sources) as SourceType[];
  return Object.fromEntries(
    nouns.map((noun) => [`${noun}.schema.json`, `${JSON.stringify(z.toJSONSchema(eventSchema(noun), { io: 'input' }), null, 2)}\n`]),
  );
}

if (import.meta.main) {
  mkdirSync(eventsFolder, { recursive: true });
  for (const [name, text] of Object.entries(eventFiles())) writeFileSync(join(eventsFolder, name), text);
}
