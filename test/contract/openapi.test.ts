import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument, openApiFile, openApiText } from '../../bin/openapi.ts';
import { examples } from '../../bin/openapi-examples.ts';
import { allowedMethods, everyRoute } from '../../functions/fallback/allowed-methods.ts';
import type { Route } from '../../functions/kernel/route.ts';
import { services } from '../../lib/services.ts';

const routes: [string, Route][] = Object.values(services).flatMap(({ routes }) => Object.entries(routes) as [string, Route][]);

type Operation = {
  operationId: string;
  'x-cost': unknown;
  'x-problems': string[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
};
let document: { paths: Record<string, Record<string, Operation>> };

describe('the OpenAPI document', () => {
  beforeAll(() => {
    document = JSON.parse(openApiText());
  });

  it('is the one that the route tables make (run `npm run openapi` after a change)', () => {
    expect(readFileSync(openApiFile, 'utf8') === openApiText(), 'docs/openapi.json is stale').toBe(true);
  });

  it('has every route once, and nothing else', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
    );
    expect(told.sort()).toEqual(routes.map(([name, { method, path }]) => `${method} ${path} ${name}`).sort());
    expect(new Set(routes.map(([name]) => name)).size, 'an operation is named twice').toBe(routes.length);
  });

  it('tells of each operation its cost, its failures and the form of its success', () => {
    for (const methods of Object.values(document.paths))
      for (const operation of Object.values(methods)) {
        expect(operation['x-cost'], operation.operationId).toMatchObject({ rru: expect.any(Number), wru: expect.any(Number) });
        expect(operation['x-problems'], operation.operationId).toContain('internal');
        expect(
          Object.keys(operation.responses).some((status) => status.startsWith('2')),
          operation.operationId,
        ).toBe(true);
      }
  });

  it('passes the linter without an error or a warning', async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: {
        // One relative server is the point: the document is served by the origin that it describes.
        'no-server-example.com': 'off',
        // /v1/customers/by/{source}/… beside /v1/customers/{id}/…: a literal segment goes first, at the gateway and here.
        'no-ambiguous-paths': 'off',
        // A timeline has one kind of entry until the next noun comes; its form must not change then.
        'no-illogical-composition-keywords': 'off',
        // A health check refuses nothing.
        'operation-4xx-response': 'off',
        'operation-operationId-unique': 'error',
        'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: false },
        'no-invalid-schema-examples': 'error',
        'tag-description': 'error',
      } as never,
    });
    const found = await lintFromString({ source: readFileSync(openApiFile, 'utf8'), absoluteRef: openApiFile, config });
    expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
  });

  it('offers an example for every body, and each is one that the operation takes', () => {
    for (const [name, route] of routes) {
      if (!route.body) continue;
      expect(name in examples || route.body.safeParse({}).success, `${name} has no example`).toBe(true);
      if (name in examples) expect(route.body.safeParse(examples[name]).error?.issues ?? [], name).toEqual([]);
    }
    expect(Object.keys(examples).filter((name) => !routes.some(([known]) => known === name))).toEqual([]);
  });

  it('is the list by which a wrong method is told from a wrong path', () => {
    expect(Object.keys(everyRoute).sort()).toEqual(routes.map(([name]) => name).sort());
    expect(allowedMethods('/v1/customers')).toEqual(['GET', 'POST']);
    expect(allowedMethods('/v1/customers/cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3')).toEqual(['DELETE', 'GET', 'PATCH']);
    for (const path of ['/v1/nothing', '/v1/customers/', '/v1//customers', '/v1', '/', '//', '/v1/customers/a/b/c/d'])
      expect(allowedMethods(path)).toEqual([]);
  });

  it('is OpenAPI 3.1', () => {
    expect(openApiDocument().openapi).toMatch(/^3\.1\./);
  });
});
