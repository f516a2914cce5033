import type { DemoApi } from './api.ts';
import type { Story } from './story.ts';

/** What the steps of filling have in hand. */
export interface FillReport {
  customers: number;
  interactions: number;
  consents: number;
  followUps: number;
  segments: number;
  lists: number;
  /** Switched on. */
  rules: number;
  campaigns: number;
  cases: number;
  /** Handed in. */
  responses: number;
  /** Refused for good; the first few problems as text. */
  failed: string[];
  ms: number;
}

/** One workspace's side of the work: its key, its tenant, and the ids of what was made so far. */
export interface Shelf {
  tenant: string;
  api: DemoApi;
  ids: Map<string, string>;
}

export interface Work {
  told: Story;
  shelves: Map<string, Shelf>;
  report: FillReport;
  step(done: number): void;
  signal: AbortSignal | undefined;
}

export interface BatchAnswer {
  data: { status: number; id?: string; problem?: Record<string, unknown> & { existing?: { id?: string }[] } }[];
}

const perBatch = 100;
export const batches = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / perBatch) }, (_, at) => list.slice(at * perBatch, (at + 1) * perBatch));

export const describeProblem = (key: string, problem: Record<string, unknown> | undefined) =>
  `${key}: ${problem?.code} ${problem?.detail ?? ''} ${problem?.errors ? JSON.stringify(problem.errors) : ''}`.trim();

export const nothingYet = (): FillReport => ({
  ...{ customers: 0, interactions: 0, consents: 0, followUps: 0, segments: 0, lists: 0, rules: 0, campaigns: 0, cases: 0, responses: 0 },
  failed: [],
  ms: 0,
});
