import 'server-only';

import type { Account } from '@/lib/server/kameleoon/objects';
import type { Listed } from '@/lib/server/kameleoon/api';
import { leaf, objectSchema } from '@/lib/server/kameleoon/resources/object-schema';
import type { ResourceContext } from '@/lib/server/kameleoon/resources/verbs';
import { createVerbs } from '@/lib/server/kameleoon/resources/verbs';

const schema = objectSchema({ email: leaf.text }, ({ id, name, email }, rest): Account => ({
  id,
  name,
  email,
  rest,
}));

/** The people whom the token may see; the first of them is whose token it is (fact sheet, section 7, row 29). */
export function createAccounts(context: ResourceContext): Listed<Account> {
  const { list } = createVerbs(context, { path: '/accounts', schema: () => schema });
  return { list };
}
