/** Answers of GET /api/experiments. */
import type { ListBody } from '@/lib/client/api';
import { LIST_GROUPS, type ListGroup } from '@/lib/core/live/list-ask';
import type { Reading } from '@/lib/core/live/reading';
import { toStanding } from '@/lib/core/words/standing';
import { aReading } from './reading';

const none = Object.fromEntries(LIST_GROUPS.map((group) => [group, 0])) as Record<
  ListGroup,
  number
>;

export function aListBody(
  readings: readonly Reading[] = [aReading()],
  more: Partial<ListBody> = {},
): ListBody {
  const groups = readings.map((reading) => toStanding(reading).group);
  return {
    experiments: readings.map((reading, at) => ({
      id: reading.experiment.id,
      name: reading.experiment.name,
      status: reading.experiment.status,
      project: reading.experiment.project,
      group: groups[at]!,
      verdict: reading.analysis?.verdict ?? null,
      reading,
    })),
    totals: groups.reduce((totals, group) => ({ ...totals, [group]: totals[group] + 1 }), none),
    total: readings.length,
    all: readings.length,
    listing: { isWhole: true, read: readings.length, total: readings.length },
    projects: [aReading().experiment.project],
    progress: { read: 0, total: 1, atRest: { read: 0, total: 0 } },
    nowMs: 1,
    asOfMs: 1,
    problem: null,
    storeProblem: null,
    ...more,
  };
}
