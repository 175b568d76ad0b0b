import 'server-only';
import type { ReadingList } from '@/lib/core/live/reading';
import { toStanding } from '@/lib/core/words/standing';

/** `GET /api/experiments`: what a script wants at hand (id, name, status, group, verdict), and the whole reading for pages. */
export const toListBody = ({
  readings,
  totals,
  total,
  all,
  listing,
  projects,
  progress,
  nowMs,
  asOfMs,
  problem,
  storeProblem,
}: ReadingList) => ({
  experiments: readings.map((reading) => ({
    id: reading.experiment.id,
    name: reading.experiment.name,
    status: reading.experiment.status,
    project: reading.experiment.project,
    group: toStanding(reading).group,
    verdict: reading.analysis?.verdict ?? null,
    reading,
  })),
  totals,
  total,
  all,
  listing,
  projects,
  progress,
  nowMs,
  asOfMs,
  problem,
  storeProblem,
});
