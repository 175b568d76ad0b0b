import 'server-only';

import type { GoalsApi } from '@/lib/server/kameleoon/api';
import type { GoalObject } from '@/lib/server/kameleoon/objects';
import { leaf, objectSchema } from '@/lib/server/kameleoon/resources/object-schema';
import type { ResourceContext } from '@/lib/server/kameleoon/resources/verbs';
import { createVerbs } from '@/lib/server/kameleoon/resources/verbs';

const schema = objectSchema(
  {
    siteId: leaf.id,
    type: leaf.text,
    status: leaf.text,
    hasMultipleConversions: leaf.flag,
    params: leaf.record,
  },
  ({ id, name, siteId, type, status, hasMultipleConversions, params }, rest): GoalObject => ({
    id,
    name,
    siteId,
    type,
    status,
    hasMultipleConversions,
    params,
    rest,
  }),
);

/** Names of goals are not unique: whoever wants one of a name looks for it first. */
export function createGoals(context: ResourceContext): GoalsApi {
  const { list, search, read, create, change, replace, remove } = createVerbs(context, {
    path: '/goals',
    schema: () => schema,
  });
  return { list, search, read, create, change, replace, remove };
}
