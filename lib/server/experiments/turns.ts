import 'server-only';

/** Looks judged in one go, at some 45 microseconds each: streams and health checks get their turn in between. */
const LOOKS_AT_ONCE = 100;

/** Spreads work over many turns of the event loop. */
export interface Turns {
  /** Waits for the next turn when so much work has been done in this one. */
  after(looks: number): Promise<void>;
}

export function createTurns(): Turns {
  let done = 0;
  return {
    async after(looks) {
      // Even what has no looks costs something.
      done += looks + 5;
      if (done < LOOKS_AT_ONCE) return;
      done = 0;
      await new Promise<void>((go) => setImmediate(go));
    },
  };
}
