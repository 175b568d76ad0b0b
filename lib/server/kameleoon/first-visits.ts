import 'server-only';

import type { Experiment } from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { isVariationKey } from '@/lib/server/kameleoon/translate-experiment';
import type { WireBreakdowns, WireGeneralData, WireReport } from '@/lib/server/kameleoon/wire';

/**
 * How the row of new visitors may be called, letters only: that the keys are names or enum values is inferred (fact
 * sheet 4.2), none was seen. What hides under the name is checked by its counts.
 */
const NEW: ReadonlySet<string> = new Set(['NEW', 'NEWVISITOR', 'NEWVISITORS', 'TRUE']);
const RETURNING: ReadonlySet<string> = new Set([
  'RETURNING',
  'RETURNINGVISITOR',
  'RETURNINGVISITORS',
  'FALSE',
]);

const toName = (key: string): string => key.toUpperCase().replaceAll(/[^A-Z]/g, '');

/**
 * The first visits of each arm in a report broken down by new visitors. Throws `upstream-rejected` where the report
 * does not hold them: no row of that name although people were counted, or a row in which people come more than once.
 */
export function firstVisitsOf(
  { variationData }: WireReport,
  experiment: Experiment,
): (breakdowns: WireBreakdowns, arm: VariationId) => WireGeneralData {
  const refuse = (what: string): ProblemError =>
    new ProblemError(
      toProblem(
        'upstream-rejected',
        `report of experiment ${experiment.id}: the API does not tell first visits: ${what}`,
      ),
    );
  const names = new Set(
    Object.entries(variationData)
      .filter(([key]) => isVariationKey(key))
      .flatMap(([, variation]) => Object.keys(variation?.breakdownData ?? {}))
      .map(toName),
  );
  const known = [...names].filter((name) => NEW.has(name));
  if (known.length > 1) throw refuse(`more than one row of new visitors (${known.join(', ')})`);
  if (known.length === 0) {
    // Where only those who come back were there, nobody came for the first time: that is a count.
    const strange = [...names].filter((name) => !RETURNING.has(name));
    if (strange.length > 0)
      throw refuse(`no row of new visitors (${strange.join(', ').slice(0, 80)})`);
  }

  return (breakdowns, arm) => {
    const row = Object.entries(breakdowns).find(([key]) => NEW.has(toName(key)));
    const data = row?.[1]?.generalData ?? {};
    const { visitCount, visitorCount } = data;
    if ((visitCount ?? null) === null && (visitorCount ?? null) === null) return data;
    // One visit each is what makes them countable: without both counts it cannot be seen.
    if (visitCount !== visitorCount)
      throw refuse(
        `arm ${arm} has ${String(visitCount)} visits of ${String(visitorCount)} new visitors`,
      );
    return data;
  };
}
