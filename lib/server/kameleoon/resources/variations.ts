import 'server-only';

import type { VariationsApi } from '@/lib/server/kameleoon/api';
import type { VariationObject } from '@/lib/server/kameleoon/objects';
import { leaf, objectSchema } from '@/lib/server/kameleoon/resources/object-schema';
import type { ResourceContext } from '@/lib/server/kameleoon/resources/verbs';
import { createVerbs } from '@/lib/server/kameleoon/resources/verbs';

const schema = objectSchema(
  { siteId: leaf.id, experimentId: leaf.id, jsCode: leaf.text, cssCode: leaf.text },
  ({ id, name, siteId, experimentId, jsCode, cssCode }, rest): VariationObject => ({
    id,
    name,
    siteId,
    experimentId,
    jsCode,
    cssCode,
    rest,
  }),
);

/** A variation that is created belongs to no experiment until it is attached, by its own `experimentId` or by the experiment's `variations`. */
export function createVariations(context: ResourceContext): VariationsApi {
  const { list, search, read, create, change, replace, remove } = createVerbs(context, {
    path: '/variations',
    schema: () => schema,
  });
  return { list, search, read, create, change, replace, remove };
}
