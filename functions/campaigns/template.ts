import type { CustomField } from '../admin/workspace.ts';
import { type Found, variableKind } from './variables.ts';

/**
 * Text with variables: `{{customer.givenName}}`, or with what stands in its place where there is no value: `{{customer.givenName | friend}}`.
 * A variable is set in as it is found, after all markup was read, so that no customer's name can be markup. Pure.
 */
export type Variable = { name: string; fallback: string | null; at: number };

/** A text whose variables are replaced by marks of the same length, so that every place in it is the place in the source. */
export type Marked = { text: string; variables: Variable[] };
export type Fault = { at: number; code: string; detail: string };

const opens = '\u{E000}';
const fills = '\u{E001}';
const closes = '\u{E002}';
const reserved = /[\u{E000}-\u{E002}]/u;
const variable = /\{\{([^{}\n]*)\}\}/g;
const nameForm = /^[a-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*){0,3}$/;
/** What a mark can number within the length of the shortest variable, `{{x}}`. */
const mostVariables = 100;

export function marked(source: string): Marked {
  const found: Variable[] = [];
  const text = source.replaceAll(variable, (whole, inner: string, at: number) => {
    const bar = inner.indexOf('|');
    const name = (bar < 0 ? inner : inner.slice(0, bar)).trim();
    const number = found.push({ name, fallback: bar < 0 ? null : inner.slice(bar + 1).trim(), at }) - 1;
    return `${opens}${String(number)}`.padEnd(whole.length - 1, fills) + closes;
  });
  return { text, variables: found };
}

/** What is wrong with the variables of a text, each at its place. */
export function variableFaults(source: string, fields: readonly CustomField[]): Fault[] {
  if (reserved.test(source)) return [{ at: source.search(reserved), code: 'reserved_character', detail: 'this character has no meaning' }];
  const { text, variables } = marked(source);
  if (variables.length > mostVariables) return [{ at: 0, code: 'too_many_variables', detail: `${mostVariables} at most` }];
  const faults = variables.flatMap(({ name, at }): Fault[] => {
    if (!nameForm.test(name)) return [{ at, code: 'invalid_variable', detail: 'a name, and perhaps | and what stands in its place' }];
    return variableKind(name, fields) ? [] : [{ at, code: 'unknown_variable', detail: 'there is no such variable' }];
  });
  const open = text.search(/\{\{|\}\}/);
  return open < 0
    ? faults
    : [...faults, { at: open, code: 'unclosed_variable', detail: 'a variable begins with {{ and ends with }} on its line' }];
}

/** A place in a text as people count: line and column from 1. */
export function placeIn(source: string, at: number): string {
  const before = source.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

const mark = /\u{E000}(\d+)\u{E001}*\u{E002}/gu;

/** The variables of a piece of a marked text, by their numbers. */
export const variablesIn = (piece: string): number[] => [...piece.matchAll(mark)].map(([, number]) => Number(number));

/** What is around the variables of a piece, and what they say. */
export type Filling = { escape: (value: string) => string; literal: (text: string) => string };

/** Thrown where a customer's data do not give what the text needs: she is left out, not the run. */
export class BrokenData extends Error {
  readonly variable: string;
  readonly why: 'absent' | 'broken';

  constructor(name: string, why: 'absent' | 'broken') {
    super(`${name} is ${why}`);
    this.variable = name;
    this.why = why;
  }
}

/** A piece of a marked text with its variables set in. Throws BrokenData. */
export function filled(
  piece: string,
  variables: readonly Variable[],
  { find, filling }: { find: (name: string) => Found; filling: Filling },
): string {
  let out = '';
  let from = 0;
  for (const match of piece.matchAll(mark)) {
    const asked = variables[Number(match[1])];
    if (!asked) continue;
    out += filling.literal(piece.slice(from, match.index)) + filling.escape(saidBy(asked, find));
    from = match.index + match[0].length;
  }
  return out + filling.literal(piece.slice(from));
}

function saidBy({ name, fallback }: Variable, find: (name: string) => Found): string {
  const found = find(name);
  if (typeof found === 'object') return found.text;
  if (found === 'absent' && fallback !== null) return fallback;
  throw new BrokenData(name, found);
}
