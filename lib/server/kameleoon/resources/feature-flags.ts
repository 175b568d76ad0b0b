import 'server-only';

import type { FeatureFlagsApi } from '@/lib/server/kameleoon/api';
import type { FeatureFlagObject } from '@/lib/server/kameleoon/objects';
import { leaf, objectSchema } from '@/lib/server/kameleoon/resources/object-schema';
import type { ReadResults } from '@/lib/server/kameleoon/resources/results';
import type { ResourceContext } from '@/lib/server/kameleoon/resources/verbs';
import { createVerbs } from '@/lib/server/kameleoon/resources/verbs';

const schema = objectSchema(
  { featureKey: leaf.text, siteCode: leaf.text },
  ({ id, name, featureKey, siteCode }, rest): FeatureFlagObject => ({
    id,
    name,
    featureKey,
    siteCode,
    rest,
  }),
);

export function createFeatureFlags(
  context: ResourceContext & { readonly readResults: ReadResults },
): FeatureFlagsApi {
  const { pathOf, list, search } = createVerbs(context, {
    path: '/feature-flags',
    schema: () => schema,
  });
  return {
    list,
    search,
    results: (id, question, settings) =>
      context.readResults(`${pathOf(id)}/results`, question, settings),
  };
}
