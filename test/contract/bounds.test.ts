import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApiFile } from '../../bin/openapi.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };

const document = JSON.parse(readFileSync(openApiFile, 'utf8')) as Document;
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

/** What a caller may send: parameters and bodies, with where they stand. */
const inputs = operations.flatMap(({ operationId, parameters = [], requestBody }) => [
  ...parameters.map(({ name, schema }) => ({ at: `${operationId} ${name}`, schema })),
  ...Object.values(requestBody?.content ?? {})
    .slice(0, 1)
    .map(({ schema }) => ({ at: `${operationId} body`, schema })),
]);

const resolved = (schema: Schema): Schema =>
  schema.$ref ? (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
const typesOf = ({ type }: Schema) => [type ?? []].flat();

/** Whether a pattern can only match texts of a bounded length: anchored, and without an open repetition. */
const isBounded = (pattern: string) =>
  pattern.startsWith('^') &&
  pattern.endsWith('$') &&
  !/(?<!\\)[*+]|\{\d+,\}/.test(pattern.replaceAll(/\[[^\]]*\]/g, '.').replaceAll(/\(\?[=!<][^)]*\)/g, ''));
const boundedFormats = new Set(['date', 'date-time', 'uuid', 'email']);

/** Every leaf without a bound, by its path. */
function unbounded(given: Schema, at: string, seen: readonly Schema[] = []): string[] {
  const schema = resolved(given);
  if (seen.includes(schema)) return [];
  const below = (child: Schema, name: string) => unbounded(child, `${at}/${name}`, [...seen, schema]);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  if (parts.length > 0) return parts.flatMap((part, index) => below(part, String(index)));
  if (schema.enum || schema.const !== undefined) return [];
  const faults: string[] = [];
  for (const type of typesOf(schema)) {
    if (type === 'string') {
      const ok = schema.maxLength !== undefined || (schema.pattern && isBounded(schema.pattern)) || boundedFormats.has(schema.format ?? '');
      if (!ok) faults.push(`${at}: a text without an end`);
    }
    if ((type === 'integer' || type === 'number') && !typesOf(schema).includes('string')) {
      const low = schema.minimum ?? schema.exclusiveMinimum;
      if (low === undefined || schema.maximum === undefined) faults.push(`${at}: a number without bounds`);
    }
    if (type === 'array') {
      if (schema.maxItems === undefined) faults.push(`${at}: a list without an end`);
      if (schema.items) faults.push(...below(schema.items, '[]'));
    }
    if (type === 'object') {
      for (const [name, child] of Object.entries(schema.properties ?? {})) faults.push(...below(child, name));
      const { additionalProperties: more } = schema;
      if (typeof more === 'object' && Object.keys(more).length > 0) {
        if (!schema.propertyNames) faults.push(`${at}: any name`);
        faults.push(...below(more, '*'));
      } else if (more !== false) faults.push(`${at}: unknown fields are let in`);
    }
  }
  return faults;
}

/** The filter is checked by hand, level by level, and spread over the query where a list takes one (see test/unit/filter.test.ts). */
const isFilter = (fault: string) => /\/where(\/|:)| filter(\/|:)/.test(fault);

describe('what a caller may send', () => {
  it('has a bound at every leaf', () => {
    expect(inputs.length).toBeGreaterThan(100);
    expect(inputs.flatMap(({ at, schema }) => unbounded(schema, at)).filter((fault) => !isFilter(fault))).toEqual([]);
  });

  it('never names the workspace that it is meant for', () => {
    const namesOf = (given: Schema, seen: readonly Schema[] = []): string[] => {
      const schema = resolved(given);
      if (seen.includes(schema)) return [];
      const children = [
        ...Object.values(schema.properties ?? {}),
        ...(schema.items ? [schema.items] : []),
        ...(schema.anyOf ?? []),
        ...(schema.oneOf ?? []),
        ...(schema.allOf ?? []),
      ];
      return [...Object.keys(schema.properties ?? {}), ...children.flatMap((child) => namesOf(child, [...seen, schema]))];
    };
    const secret = new Set([
      'tenant',
      'tenantId',
      'workspaceId',
      'hash',
      'sub',
      'version',
      'createdAt',
      'updatedAt',
      'e164',
      'archivedAt',
      'fv',
      'pk',
      'sk',
    ]);
    expect(
      inputs.flatMap(({ at, schema }) =>
        namesOf(schema)
          .filter((name) => secret.has(name))
          .map((name) => `${at}: ${name}`),
      ),
    ).toEqual([]);
    expect(inputs.filter(({ at }) => secret.has(at.split(' ')[1] ?? '')).map(({ at }) => at)).toEqual([]);
  });
});
