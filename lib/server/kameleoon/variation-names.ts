import 'server-only';

import type { VariationId } from '@/lib/core/experiment/ids';
import { isProblemError } from '@/lib/core/problem/problem';
import type { Call } from '@/lib/server/kameleoon/call';
import type { Priority } from '@/lib/server/kameleoon/client';
import { readPages } from '@/lib/server/kameleoon/pages';
import { wireVariation } from '@/lib/server/kameleoon/wire';

export interface VariationNames {
  /** Names of these variations as far as they can be had; a name is a label, so its failure is no failure. */
  read(ids: readonly VariationId[], priority: Priority): Promise<ReadonlyMap<VariationId, string>>;
}

/** Keeps the address short enough for any proxy. */
const CHUNK = 100;
/** One by one is dear: the rest is left for the next reading of the catalogue. */
const MAX_SINGLES = 40;

/**
 * Reads names by one filtered list per hundred ids; those it does not give one by one. What the API does not do, or
 * does not have, is remembered for the life of the client.
 */
export function createVariationNames(call: Call): VariationNames {
  let listRefused = false;
  const missing = new Set<VariationId>();

  const readChunk = async (
    ids: readonly VariationId[],
    priority: Priority,
    names: Map<VariationId, string>,
  ): Promise<void> => {
    const filter = JSON.stringify([{ field: 'id', operator: 'IN', parameters: ids.map(Number) }]);
    try {
      const list = await readPages(call, {
        path: '/variations',
        query: { filter },
        schema: wireVariation,
        priority,
        started: true,
      });
      const asked = new Set<string>(ids);
      for (const { id, name } of list.rows)
        if (asked.has(id) && name) names.set(id as VariationId, name);
    } catch (error) {
      const code = isProblemError(error) ? error.problem.code : null;
      if (code !== 'upstream-rejected' && code !== 'upstream-not-found') throw error;
      listRefused = true;
    }
  };

  const readSingle = async (
    id: VariationId,
    priority: Priority,
    names: Map<VariationId, string>,
  ): Promise<void> => {
    try {
      const { value } = await call({
        method: 'GET',
        path: `/variations/${id}`,
        schema: wireVariation,
        priority,
      });
      if (value.name) names.set(id, value.name);
      else missing.add(id);
    } catch (error) {
      if (!isProblemError(error) || error.problem.code !== 'upstream-not-found') throw error;
      missing.add(id);
    }
  };

  return {
    async read(ids, priority) {
      const names = new Map<VariationId, string>();
      const wanted = [...new Set(ids)].filter((id) => !missing.has(id) && /^\d+$/.test(id));
      try {
        for (let i = 0; i < wanted.length && !listRefused; i += CHUNK)
          await readChunk(wanted.slice(i, i + CHUNK), priority, names);
        const left = wanted.filter((id) => !names.has(id)).slice(0, MAX_SINGLES);
        for (const id of left) await readSingle(id, priority, names);
      } catch (error) {
        // Wrong credentials concern everything; anything else costs labels only.
        if (!isProblemError(error) || error.problem.code === 'upstream-auth') throw error;
      }
      return names;
    },
  };
}
