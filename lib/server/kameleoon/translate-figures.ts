import 'server-only';

import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import { ORIGINAL } from '@/lib/core/experiment/ids';
import type { PlatformFigures, Unit } from '@/lib/core/experiment/snapshot';
import type { ScaleFinding, ScaleRow } from '@/lib/server/kameleoon/units';
import { findScale, reliabilityScale, toFraction } from '@/lib/server/kameleoon/units';
import type { WireGeneralData } from '@/lib/server/kameleoon/wire';

/** One arm as delivered, under the house's id. */
export interface WireArm {
  readonly variationId: VariationId;
  readonly data: WireGeneralData;
}

interface Row {
  readonly rate: ScaleRow;
  readonly lift: ScaleRow;
  readonly reliability: number | null;
}

const keyOf = (variation: VariationId, goal: string): string => `${variation}/${goal}`;

/**
 * The platform's own rate, lift and reliability as fractions: the unit is found over all rows of the report, then
 * applied. Lifts can be checked against counts as well; where they cannot, they share the unit of the rates.
 */
export function toPlatformFigures(
  arms: readonly WireArm[],
  unit: Unit,
): (variation: VariationId, goal: GoalId) => PlatformFigures {
  const reference = arms.find((arm) => arm.variationId === ORIGINAL);
  const rows = new Map<string, Row>();
  for (const arm of arms)
    for (const goal of Object.keys(arm.data.goalsData ?? {}))
      rows.set(keyOf(arm.variationId, goal), toRow(arm, reference, goal, unit));

  const all = [...rows.values()];
  const rateScale = findScale(all.map((row) => row.rate));
  const liftFound = findScale(all.map((row) => row.lift));
  const liftScale: ScaleFinding = liftFound === 'silent' ? rateScale : liftFound;
  const trustScale = reliabilityScale(
    all.map((row) => row.reliability),
    rateScale,
  );

  return (variation, goal) => {
    const row = rows.get(keyOf(variation, goal));
    if (!row) return { rate: null, lift: null, reliability: null };
    return {
      rate: toFraction(row.rate, rateScale),
      lift: toFraction(row.lift, liftScale),
      reliability: toFraction({ delivered: row.reliability, candidates: [] }, trustScale),
    };
  };
}

function toRow(arm: WireArm, reference: WireArm | undefined, goal: string, unit: Unit): Row {
  const data = arm.data.goalsData?.[goal];
  const own = ratesOf(arm, goal, unit);
  const base = reference ? ratesOf(reference, goal, unit) : [];
  const lifts = own.flatMap((rate, i) => {
    const from = base[i] ?? null;
    return rate === null || from === null || from === 0 ? [] : [rate / from - 1];
  });
  return {
    rate: {
      delivered: data?.conversionRate ?? null,
      candidates: own.filter((rate) => rate !== null),
    },
    lift: { delivered: data?.improvementRate ?? null, candidates: lifts },
    reliability: data?.reliability ?? null,
  };
}

/** What the rate may have been computed from, the likeliest first; always in the same order, null where not known. */
function ratesOf({ data }: WireArm, goal: string, unit: Unit): (number | null)[] {
  const counts = data.goalsData?.[goal];
  const bases = [data.visitorCount, data.visitCount];
  const ordered = unit === 'visitors' ? bases : bases.toReversed();
  return ordered.flatMap((n) =>
    [counts?.convertedVisitCount, counts?.conversionCount].map((count) =>
      typeof count === 'number' && typeof n === 'number' && n > 0 ? count / n : null,
    ),
  );
}
