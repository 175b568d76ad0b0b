import { toDisjoint, type Interval } from '@/lib/sandbox/world/interval-set';
import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { Turn } from '@/lib/sandbox/world/turn';

const EVER: Interval = { startMs: -Infinity, endMs: Infinity };

/** When a goal belonged to an experiment: it converts then, and what it has counted stays when it goes. */
export function toAttached(
  plan: ExperimentPlan | undefined,
  turns: readonly Turn[],
  goalId: number,
): readonly Interval[] {
  const spans: Interval[] = [];
  let [sinceMs, isIn] = [-Infinity, plan?.goals.includes(goalId) ?? false];
  for (const { atMs, goals } of turns) {
    if (isIn) spans.push({ startMs: sinceMs, endMs: atMs });
    [sinceMs, isIn] = [atMs, goals.includes(goalId)];
  }
  if (isIn) spans.push({ startMs: sinceMs, endMs: Infinity });
  return toDisjoint(spans, EVER);
}

/** Every goal an experiment has ever had, those of its plan first. */
export function toEverAttached(
  plan: ExperimentPlan | undefined,
  turns: readonly Turn[],
): ReadonlySet<number> {
  return new Set([...(plan?.goals ?? []), ...turns.flatMap((turn) => turn.goals)]);
}
