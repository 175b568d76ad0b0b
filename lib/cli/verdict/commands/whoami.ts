import { labelOfSite, take } from '@/lib/cli/verdict/find';
import { plain } from '@/lib/cli/verdict/plain';
import type { Run } from '@/lib/cli/verdict/session';
import { isProblemError } from '@/lib/core/problem/problem';

const MANY = 1_000;

/** Whose credentials these are, as far as the API tells, and which projects they reach. */
export const whoami: Run = async ({ api, baseUrl, words }) => {
  const account = await readAccount(api.accounts.list({ perPage: 1 }));
  const sites = await take(api.sites.list(), MANY);
  const name = account === null ? null : plain(account.name ?? account.email ?? account.id);
  return {
    text: [
      words('whoami.api', { url: baseUrl }),
      name === null ? words('whoami.noAccount') : words('whoami.account', { name }),
      words('whoami.sites', { n: sites.rows.length }),
      ...sites.rows.map((site) => `  ${site.code ?? site.id}  ${labelOfSite(site)}`),
    ].join('\n'),
    json: {
      api: baseUrl,
      account: account && { id: account.id, name: account.name, email: account.email },
      sites: sites.rows.map(({ id, code, name: own, url }) => ({ id, code, name: own, url })),
    },
  };
};

/** No right to read accounts is no fault: whoever asks still has credentials that work. */
async function readAccount<Row>(accounts: AsyncIterable<Row>): Promise<Row | null> {
  try {
    return (await take(accounts, 1)).rows[0] ?? null;
  } catch (error) {
    const code = isProblemError(error) ? error.problem.code : null;
    if (code === 'upstream-forbidden' || code === 'upstream-not-found') return null;
    throw error;
  }
}
