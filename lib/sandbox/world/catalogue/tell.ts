import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { Stream } from '@/lib/sandbox/world/stream';
import { toCreated } from './calendar';

/** An ordinary experiment: one truth from its launch to its end, as configured. */
export interface Told
  extends
    Pick<ExperimentPlan, 'id' | 'siteId' | 'name' | 'description' | 'variations' | 'deserved'>,
    Partial<
      Pick<
        ExperimentPlan,
        'allocation' | 'configured' | 'endMs' | 'hasOriginal' | 'splitSetMs' | 'status' | 'type'
      >
    > {
  readonly baseUrl: string;
  readonly launchMs: number;
  /** New visitors a day over all arms. */
  readonly visitorsPerDay: number;
  /** By goal id, main goal first: the true rate of each arm, 0 to 1. */
  readonly rates: readonly (readonly [goalId: number, byArm: readonly number[]])[];
  /** Where the truth is not one steady stream: stretches that differ from it. */
  readonly stretches?: readonly Partial<Stream>[];
}

/** Fills in what most experiments share. */
export function tell(told: Told): ExperimentPlan {
  const { stretches, visitorsPerDay, rates, launchMs, ...rest } = told;
  const hasOriginal = told.hasOriginal ?? true;
  const arms = told.variations.length + (hasOriginal ? 1 : 0);
  const even = Array.from({ length: arms }, () => 1 / arms);
  const steady: Stream = {
    fromMs: launchMs,
    toMs: told.endMs ?? Infinity,
    visitorsPerDay,
    shares: told.configured ?? even,
    rates: Object.fromEntries(rates),
  };
  return {
    status: 'active',
    type: 'CLASSIC',
    allocation: 'MANUAL',
    configured: even,
    splitSetMs: launchMs,
    ...rest,
    hasOriginal,
    goals: rates.map(([goalId]) => goalId),
    createdMs: toCreated(launchMs),
    launchMs,
    streams: (stretches ?? [{}]).map((stretch) => ({ ...steady, ...stretch })),
  };
}
