import { BUCKET_UNITS } from '@/lib/sandbox/world/buckets';
import type { Interval } from '@/lib/sandbox/world/interval-set';
import type { ExperimentPlan, GoalPlan } from '@/lib/sandbox/world/plan';
import {
  SEGMENT_VALUES,
  type Breakdown,
  type SegmentFilter,
  type SegmentType,
} from '@/lib/sandbox/world/report';
import { toInvalid } from './api-error';
import { isObject } from '@/lib/sandbox/state/row';

/** What a results request asks for, checked. */
export interface ResultsRequest {
  readonly goals: readonly GoalPlan[];
  /** '0' is the original, else a variation's id. */
  readonly referenceVariationId: string;
  readonly conversionType: 'ALL_CONVERSION' | 'CONVERTED_VISITS';
  /** True: people are counted; false: visits. */
  readonly visitorData: boolean;
  /** Undefined: from the start to now. */
  readonly intervals?: readonly Interval[];
  readonly breakdown?: Breakdown;
  readonly filters: readonly SegmentFilter[];
}

const SEGMENT_TYPES: readonly string[] = ['BROWSER', 'COUNTRY', 'DEVICE_TYPE', 'NEW_VISITOR'];

/** Reads the body of `POST /experiments/{id}/results`; unknown fields are ignored. */
export function parseResultsRequest(
  body: unknown,
  experiment: ExperimentPlan,
  goals: readonly GoalPlan[],
): ResultsRequest {
  if (!isObject(body)) throw toInvalid('body: must be a JSON object');
  const { conversionType } = body;
  if (conversionType === undefined || conversionType === null) {
    throw toInvalid("'conversionType': must not be null");
  }
  if (conversionType !== 'ALL_CONVERSION' && conversionType !== 'CONVERTED_VISITS') {
    throw toInvalid(`'conversionType': unknown value '${String(conversionType)}'`);
  }
  const intervals = parseIntervals(body['dateIntervals']);
  const breakdown = parseBreakdown(body['breakdown']);
  return {
    goals: parseGoals(body['goalsIds'], experiment, goals),
    referenceVariationId: parseReference(body['referenceVariationId'], experiment),
    conversionType,
    visitorData: parseFlag(body['visitorData'], 'visitorData'),
    filters: parseFilters(body['filters']),
    ...(intervals === undefined ? {} : { intervals }),
    ...(breakdown === undefined ? {} : { breakdown }),
  };
}

/** Absent or null is false; a word is no flag. */
function parseFlag(value: unknown, path: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw toInvalid(`'${path}': must be true or false`);
  return value;
}

/** Goals of the experiment only; none named means all of them. */
function parseGoals(
  value: unknown,
  experiment: ExperimentPlan,
  goals: readonly GoalPlan[],
): readonly GoalPlan[] {
  const ids: readonly unknown[] =
    Array.isArray(value) && value.length > 0 ? value : experiment.goals;
  return ids.map((id, i) => {
    const goal = goals.find((candidate) => candidate.id === Number(id));
    if (goal === undefined || !experiment.goals.includes(goal.id)) {
      throw toInvalid(`'goalsIds[${i}]': no goal ${String(id)} in this experiment`);
    }
    return goal;
  });
}

function parseReference(value: unknown, experiment: ExperimentPlan): string {
  if (value === undefined || value === null) return '0';
  const id = String(value);
  if (id !== '0' && !experiment.variations.some((variation) => String(variation.id) === id)) {
    throw toInvalid(`'referenceVariationId': no variation '${id}' in this experiment`);
  }
  return id;
}

function parseIntervals(value: unknown): readonly Interval[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw toInvalid("'dateIntervals': must be an array");
  if (value.length === 0) return undefined;
  return value.map((item: unknown, i) => {
    if (!isObject(item)) throw toInvalid(`'dateIntervals[${i}]': must be an object`);
    const startMs = parseDate(item['start'], `dateIntervals[${i}].start`);
    const endMs = parseDate(item['end'], `dateIntervals[${i}].end`);
    if (endMs < startMs) throw toInvalid(`'dateIntervals[${i}]': end is before start`);
    return { startMs, endMs };
  });
}

const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** ISO; without a zone it is UTC. */
function parseDate(value: unknown, path: string): number {
  if (value === undefined || value === null) throw toInvalid(`'${path}': must not be null`);
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  const isZoned = match?.[4] !== undefined || match?.[1] === undefined;
  const ms = match === null ? NaN : Date.parse(isZoned ? match[0] : `${match[0]}Z`);
  if (Number.isNaN(ms)) throw toInvalid(`'${path}': is not a date`);
  return ms;
}

function parseBreakdown(value: unknown): Breakdown | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw toInvalid("'breakdown': must be an object");
  const { type, interval } = value;
  if (type === 'INTERVAL') {
    const unit = BUCKET_UNITS.find((candidate) => candidate === interval);
    if (unit === undefined) throw toInvalid(`'breakdown.interval': unknown '${String(interval)}'`);
    return { type, unit };
  }
  return { type: parseSegmentType(type, 'breakdown.type') };
}

function parseFilters(value: unknown): readonly SegmentFilter[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw toInvalid("'filters': must be an array");
  return value.map((item: unknown, i) => {
    if (!isObject(item)) throw toInvalid(`'filters[${i}]': must be an object`);
    const type = parseSegmentType(item['type'], `filters[${i}].type`);
    const { values, include } = item;
    if (typeof include !== 'boolean') throw toInvalid(`'filters[${i}].include': must not be null`);
    return { type, include, values: parseValues(values, type, `filters[${i}].values`) };
  });
}

/** Values of another type, or of none, would leave everybody out without a word. */
function parseValues(values: unknown, type: SegmentType, path: string): readonly string[] {
  if (!Array.isArray(values) || values.length === 0)
    throw toInvalid(`'${path}': must not be empty`);
  return values.map((value: unknown, i) => {
    const name = String(value).toUpperCase();
    if (!SEGMENT_VALUES[type].includes(name))
      throw toInvalid(`'${path}[${i}]': unknown value '${String(value)}'`);
    return name;
  });
}

function parseSegmentType(value: unknown, path: string): SegmentType {
  if (typeof value === 'string' && SEGMENT_TYPES.includes(value)) return value as SegmentType;
  throw toInvalid(`'${path}': unknown type '${String(value)}'`);
}
