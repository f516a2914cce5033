import { useSyncExternalStore } from 'react';
import type { Role } from '../../../functions/admin/roles.ts';

/** The first day, per role. A step is ticked by doing it, wherever it is done. */
const steps = [
  'open',
  'find',
  'create',
  'log',
  'filter',
  'answer',
  'edit',
  'import',
  'export',
  'tag',
  'invite',
  'key',
  'settings',
  'audit',
  'palette',
] as const;
export type Step = (typeof steps)[number];

export const firstDay: Record<Role, Step[]> = {
  admin: ['settings', 'invite', 'import', 'open', 'log', 'key', 'palette'],
  manager: ['open', 'find', 'filter', 'answer', 'export', 'audit', 'palette'],
  sales: ['create', 'find', 'open', 'log', 'edit', 'filter', 'palette'],
  service: ['find', 'open', 'answer', 'log', 'edit', 'palette'],
  marketing: ['filter', 'open', 'tag', 'import', 'find', 'palette'],
  analyst: ['filter', 'open', 'find', 'export', 'palette'],
  partner: ['open', 'palette'],
};

const storageKey = 'suki.firstDay';
const listeners = new Set<() => void>();
let person = '';
let ticked: ReadonlySet<string> = new Set();

const load = () => {
  try {
    ticked = new Set(JSON.parse(localStorage.getItem(`${storageKey}.${person}`) ?? '[]') as string[]);
  } catch {
    ticked = new Set();
  }
};

/** Whose first day it is: a member of one workspace. */
export function setChecklistPerson(member: string): void {
  if (member === person) return;
  person = member;
  load();
  for (const listener of listeners) listener();
}

/** Ticks a step; a second time changes nothing. */
export function tick(step: Step | 'dismissed'): void {
  if (!person || ticked.has(step)) return;
  ticked = new Set([...ticked, step]);
  localStorage.setItem(`${storageKey}.${person}`, JSON.stringify([...ticked]));
  for (const listener of listeners) listener();
}

export function startAgain(): void {
  ticked = new Set();
  localStorage.removeItem(`${storageKey}.${person}`);
  for (const listener of listeners) listener();
}

export const useTicked = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ticked,
  );
