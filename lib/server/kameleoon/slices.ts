import 'server-only';

import type { Experiment } from '@/lib/core/experiment/experiment';
import type { TimeWindow } from '@/lib/core/experiment/slice-windows';
import type { Slicing } from '@/lib/core/experiment/slicing';
import type { SliceCounts } from '@/lib/core/analysis/slices';
import { ORIGINAL } from '@/lib/core/experiment/ids';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { JobResult, ResultsJobRequest } from '@/lib/server/kameleoon/results-job';
import { toSnapshot } from '@/lib/server/kameleoon/translate-report';
import { toUpstreamDate } from '@/lib/server/kameleoon/upstream-date';
import type { WireReport } from '@/lib/server/kameleoon/wire';
import { wireReport } from '@/lib/server/kameleoon/wire';

export interface SlicesRequest {
  readonly experiment: Experiment;
  readonly by: Slicing | null;
  readonly unit: 'visitors' | 'visits';
  /** null: the whole life. */
  readonly windows: readonly TimeWindow[] | null;
}

export interface SlicesOptions {
  /** Ends the waiting; what was sent was spent. */
  readonly signal?: AbortSignal | undefined;
  readonly onSent?: (() => void) | undefined;
}

/** Reads a report cut into slices. All failures are `ProblemError`. */
export type ReadSlices = (
  request: SlicesRequest,
  options?: SlicesOptions,
) => Promise<readonly SliceCounts[]>;

export function createReadSlices({
  runJob,
}: {
  readonly runJob: (request: ResultsJobRequest) => Promise<JobResult>;
}): ReadSlices {
  return async (request, options = {}) => {
    const { experiment, by, windows } = request;
    const { data, postedAtMs } = await runJob({
      path: `/experiments/${experiment.id}/results`,
      body: toBody(request),
      priority: 'interactive',
      ...options,
    });
    const parsed = wireReport.safeParse(data);
    if (!parsed.success)
      throw new ProblemError(
        toProblem(
          'upstream-unreadable',
          `sliced report of experiment ${experiment.id} does not fit its form`,
        ),
      );
    const asOfMs = Math.min(postedAtMs, windows?.at(-1)?.endMs ?? postedAtMs);
    const toCounts = (value: string | null): SliceCounts => ({
      value,
      snapshot: toSnapshot(
        value === null ? parsed.data : sliceOf(parsed.data, value),
        { experiment, unit: request.unit, endMs: null },
        asOfMs,
      ),
    });
    return by === null ? [toCounts(null)] : valuesIn(parsed.data).map(toCounts);
  };
}

/** Fact sheet 4.1 and 4.2. */
function toBody({ experiment, by, unit, windows }: SlicesRequest): Record<string, unknown> {
  return {
    goalsIds: experiment.goals.map(({ id }) => Number(id)),
    referenceVariationId: String(ORIGINAL),
    visitorData: unit === 'visitors',
    allVariationsData: true,
    conversionType: 'CONVERTED_VISITS',
    ...(windows !== null && {
      dateIntervals: windows.map(({ startMs, endMs }) => ({
        start: toUpstreamDate(startMs),
        end: toUpstreamDate(endMs),
      })),
    }),
    ...(by !== null && { breakdown: toBreakdown(by) }),
  };
}

const TYPES: Readonly<Record<Exclude<Slicing, `custom-${number}`>, string>> = {
  device: 'DEVICE_TYPE',
  browser: 'BROWSER',
  country: 'COUNTRY',
  'new-visitors': 'NEW_VISITOR',
};

const toBreakdown = (by: Slicing): Record<string, unknown> =>
  by.startsWith('custom-')
    ? { type: 'CUSTOM_DATUM', index: Number(by.slice('custom-'.length)) }
    : { type: TYPES[by as keyof typeof TYPES] };

/** Every value that any variation was counted under. */
const valuesIn = ({ variationData }: WireReport): readonly string[] => [
  ...new Set(
    Object.values(variationData).flatMap((variation) =>
      Object.keys(variation?.breakdownData ?? {}),
    ),
  ),
];

/** One slice as a report of its own. A variation without that value was not seen by anyone there. */
const sliceOf = ({ variationData }: WireReport, value: string): WireReport => ({
  variationData: Object.fromEntries(
    Object.entries(variationData).map(([key, variation]) => {
      const row = variation?.breakdownData?.[value];
      return [key, { breakdownData: row ? { _reference: row } : {} }];
    }),
  ),
});
