import 'server-only';

import type { VariationId } from '@/lib/core/experiment/ids';
import { isProblemError } from '@/lib/core/problem/problem';
import type { Call } from '@/lib/server/kameleoon/call';
import type { Catalogue, KameleoonClient } from '@/lib/server/kameleoon/client';
import type { ListAnswer } from '@/lib/server/kameleoon/pages';
import { readPages } from '@/lib/server/kameleoon/pages';
import { namedVariationIds, toExperiment } from '@/lib/server/kameleoon/translate-experiment';
import { createVariationNames } from '@/lib/server/kameleoon/variation-names';
import type { WireExperiment } from '@/lib/server/kameleoon/wire';
import { wireExperiment, wireGoal, wireSite } from '@/lib/server/kameleoon/wire';

type ReadCatalogue = KameleoonClient['readCatalogue'];

/**
 * Reads every experiment with its project, goals and variation names: three lists, and names not known before.
 * A row that stops fitting its schema is replaced by its last good version where there is one.
 */
export function createCatalogue(call: Call): ReadCatalogue {
  const variationNames = createVariationNames(call);
  let lastGood: ReadonlyMap<string, WireExperiment> = new Map();

  return async ({ priority, knownNames = new Map() }): Promise<Catalogue> => {
    const experiments = await readPages(call, {
      path: '/experiments',
      // Without asking, goals come as an empty list.
      query: { optionalFields: 'goals,tags' },
      schema: wireExperiment,
      priority,
    });
    const [sites, goals] = await Promise.all([
      unlessForbidden(
        readPages(call, { path: '/sites', schema: wireSite, priority, started: true }),
      ),
      unlessForbidden(
        readPages(call, { path: '/goals', schema: wireGoal, priority, started: true }),
      ),
    ]);

    // By id: a row may slip to the next page while we turn it.
    const found = byId([
      ...experiments.odd.flatMap((raw) => lastGood.get(rawId(raw)) ?? []),
      ...experiments.rows,
    ]);
    lastGood = found;

    const wires = [...found.values()];
    const unnamed = (id: VariationId): boolean => (knownNames.get(id) ?? id) === id;
    // What people look at first gets its names first, should they not all be had at once.
    const running = wires.toSorted((a, b) => Number(isActive(b)) - Number(isActive(a)));
    const read = await variationNames.read(
      running.flatMap(namedVariationIds).filter(unnamed),
      priority,
    );

    const directory = {
      sites: byId(sites.rows),
      goals: byId(goals.rows),
      variationNames: new Map([...knownNames, ...read]),
    };
    return {
      experiments: wires.map((wire) => toExperiment(wire, directory)),
      asOfMs: experiments.asOfMs,
      quarantined: experiments.odd.length + sites.odd.length + goals.odd.length,
    };
  };
}

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));

const isActive = (wire: WireExperiment): boolean => wire.status?.toLowerCase() === 'active';

const rawId = (raw: unknown): string =>
  typeof raw === 'object' && raw !== null && 'id' in raw ? String(raw.id) : '';

type Names = Pick<ListAnswer<never>, 'rows' | 'odd'>;

/** Without the right to see them, projects and goals are labelled by id; the experiments are still worth showing. */
async function unlessForbidden<Row>(
  list: Promise<ListAnswer<Row>>,
): Promise<ListAnswer<Row> | Names> {
  try {
    return await list;
  } catch (error) {
    const code = isProblemError(error) ? error.problem.code : null;
    if (code === 'upstream-forbidden' || code === 'upstream-not-found')
      return { rows: [], odd: [] };
    throw error;
  }
}
