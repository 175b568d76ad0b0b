import 'server-only';
import type { ReadingList } from '@/lib/core/live/reading';

/** `GET /api/experiments`: what a script wants at hand (id, name, status, verdict), and the whole reading for pages. */
export const toListBody = ({
  readings,
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
    verdict: reading.analysis?.verdict ?? null,
    reading,
  })),
  progress,
  nowMs,
  asOfMs,
  problem,
  storeProblem,
});
