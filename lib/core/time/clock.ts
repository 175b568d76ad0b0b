/** Time as a room sees it: injected, so that hours pass in a test within milliseconds. */
export interface Clock {
  /** Epoch milliseconds of the wall clock. */
  nowMs(): number;
  /** Milliseconds of a clock that never steps back: for windows, ages and delays. Only differences mean anything. */
  monotonicMs(): number;
  /** Runs `task` once after `delayMs`; the answer cancels it. */
  setTimer(task: () => void, delayMs: number): () => void;
}

export const sleep = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    clock.setTimer(resolve, delayMs);
  });
