import 'server-only';

import type { Experiment } from '@/lib/core/experiment/experiment';
import { isProblemError } from '@/lib/core/problem/problem';
import { atMost } from '@/lib/core/time/at-most';
import type { Clock } from '@/lib/core/time/clock';
import type { Priority } from '@/lib/server/kameleoon/client';
import type { ListAnswer, Pages } from '@/lib/server/kameleoon/pages';
import type { WireExperiment, WireGoal, WireSite } from '@/lib/server/kameleoon/wire';
import { wireGoal, wireSite } from '@/lib/server/kameleoon/wire';

/** Projects and goals by id: labels of what the experiments name. */
export interface Labels {
  readonly sites: ReadonlyMap<string, WireSite>;
  readonly goals: ReadonlyMap<string, WireGoal>;
  /** Takes over the labels of experiments that an earlier process read; where it has its own they stay. */
  seed(remembered: readonly Experiment[]): void;
  /** While no label is known: asks at once, so that the first experiments come with theirs. */
  begin(priority: Priority): void;
  /** Waits a moment for the labels of these experiments, asking for them where some are new. Throws `upstream-auth`. */
  cover(wires: readonly WireExperiment[], priority: Priority): Promise<void>;
}

const RENEW_AFTER_MS = 60 * 60_000;
/** Readings must not wait for labels: what is not there by then comes with a later part of the list. */
const PATIENCE_MS = 3_000;

/** Read as a whole when an unknown id turns up, and about hourly: the API has no filter for them that is known to work. */
export function createLabels({
  pages,
  clock,
}: {
  readonly pages: Pages;
  readonly clock: Clock;
}): Labels {
  const sites = new Map<string, WireSite>();
  const goals = new Map<string, WireGoal>();
  /** Ids the last reading did not resolve: asking again at once would not either. */
  const unresolved = new Set<string>();
  let readAtMs: number | null = null;
  let reading: Promise<void> | null = null;

  const renew = async (priority: Priority): Promise<void> => {
    const common = { priority, started: true };
    const [newSites, newGoals] = await Promise.all([
      unlessRefused(pages.readPages({ path: '/sites', schema: wireSite, ...common })),
      unlessRefused(pages.readPages({ path: '/goals', schema: wireGoal, ...common })),
    ]);
    for (const site of newSites) sites.set(site.id, site);
    for (const goal of newGoals) goals.set(goal.id, goal);
    unresolved.clear();
    readAtMs = clock.monotonicMs();
  };

  const begin = (priority: Priority): Promise<void> => {
    reading ??= renew(priority).finally(() => {
      reading = null;
    });
    // Whoever waits hears of a failure; nobody may be waiting any more.
    reading.catch(() => undefined);
    return reading;
  };

  const unknownOf = (wires: readonly WireExperiment[]): string[] =>
    wires
      .flatMap(({ siteId, goals: ids, mainGoalId }) => [
        ...(siteId && !sites.has(siteId) ? [`site ${siteId}`] : []),
        ...[...(ids ?? []), ...(mainGoalId ? [mainGoalId] : [])]
          .filter((id) => !goals.has(id))
          .map((id) => `goal ${id}`),
      ])
      .filter((key) => !unresolved.has(key));

  return {
    sites,
    goals,
    seed(remembered) {
      for (const { project, goals: known } of remembered) {
        if (project.name !== project.id && !sites.has(project.id))
          sites.set(project.id, { id: project.id, name: project.name });
        for (const { id, name, kind, hasMultipleConversions } of known)
          if (name !== id && !goals.has(id))
            goals.set(id, { id, name, type: kind, hasMultipleConversions });
      }
    },
    begin(priority) {
      if (readAtMs === null && sites.size + goals.size === 0) void begin(priority);
    },
    async cover(wires, priority) {
      const ageMs = readAtMs === null ? null : clock.monotonicMs() - readAtMs;
      const isOld = ageMs !== null && ageMs > RENEW_AFTER_MS;
      // Read a moment ago, beside the experiments: what is unknown now stays so.
      if (ageMs !== null && ageMs < PATIENCE_MS)
        for (const key of unknownOf(wires)) unresolved.add(key);
      if (!reading && !isOld && unknownOf(wires).length === 0) return;
      try {
        const isThere = begin(priority).then(() => {
          for (const key of unknownOf(wires)) unresolved.add(key);
        });
        isThere.catch(() => undefined);
        await atMost(clock, isThere, PATIENCE_MS);
      } catch (error) {
        // Wrong credentials concern everything; anything else costs labels only, and the known ones stay.
        if (!isProblemError(error) || error.problem.code === 'upstream-auth') throw error;
      }
    },
  };
}

/** Without the right to see them, projects and goals are labelled by id; the experiments are still worth showing. */
async function unlessRefused<Row>(list: Promise<ListAnswer<Row>>): Promise<readonly Row[]> {
  try {
    return (await list).rows;
  } catch (error) {
    const code = isProblemError(error) ? error.problem.code : null;
    if (code === 'upstream-forbidden' || code === 'upstream-not-found') return [];
    throw error;
  }
}
