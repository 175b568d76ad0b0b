import { DAY_MS } from '@/lib/core/analysis/decide';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';
import type { Snapshot } from '@/lib/core/experiment/snapshot';

export interface Timeline {
  readonly isStarted: boolean;
  readonly launchedAtMs: number;
  /** Since when it is counted: the launch, or the later beginning of its counts. */
  readonly startedAtMs: number;
  /** End of the counted data, or of the experiment if that was earlier. */
  readonly untilMs: number;
  /** Whole days since launch; null before it. */
  readonly day: number | null;
}

/**
 * How long an experiment has run at a moment of its data. Days stop when it was ended, stopped or paused: reports asked
 * for later must not let a three-day test pass the seven-day gate. Without a known start the first look stands in,
 * which is later and so never too generous. Counts that begin later have run since then: seven days count from there.
 */
export function readTimeline(
  experiment: Experiment,
  { asOfMs, sinceMs }: Snapshot,
  firstLookAtMs: number | null,
  visitors: number,
): Timeline {
  const { status, startedAtMs: launchedAtMs } = experiment;
  const firstMs = launchedAtMs ?? Math.min(firstLookAtMs ?? asOfMs, asOfMs);
  const startedAtMs = Math.max(firstMs, sinceMs ?? firstMs);
  const endMs = lastCountedMs(experiment, asOfMs);
  const untilMs = endMs > startedAtMs ? endMs : asOfMs;
  const isStarted =
    status !== 'draft' && asOfMs >= startedAtMs && (launchedAtMs !== null || visitors > 0);
  return {
    isStarted,
    launchedAtMs: firstMs,
    startedAtMs,
    untilMs,
    day: isStarted ? Math.floor((untilMs - firstMs) / DAY_MS) : null,
  };
}
