import type { Health } from '@/lib/core/analysis/analysis';
import type { Reason } from '@/lib/core/analysis/reason';

/** Whether the figures may be judged. `withheld`: what is missing may still come, so nothing is said yet. */
export type Standing =
  | { readonly kind: 'judged' }
  | {
      readonly kind: 'withheld' | 'blocked' | 'not-applicable';
      readonly reasons: readonly Reason[];
    };

/**
 * From health and set-up to a standing, in the order of statistics A12.7: blocked (split broken or changed, stray
 * visitors, counts that fell), not applicable (set-up, or `converted` counts visits), withheld (unit not shown yet).
 */
export function readStanding(health: Health, setup: readonly Reason[]): Standing {
  const failed = (id: string): readonly Reason[] =>
    health.checks.flatMap((check) =>
      check.id === id && check.state === 'failed' ? check.reasons : [],
    );
  const blocking = [...failed('split'), ...failed('data')];
  if (blocking.length > 0) return { kind: 'blocked', reasons: blocking };
  const excluding = [...setup, ...failed('unit')];
  if (excluding.length > 0) return { kind: 'not-applicable', reasons: excluding };
  const isUnproven = health.checks.some(({ id, state }) => id === 'unit' && state === 'checking');
  return isUnproven
    ? { kind: 'withheld', reasons: [{ kind: 'unit-unproven' }] }
    : { kind: 'judged' };
}
