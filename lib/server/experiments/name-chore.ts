import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Clock } from '@/lib/core/time/clock';
import type { Chore } from '@/lib/server/experiments/chore';
import { createChore } from '@/lib/server/experiments/chore';
import type { NameKeeper } from '@/lib/server/experiments/name-keeper';

const NO_NAMES_MS = 60_000;

/** Reads names batch by batch: those of what runs as soon as first verdicts are there, the others from spare budget. */
export function createNameChore({
  clock,
  names,
  experiments,
  pressedMs,
  spare,
}: {
  readonly clock: Clock;
  readonly names: NameKeeper;
  readonly experiments: () => readonly Experiment[];
  /** Time to keep out of the way of more pressing work; 0: none. */
  readonly pressedMs: () => number;
  readonly spare: (requests: number) => number;
}): Chore {
  let waitMs = NO_NAMES_MS;
  return createChore({
    clock,
    periodMs: () => waitMs,
    async run() {
      const batch = names.next(experiments());
      waitMs = batch === null ? NO_NAMES_MS : pressedMs();
      if (!batch || waitMs > 0) return;
      if (!batch.isPressing) waitMs = spare(1);
      if (waitMs === 0) await names.read(batch);
    },
    // A label that cannot be had is nobody's problem.
    onFailure: () => undefined,
    onRecovery: () => undefined,
  });
}
