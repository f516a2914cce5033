import type { ThemeState } from '../../functions/cases/theme.ts';
import { en } from './texts/en.ts';
import { fil } from './texts/fil.ts';
import { fr } from './texts/fr.ts';
import { reasons } from './texts/surveys.ts';
import { th } from './texts/th.ts';
import { ur } from './texts/ur.ts';
import type { Voice } from './texts/voice.ts';

/** What several of Batis's customers have said, each in her own language: which sentence is about what. */

export type ThemeKey = 'leaks' | 'reminder' | 'late';
export const themes: Record<ThemeKey, { name: string; note: string; state: ThemeState }> = {
  leaks: { name: 'A leak waits for days', note: 'A puddle in the kitchen is an emergency to whoever has it.', state: 'open' },
  reminder: { name: 'Say when the cartridge is due, and which one fits', note: 'By text message, two weeks before.', state: 'planned' },
  late: { name: 'Visits and parcels that come too late', note: 'Since this month, whoever is late calls before.', state: 'done' },
};

const voices: readonly Voice[] = [en, fil, fr, ur, th];

/** A sentence with its slots open, as a pattern of what is said with them filled. */
const patternOf = (sentence: string) =>
  new RegExp(
    sentence
      .split(/\{\w+\}/)
      .map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+?'),
  );

const entries: [ThemeKey, RegExp][] = voices.flatMap(({ sentences }) => [
  ...sentences.leak.map((sentence): [ThemeKey, RegExp] => ['leaks', patternOf(sentence)]),
  ...sentences.late.map((sentence): [ThemeKey, RegExp] => ['late', patternOf(sentence)]),
  // Which cartridge fits.
  ...sentences.ask.slice(4, 5).map((sentence): [ThemeKey, RegExp] => ['reminder', patternOf(sentence)]),
]);

/** The theme of what somebody wrote to the shop. */
export const themeOfEntry = (body: string | null): ThemeKey | undefined => entries.find(([, pattern]) => pattern.test(body ?? ''))?.[0];

const answers = new Map<string, ThemeKey>(
  Object.values(reasons).flatMap(({ low, middle }): [string, ThemeKey][] => [
    [low[0] ?? '', 'leaks'],
    [low[2] ?? '', 'reminder'],
    [low[3] ?? '', 'late'],
    [middle[3] ?? '', 'reminder'],
  ]),
);

/** The theme of what somebody answered. */
export const themeOfAnswer = (words: unknown): ThemeKey | undefined => (typeof words === 'string' ? answers.get(words) : undefined);
