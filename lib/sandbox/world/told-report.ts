import { toBuckets } from './buckets';
import type { Course } from './course/course';
import { toDisjoint, type Interval } from './interval-set';
import type { ReportQuestion } from './report';
import type { ArmCounts } from './tally';

/** A question whose intervals are left out when everything so far is meant. */
type ToldQuestion = Omit<ReportQuestion, 'intervals'> & {
  readonly intervals?: readonly Interval[] | undefined;
};

/**
 * A report of a server whose clock is off: the dates of the question and the keys of the answer
 * are in its own time, what they count is what happened. `nowMs` is the true time.
 */
export function reportToldTimes(
  course: Course,
  asked: ToldQuestion,
  nowMs: number,
  offsetMs: number,
): Map<string, ArmCounts[]> {
  const { intervals: told, breakdown, ...rest } = asked;
  const toTrue = ({ startMs, endMs }: Interval): Interval => ({
    startMs: startMs - offsetMs,
    endMs: endMs - offsetMs,
  });
  const intervals = told?.map(toTrue) ?? [{ startMs: -Infinity, endMs: nowMs }];
  if (offsetMs === 0 || breakdown?.type !== 'INTERVAL') {
    const whole = { ...rest, intervals, ...(breakdown === undefined ? {} : { breakdown }) };
    return course.report(whole, nowMs);
  }
  // Days cut by a wrong clock are no days of the world: each is asked for by itself.
  const past = toDisjoint(course.collected, { startMs: -Infinity, endMs: nowMs });
  const collected = past.flatMap((window) => toDisjoint(intervals, window));
  const shifted = collected.map((i) => ({
    startMs: i.startMs + offsetMs,
    endMs: i.endMs + offsetMs,
  }));
  const rows = new Map<string, ArmCounts[]>();
  for (const bucket of toBuckets(shifted, breakdown.unit)) {
    const part = toDisjoint(collected, toTrue(bucket));
    const counts = course.report({ ...rest, intervals: part }, nowMs);
    for (const arms of counts.values()) rows.set(bucket.key, arms);
  }
  return rows;
}
