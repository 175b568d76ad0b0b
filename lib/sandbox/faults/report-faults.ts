import type { Quirks } from '@/lib/sandbox/api/results/quirks';
import type { ArmCounts } from '@/lib/sandbox/world/tally';
import type { About } from './about';
import type { FaultBoard, Strike } from './fault-board';

/** What a report under these faults is like; a job keeps what it was begun under. */
export function toReportedQuirks(usual: Quirks, about: About, board: FaultBoard): Quirks {
  const unit = board.strike('rate-unit', about)?.settings.unit;
  const key = board.strike('reference-key', about)?.settings.key;
  const countsVisits = board.strike('converted-visits', about) !== undefined;
  return {
    ...usual,
    ...(unit === undefined ? {} : { rateUnit: unit }),
    ...(key === undefined ? {} : { referenceKey: key }),
    ...(countsVisits ? { convertedCount: 'visits' as const } : {}),
  };
}

/** All counts lower by a share; rounding down keeps their order (converted <= visitors). */
export function toReportedCounts(
  rows: ReadonlyMap<string, readonly ArmCounts[]>,
  fall: Strike<'falling-counts'> | undefined,
): ReadonlyMap<string, readonly ArmCounts[]> {
  if (fall === undefined) return rows;
  const less = (count: number): number => Math.floor(count * (1 - fall.settings.share));
  const toLess = ({ visits, visitors, goals }: ArmCounts): ArmCounts => ({
    visits: less(visits),
    visitors: less(visitors),
    goals: goals.map((goal) => ({
      conversions: less(goal.conversions),
      convertedVisits: less(goal.convertedVisits),
      convertedVisitors: less(goal.convertedVisitors),
      revenueCents: less(goal.revenueCents),
    })),
  });
  return new Map([...rows].map(([key, arms]) => [key, arms.map(toLess)]));
}
