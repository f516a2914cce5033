import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** The files that may reach the stage's own rows, and why. */
const allowed = [
  'functions/admin/person.ts', // which workspaces a person has, before it is known in which one she is
  'functions/campaigns/reconcile.lambda.ts', // which runs are to come, of every workspace, so that each has its schedule
  'functions/runs/pace.ts', // what a provider takes a second is shared by all workspaces
  'functions/workflows/ops.ts', // the operator's list of workspaces
  'functions/workflows/sweep.lambda.ts', // what is due in every workspace
];

const sources = readdirSync(join(root, 'functions'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `functions/${name.replaceAll('\\\\', '/')}`);
const text = (file: string) => readFileSync(join(root, file), 'utf8');

it('lets only the listed files reach the rows that belong to no workspace', () => {
  expect(sources.filter((file) => /from '.*\/stage\.ts'/.test(text(file))).sort()).toEqual(allowed);
});

it('binds a table to a space of keys in two files alone', () => {
  expect(sources.filter((file) => /new Table\(/.test(text(file))).sort()).toEqual([
    'functions/table/stage.ts',
    'functions/table/tenant.ts',
  ]);
});
