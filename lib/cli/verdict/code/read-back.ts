import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { AutomationApi } from '@/lib/server/kameleoon/api';
import type { NewVariation, VariationObject } from '@/lib/server/kameleoon/objects';

/** Reads a variation anew and holds it against what was sent, sign by sign: what visitors get is what was written. */
export async function readBack(
  api: AutomationApi,
  id: string,
  sent: Partial<NewVariation>,
): Promise<VariationObject> {
  const found = await api.variations.read(id);
  for (const field of ['name', 'jsCode', 'cssCode'] as const)
    if (sent[field] !== undefined && (found[field] ?? '') !== sent[field])
      throw new ProblemError(
        toProblem(
          'upstream-failed',
          `PATCH /variations/${id}: ${field} read back is not what was sent`,
          { field },
        ),
      );
  return found;
}
