import 'server-only';
import { headers } from 'next/headers';
import { parseQuestion } from '@/lib/core/experiment/question';
import type { ListView } from '@/lib/core/live/list-ask';
import type { Curve, Reading } from '@/lib/core/live/reading';
import type { NotesBody } from '@/lib/core/notes/note';
import type { ProblemCode } from '@/lib/core/problem/problem';
import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Granted } from '@/lib/server/access/granted';
import { grant } from '@/lib/server/access/granted';
import { findViewer } from '@/lib/server/access/viewer';
import { toListBody } from '@/lib/server/http/list-body';
import type { Services } from '@/lib/server/services/services';
import { getServices } from '@/lib/server/services/services';

const MISSING: ReadonlySet<ProblemCode> = new Set(['not-found', 'invalid-input']);

/** What every page is told besides its data. */
export interface PageSetting {
  readonly timeZone: string;
  readonly locale: string;
  /** Upstream time at which the page was made. */
  readonly nowMs: number;
}

export interface ExperimentPageData extends PageSetting {
  readonly reading: Reading;
  readonly curve: Curve | null;
  /** null while they cannot be read: the page asks again. */
  readonly notes: NotesBody | null;
}

/** Pages enter by the same door as routes: viewer, proof, then data. */
async function enter(): Promise<{ services: Services; granted: Granted<'read-results'> } | null> {
  const services = await getServices();
  const granted = grant(findViewer(await headers()), 'read-results');
  return granted && { services, granted };
}

const toSetting = (services: Services): PageSetting => ({
  timeZone: services.config.displayTimeZone,
  locale: 'en',
  nowMs: services.upstreamNowMs(),
});

/** The list as `GET /api/experiments` gives it. Throws `forbidden`. */
export async function readListPage(view: ListView) {
  const entered = await enter();
  if (!entered) throw new ProblemError(toProblem('forbidden', 'You may not see this.'));
  const { services, granted } = entered;
  return {
    list: toListBody(services.readList(granted, { kind: 'view', ...view })),
    ...toSetting(services),
  };
}

/**
 * One question's reading and curve; null when there is no such experiment, goal or reference for this viewer. Throws
 * (why) while not even a list of experiments is known: the page may well exist, so it must not be called missing.
 */
export async function readExperimentPage(questionText: string): Promise<ExperimentPageData | null> {
  const parsed = parseQuestion(questionText);
  const entered = parsed.ok ? await enter() : null;
  if (!parsed.ok || !entered) return null;
  const { services, granted } = entered;
  await services.whenListed();
  await services.prepare(granted, parsed.question);
  try {
    return {
      reading: services.readReading(granted, parsed.question),
      curve: services.readCurve(granted, parsed.question),
      notes: await services
        .readNotes(granted, parsed.question.subject.experimentId)
        .catch(() => null),
      ...toSetting(services),
    };
  } catch (error) {
    if (isProblemError(error) && MISSING.has(error.problem.code)) return null;
    throw error;
  }
}
