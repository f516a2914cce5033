import type { AnswersInput } from '../../../functions/responses/response.ts';
import type { Answers } from '../../../functions/surveys/logic.ts';
import { isOver } from '../public/dead-end.ts';
import { readSurvey, StaleAnswers, saveAnswers } from './api.ts';

/** What the keeper of answers needs to know, and whom it tells. */
export type Told = {
  language: () => string;
  saving: () => void;
  saved: () => void;
  unsaved: () => void;
  /** Somebody has gone on elsewhere: these are the answers now. */
  newer: (answers: Answers) => void;
  /** The link takes no more answers. */
  gone: (why: unknown) => void;
};

/** What there is to save: the answers, and the questions that were on the screen. */
export type Noted = Pick<AnswersInput, 'answers' | 'shown'>;

export type Keeper = {
  begin: (rev: number) => void;
  /** Answers to be saved, in a moment. */
  note: (noted: Noted) => void;
  /** The revision that the next answers follow. */
  rev: () => number;
  /** Saves what is not saved yet, now. Throws where that fails. */
  flush: () => Promise<void>;
  stop: () => void;
};

const rest = 500;
const longestWait = 30_000;

/**
 * Saves answers as they are given: one request at a time, the newest answers, half a second after the last change, again and again until
 * it is done. Each carries the revision that it follows; where somebody has gone on elsewhere, the newer answers win.
 */
export function keeper(told: Told): Keeper {
  let rev = 0;
  let waiting: Noted | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let wait = rest;
  let stopped = false;

  async function takeNewer(): Promise<void> {
    const read = await readSurvey(told.language());
    rev = read.rev;
    waiting = undefined;
    told.newer(read.answers);
  }

  async function save(): Promise<void> {
    while (waiting && !stopped) {
      const noted = waiting;
      waiting = undefined;
      told.saving();
      try {
        rev = (await saveAnswers({ rev, language: told.language(), ...noted })).rev;
        wait = rest;
        if (!waiting) told.saved();
      } catch (error) {
        if (error instanceof StaleAnswers) return takeNewer();
        waiting ??= noted;
        throw error;
      }
    }
  }

  /** One save at a time: whoever comes later waits for it, and then saves what is left. */
  async function turn(): Promise<void> {
    await running?.catch(() => undefined);
    const mine = save();
    running = mine;
    try {
      await mine;
    } finally {
      if (running === mine) running = undefined;
    }
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void turn().catch(failed), wait);
  }

  function failed(error: unknown): void {
    if (isOver(error)) {
      stopped = true;
      told.gone(error);
      return;
    }
    told.unsaved();
    wait = Math.min(longestWait, wait * 2);
    later();
  }

  // Leaving the page does not lose the last words: the request outlives it.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden' || !waiting || stopped) return;
    clearTimeout(timer);
    void turn().catch(failed);
  });
  addEventListener('online', () => {
    wait = rest;
    if (waiting) later();
  });

  return {
    begin: (known) => {
      rev = known;
    },
    rev: () => rev,
    note: (noted) => {
      waiting = noted;
      if (!stopped) later();
    },
    flush: async () => {
      clearTimeout(timer);
      await turn();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
