import 'server-only';

import { z } from 'zod';
import type { SegmentsApi } from '@/lib/server/kameleoon/api';
import type { SegmentObject } from '@/lib/server/kameleoon/objects';
import { leaf, objectSchema } from '@/lib/server/kameleoon/resources/object-schema';
import type { ResourceContext } from '@/lib/server/kameleoon/resources/verbs';
import { createVerbs, toCall } from '@/lib/server/kameleoon/resources/verbs';
import { checkId } from '@/lib/server/kameleoon/resources/wire-id';

const schema = objectSchema(
  { siteId: leaf.id, segmentType: leaf.text, conditionsData: leaf.record },
  ({ id, name, siteId, segmentType, conditionsData }, rest): SegmentObject => ({
    id,
    name,
    siteId,
    segmentType,
    conditionsData,
    rest,
  }),
);

const condition = z.record(z.string(), z.unknown());

/** Names of segments are unique within a site: a name that is taken is `upstream-conflict`. */
export function createSegments(context: ResourceContext): SegmentsApi {
  const { pathOf, list, search, read, create, change, replace, remove } = createVerbs(context, {
    path: '/segments',
    schema: () => schema,
  });
  return {
    list,
    search,
    read,
    create,
    change,
    replace,
    remove,
    async putCondition(id, conditionId, json, settings = {}) {
      const { value } = await context.call({
        method: 'PUT',
        path: `${pathOf(id)}/conditions/${checkId(conditionId, 'conditionId')}`,
        json,
        schema: condition,
        ...toCall(settings),
      });
      return value;
    },
  };
}
