import type { Problem } from '@/lib/core/problem/problem';

/** Exit codes of `verdict`; docs/shell.md tells them. */
export const EXIT = { ok: 0, refused: 1, usage: 2, partly: 3, interrupted: 130 } as const;

/** What was typed, or a file that was named, is wrong: nothing was written anywhere. One line that says the fix. */
export class InputFault extends Error {
  override readonly name = 'InputFault';
}

/** One thing that exists now. */
export interface Done {
  /** What it is: `experiment`, `variation`, `goal`, … */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  /** What was done with it: `created`, `attached`, `launched`, … */
  readonly what: string;
}

/** Several steps, of which the first ones were carried out. */
export class PartlyDone extends Error {
  override readonly name = 'PartlyDone';
  constructor(
    /** Why it went no further. */
    readonly problem: Problem,
    readonly done: readonly Done[],
    /** The command that goes on from here; null where the same command does. */
    readonly resume: string | null,
  ) {
    super(problem.detail);
  }
}
