import 'server-only';

import type { VariationId } from '@/lib/core/experiment/ids';
import { isProblemError } from '@/lib/core/problem/problem';
import type { Call } from '@/lib/server/kameleoon/call';
import type { KameleoonClient, Priority } from '@/lib/server/kameleoon/client';
import type { Pages } from '@/lib/server/kameleoon/pages';
import { wireVariation } from '@/lib/server/kameleoon/wire';

/** Keeps the address short enough for any proxy. */
const CHUNK = 100;
/**
 * Reads names by one filtered list per hundred ids; those it does not give one by one. What the API does not do, or
 * does not have, is remembered for the life of the client.
 */
export function createReadNames({
  call,
  pages,
}: {
  readonly call: Call;
  readonly pages: Pages;
}): KameleoonClient['readNames'] {
  let listRefused = false;
  const missing = new Set<VariationId>();

  const readChunk = async (
    ids: readonly VariationId[],
    priority: Priority,
    names: Map<VariationId, string>,
  ): Promise<void> => {
    const filter = JSON.stringify([{ field: 'id', operator: 'IN', parameters: ids.map(Number) }]);
    try {
      const list = await pages.readPages({
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

  return async (ids, { priority, maxSingles }) => {
    const names = new Map<VariationId, string>();
    const wanted = [...new Set(ids)].filter((id) => !missing.has(id) && /^\d+$/.test(id));
    try {
      for (let i = 0; i < wanted.length && !listRefused; i += CHUNK)
        await readChunk(wanted.slice(i, i + CHUNK), priority, names);
      const left = wanted.filter((id) => !names.has(id)).slice(0, maxSingles);
      for (const id of left) await readSingle(id, priority, names);
    } catch (error) {
      // Wrong credentials concern everything; anything else costs labels only.
      if (!isProblemError(error) || error.problem.code === 'upstream-auth') throw error;
    }
    return names;
  };
}
