import { createChecks, isSet, type Checks } from '@/lib/sandbox/api/checks';
import { toShown } from '@/lib/sandbox/api/shown';
import type { Row } from '@/lib/sandbox/state/row';
import type { GoalTruth } from '@/lib/sandbox/world/cohort-draws';
import { ORIGIN } from '@/lib/sandbox/world/course/subject';
import type { Interval } from '@/lib/sandbox/world/interval-set';
import type { Breakdown } from '@/lib/sandbox/world/report';
import type { SegmentFilter } from '@/lib/sandbox/world/segment-filter';
import type { Measured } from './measured';
import { readIntervals } from './read-intervals';
import { readBreakdown, readFilters } from './read-segments';

/** What a results request asks for, checked. */
export interface ResultsRequest {
  readonly goals: readonly GoalTruth[];
  /** '0' is the original, else a variation's id. */
  readonly referenceVariationId: string;
  readonly conversionType: ConversionType;
  /** True: people are counted; false: visits. */
  readonly visitorData: boolean;
  /** Undefined: from the start to now. */
  readonly intervals?: readonly Interval[];
  readonly breakdown?: Breakdown;
  readonly filters: readonly SegmentFilter[];
}

const CONVERSION_TYPES = ['ALL_CONVERSION', 'CONVERTED_VISITS'] as const;
type ConversionType = (typeof CONVERSION_TYPES)[number];

/** Taken, and without any effect here: what they would add to an answer was never seen. */
const FLAGS = ['allVariationsData', 'bayesian', 'sequentialTesting', 'enabledMultipleTesting'];

/**
 * Reads the body of `POST /experiments/{id}/results`; one 400 names all that is wrong with it. Unknown fields are
 * ignored, and so is `callbackUrl` once it is known to be a URL: what would be sent there is nowhere documented.
 */
export function readResultsRequest(body: Row, measured: Measured): ResultsRequest {
  const checks = createChecks();
  const { conversionType } = body;
  checks.isOneOf(conversionType, 'conversionType', CONVERSION_TYPES);
  const intervals = readIntervals(body['dateIntervals'], checks);
  const breakdown = readBreakdown(body['breakdown'], checks);
  const request = {
    goals: readGoals(body['goalsIds'], 'goalsIds', measured, checks) ?? measured.goals,
    referenceVariationId: readReference(body['referenceVariationId'], measured, checks),
    conversionType: conversionType as ConversionType,
    visitorData: readFlag(body['visitorData'], 'visitorData', checks),
    filters: readFilters(body['filters'], checks),
    ...(intervals === undefined ? {} : { intervals }),
    ...(breakdown === undefined ? {} : { breakdown }),
  };
  for (const flag of FLAGS) readFlag(body[flag], flag, checks);
  readGoals(body['goalIdsCuped'], 'goalIdsCuped', measured, checks);
  checkUrl(body['callbackUrl'], checks);
  checks.done();
  return request;
}

/** Absent or null is false; a word is no flag. */
function readFlag(value: unknown, path: string, checks: Checks): boolean {
  return isSet(value) && checks.isFlag(value, path) && value;
}

/** Goals of the experiment, those included that were taken off it; undefined (or `[]`): all it has now. */
function readGoals(
  value: unknown,
  path: string,
  { goalOf }: Measured,
  checks: Checks,
): readonly GoalTruth[] | undefined {
  if (!isSet(value) || !checks.isList(value, path) || value.length === 0) return undefined;
  return value.flatMap((item, i) => {
    const isNumeric = typeof item === 'string' && /^\d{1,15}$/.test(item);
    const id = isNumeric ? Number(item) : item;
    const goal = typeof id === 'number' ? goalOf(id) : undefined;
    if (goal === undefined)
      checks.fault(`${path}[${i}]`, `no goal ${toShown(item)} in this experiment`);
    return goal === undefined ? [] : [goal];
  });
}

function readReference(value: unknown, { arms }: Measured, checks: Checks): string {
  if (!isSet(value)) return '0';
  const path = 'referenceVariationId';
  if (typeof value !== 'string' && typeof value !== 'number') {
    checks.fault(path, 'must be a text');
    return '0';
  }
  const id = String(value);
  if (id !== '0' && (id === ORIGIN || !arms.includes(id)))
    checks.fault(path, `no variation '${toShown(id)}' in this experiment`);
  return id;
}

function checkUrl(value: unknown, checks: Checks): void {
  if (!isSet(value)) return;
  const isUrl = typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
  if (!isUrl) checks.fault('callbackUrl', 'must be a URL');
}
