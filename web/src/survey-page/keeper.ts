import type { Answers } from '../../../functions/surveys/logic.ts';
import { type PublicSurvey, readSurvey, StaleAnswers, saveAnswers, WrongLink } from './api.ts';

/** What the keeper of answers needs to know, and whom it tells. */
export type Told = {
  language: () => string;
  saving: () => void;
  saved: () => void;
  unsaved: () => void;
  /** Somebody has gone on elsewhere: these are the answers now. */
  newer: (answers: Answers) => void;
  /** The link answers no more: it was completed elsewhere, or is no longer valid. */
  gone: (isCompleted: boolean) => void;
};

export type Keeper = {
  begin: (read: Pick<PublicSurvey, 'rev'>) => void;
  /** Answers to be saved, in a moment. */
  note: (answers: Answers) => void;
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
  let waiting: Answers | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let wait = rest;
  let stopped = false;

  async function takeNewer(): Promise<void> {
    const read = await readSurvey();
    if (read.state === 'completed') {
      stopped = true;
      told.gone(true);
      return;
    }
    rev = read.rev;
    waiting = undefined;
    told.newer(read.answers);
  }

  async function save(): Promise<void> {
    while (waiting && !stopped) {
      const answers = waiting;
      waiting = undefined;
      told.saving();
      try {
        rev = await saveAnswers({ rev, language: told.language(), answers });
        wait = rest;
        if (!waiting) told.saved();
      } catch (error) {
        if (error instanceof StaleAnswers) return takeNewer();
        waiting ??= answers;
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
    if (error instanceof WrongLink) {
      stopped = true;
      told.gone(false);
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
    begin: (read) => {
      rev = read.rev;
    },
    note: (answers) => {
      waiting = answers;
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
