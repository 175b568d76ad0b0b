import type { Health, HealthCheck } from '@/lib/core/analysis/analysis';
import type { Reason } from '@/lib/core/analysis/reason';
import type { SplitReading } from '@/lib/core/analysis/split';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { Unit, UnitProof } from '@/lib/core/experiment/snapshot';

export interface HealthInput {
  readonly split: SplitReading;
  readonly unit: Unit;
  readonly proof: UnitProof;
  readonly fallenId: VariationId | null;
  readonly visitors: number;
  /** Why the set-up cannot be judged (`Scope.reasons`). */
  readonly setup: readonly Reason[];
}

/** Set-ups that are no fault of anyone: judging simply does not apply. */
const NO_FAULT: readonly Reason['kind'][] = [
  'bandit',
  'multivariate',
  'no-reference',
  'not-started',
  'split-unknown',
  'exploratory',
  'arms-changed',
];

/** All checks in their fixed order, and what they come to. */
export function readHealth(input: HealthInput): Health {
  const { split, unit, proof, fallenId, visitors, setup } = input;
  const isOff = setup.some(({ kind }) => kind === 'not-started');
  // What joins late is behind its share, and nobody's fault.
  const isFree = setup.some(
    ({ kind }) => kind === 'bandit' || kind === 'split-unknown' || kind === 'arms-changed',
  );
  const off = (id: HealthCheck['id']): HealthCheck => ({
    id,
    state: 'not-applicable',
    reasons: [],
  });
  const checks: HealthCheck[] = [
    isOff || isFree ? off('split') : split.check,
    isOff ? off('unit') : unitCheck(unit, proof),
    isOff
      ? off('data')
      : {
          id: 'data',
          state: fallenId !== null ? 'failed' : visitors > 0 ? 'passed' : 'checking',
          reasons: fallenId !== null ? [{ kind: 'counts-fell', variationId: fallenId }] : [],
        },
    setupCheck(setup),
  ];
  const has = (state: HealthCheck['state']): boolean => checks.some((c) => c.state === state);
  return {
    state: has('failed') ? 'unhealthy' : has('checking') || isOff ? 'checking' : 'healthy',
    checks,
    split: {
      sequentialP: isOff || isFree ? null : split.sequentialP,
      chiSquareP: isOff || isFree ? null : split.chiSquareP,
    },
  };
}

function unitCheck(unit: Unit, proof: UnitProof): HealthCheck {
  if (unit === 'first-visits')
    return { id: 'unit', state: 'passed', reasons: [{ kind: 'first-visits' }] };
  if (proof === 'visitors') return { id: 'unit', state: 'passed', reasons: [] };
  return proof === 'visits'
    ? { id: 'unit', state: 'failed', reasons: [{ kind: 'unit-visits' }] }
    : { id: 'unit', state: 'checking', reasons: [{ kind: 'unit-unproven' }] };
}

function setupCheck(reasons: readonly Reason[]): HealthCheck {
  const isFault = reasons.some(({ kind }) => !NO_FAULT.includes(kind));
  // Looking at another goal says nothing about the set-up.
  const own = reasons.filter(({ kind }) => kind !== 'exploratory');
  const state = isFault ? 'failed' : own.length > 0 ? 'not-applicable' : 'passed';
  return { id: 'setup', state, reasons: own };
}
