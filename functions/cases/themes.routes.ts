import * as z from 'zod';
import { defineRoutes } from '../kernel/route.ts';
import { ThemeId } from './case.ts';
import { Raised, ThemeInput, ThemePatch, ThemeStep, ThemeView } from './theme.ts';

const one = z.strictObject({ id: ThemeId });

export const themeRoutes = defineRoutes({
  listThemes: {
    method: 'GET',
    path: '/v1/themes',
    summary: 'What several cases and answers are about, with how many raised it',
    permission: 'cases:read',
    ok: { status: 200, body: z.strictObject({ data: z.array(ThemeView) }) },
    problems: [],
    cost: { rru: 2, wru: 0, note: 'and 1 R for 60 that are under a theme' },
  },
  createTheme: {
    method: 'POST',
    path: '/v1/themes',
    summary: 'Make a theme',
    permission: 'cases:write',
    body: ThemeInput,
    ok: { status: 201, body: ThemeView },
    problems: ['invalid_input', 'too_many'],
    cost: { rru: 2, wru: 1 },
  },
  getTheme: {
    method: 'GET',
    path: '/v1/themes/{id}',
    summary: 'Get a theme',
    permission: 'cases:read',
    params: one,
    ok: { status: 200, body: ThemeView },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
  listRaised: {
    method: 'GET',
    path: '/v1/themes/{id}/raised',
    summary: 'The cases and answers under a theme',
    permission: 'cases:read',
    params: one,
    ok: { status: 200, body: z.strictObject({ data: z.array(Raised) }) },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
  updateTheme: {
    method: 'PATCH',
    path: '/v1/themes/{id}',
    summary: 'Change what a theme says',
    permission: 'cases:write',
    params: one,
    body: ThemePatch,
    ifMatch: true,
    ok: { status: 200, body: ThemeView },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed', 'already_archived', 'conflict'],
    cost: { rru: 2, wru: 1 },
  },
  moveTheme: {
    method: 'POST',
    path: '/v1/themes/{id}/state',
    summary: 'Plan, finish or decline a theme; a message to exactly those who raised it can be drafted with it',
    permission: 'cases:write',
    params: one,
    body: ThemeStep,
    ok: { status: 200, body: ThemeView },
    problems: ['invalid_input', 'not_found', 'wrong_state', 'already_archived', 'conflict'],
    cost: { rru: 3, wru: 1, note: 'with a draft 3 W more for each customer, and 6 W' },
  },
  archiveTheme: {
    method: 'DELETE',
    path: '/v1/themes/{id}',
    summary: 'Archive a theme',
    permission: 'cases:delete',
    params: one,
    ok: { status: 200, body: ThemeView },
    problems: ['not_found', 'already_archived', 'conflict'],
    cost: { rru: 2, wru: 1 },
  },
});
