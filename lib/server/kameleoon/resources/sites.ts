import 'server-only';

import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { SitesApi } from '@/lib/server/kameleoon/api';
import type { SiteObject } from '@/lib/server/kameleoon/objects';
import { leaf, objectSchema } from '@/lib/server/kameleoon/resources/object-schema';
import type { ResourceContext } from '@/lib/server/kameleoon/resources/verbs';
import { createVerbs, toCall } from '@/lib/server/kameleoon/resources/verbs';

const schema = objectSchema(
  { code: leaf.text, url: leaf.text },
  ({ id, name, code, url }, rest): SiteObject => ({ id, name, code, url, rest }),
);

/** Sites are what the product calls projects. */
export function createSites(context: ResourceContext): SitesApi {
  const { list, read, change, replace } = createVerbs(context, {
    path: '/sites',
    schema: () => schema,
  });
  return {
    list,
    read,
    change,
    replace,
    async readByCode(code, settings = {}) {
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(code))
        throw new ProblemError(
          toProblem('invalid-input', 'a site code is made of letters and digits', {
            field: 'code',
          }),
        );
      const { value } = await context.call({
        method: 'GET',
        path: `/sites/byCode/${code}`,
        schema,
        ...toCall(settings),
      });
      return value;
    },
  };
}
