import 'server-only';

import type { ExperimentId } from '@/lib/core/experiment/ids';
import { experimentId } from '@/lib/core/experiment/ids';
import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Call } from '@/lib/server/kameleoon/call';
import type { KameleoonClient, ListPart, Priority } from '@/lib/server/kameleoon/client';
import { FIRST_PAGE } from '@/lib/server/kameleoon/client';
import type { Labels } from '@/lib/server/kameleoon/labels';
import type { Pages } from '@/lib/server/kameleoon/pages';
import { toExperiment } from '@/lib/server/kameleoon/translate-experiment';
import type { WireExperiment } from '@/lib/server/kameleoon/wire';
import { wireExperiment } from '@/lib/server/kameleoon/wire';

export interface CatalogueOptions {
  readonly call: Call;
  readonly pages: Pages;
  readonly labels: Labels;
}

interface Rows {
  readonly rows: readonly WireExperiment[];
  readonly odd: readonly unknown[];
  readonly asOfMs: number;
  readonly gone: readonly ExperimentId[];
  readonly next: { readonly offset: number; readonly perPage: number } | null;
  readonly total: number | null;
}

/** Keeps the address short enough for any proxy. */
const CHUNK = 100;
/** One by one is dear; who is left over is asked for again when the whole list has been read. */
const MAX_SINGLES = 20;

/** Without asking, goals come as an empty list. */
const QUERY = { optionalFields: 'goals,tags' } as const;
const LIST = { path: '/experiments', schema: wireExperiment } as const;

const toFilter = (field: string, parameters: readonly (string | number)[]) => ({
  ...QUERY,
  filter: JSON.stringify([{ field, operator: 'IN', parameters }]),
});

/** Reads parts of the list of experiments, each with its projects and goals. */
export function createReadCatalogue(options: CatalogueOptions): KameleoonClient['readCatalogue'] {
  const { pages, labels } = options;

  const readRunning = async (priority: Priority): Promise<Rows> => {
    // Upper case is what types and filters are documented in; answers come in lower case.
    const list = await pages.readPages({
      ...LIST,
      query: toFilter('status', ['ACTIVE']),
      priority,
    });
    // A filter that is ignored gives everything: then it is no filter.
    if (list.rows.some((row) => !isActive(row)))
      throw new ProblemError(
        toProblem('upstream-rejected', 'GET /experiments: the filter by status is ignored'),
      );
    return { ...list, gone: [], next: null, total: null };
  };

  const readPart = async (part: ListPart, priority: Priority): Promise<Rows> => {
    if (part.kind === 'running') return readRunning(priority);
    if (part.kind === 'ids') return readByIds(options, part.ids, priority);
    // What has begun is not put off page by page: an experiment that is sought may be on the last.
    const started = part.page.offset > 0;
    const page = await pages.readPage({ ...LIST, query: QUERY, priority, started }, part.page);
    return { ...page, gone: [] };
  };

  return async ({
    priority,
    part = { kind: 'page', page: FIRST_PAGE },
    knownNames = new Map(),
    remembered = [],
  }) => {
    labels.seed(remembered);
    labels.begin(priority);
    const { rows, odd, ...about } = await readPart(part, priority);
    await labels.cover(rows, priority);

    // By id: a row may slip to the next page while we turn it.
    const wires = new Map(rows.map((row) => [row.id, row]));
    const directory = { sites: labels.sites, goals: labels.goals, variationNames: knownNames };
    return {
      ...about,
      experiments: [...wires.values()].map((wire) => toExperiment(wire, directory)),
      quarantined: odd.length,
      unreadable: odd.flatMap(toIds),
    };
  };
}

/** By a filtered list; where that says nothing of one, its own address does: a 404 there is the only proof that it is gone. */
async function readByIds(
  { call, pages }: CatalogueOptions,
  ids: readonly ExperimentId[],
  priority: Priority,
): Promise<Rows> {
  const rows = new Map<string, WireExperiment>();
  const odd: unknown[] = [];
  let asOfMs: number | null = null;
  for (let at = 0; at < ids.length; at += CHUNK) {
    const query = toFilter('id', ids.slice(at, at + CHUNK).map(Number));
    try {
      const list = await pages.readPages({ ...LIST, query, priority, started: at > 0 });
      asOfMs ??= list.asOfMs;
      odd.push(...list.odd);
      const asked = new Set<string>(ids);
      for (const row of list.rows) if (asked.has(row.id)) rows.set(row.id, row);
    } catch (error) {
      if (!isProblemError(error) || error.problem.code !== 'upstream-rejected') throw error;
      break;
    }
  }
  const seen = new Set([...rows.keys(), ...odd.flatMap(toIds)]);
  const gone: ExperimentId[] = [];
  for (const id of ids.filter((one) => !seen.has(one)).slice(0, MAX_SINGLES)) {
    try {
      const path = `/experiments/${id}`;
      const answer = await call({
        method: 'GET',
        path,
        query: QUERY,
        schema: wireExperiment,
        priority,
        started: true,
      });
      asOfMs ??= answer.sentAtMs;
      rows.set(id, answer.value);
    } catch (error) {
      if (!isProblemError(error)) throw error;
      if (error.problem.code === 'upstream-not-found') gone.push(id);
      else if (error.problem.code !== 'upstream-unreadable') throw error;
    }
  }
  return { rows: [...rows.values()], odd, asOfMs: asOfMs ?? 0, gone, next: null, total: null };
}

const isActive = (wire: WireExperiment): boolean => wire.status?.toLowerCase() === 'active';

const toIds = (raw: unknown): ExperimentId[] =>
  typeof raw === 'object' && raw !== null && 'id' in raw && /^\d{1,19}$/.test(String(raw.id))
    ? [experimentId(String(raw.id))]
    : [];
