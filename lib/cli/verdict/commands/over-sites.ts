import { EXIT } from '@/lib/cli/verdict/fault';
import { InputFault } from '@/lib/cli/verdict/fault';
import { findByName, findSite, labelOfSite, take } from '@/lib/cli/verdict/find';
import { plain } from '@/lib/cli/verdict/plain';
import type { Answer, Session } from '@/lib/cli/verdict/session';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { SiteObject } from '@/lib/server/kameleoon/objects';

export interface SitesOptions {
  readonly site: readonly string[];
  readonly allSites?: true;
  readonly allowDuplicate?: true;
}

const MOST_SITES = 500;

interface Named {
  readonly id: string;
  readonly name: string | null;
  readonly siteId: string | null;
}

/** What became of one project. */
interface Row {
  readonly site: SiteObject;
  readonly state: 'created' | 'exists' | 'failed';
  readonly id: string | null;
  readonly problem: Problem | null;
}

/** All projects are looked up before anything is written: a misspelt one costs nothing. */
export async function toSites(
  session: Session,
  { site, allSites }: SitesOptions,
): Promise<readonly SiteObject[]> {
  if (allSites === true && site.length > 0) throw new InputFault('--site or --all-sites, not both');
  if (allSites === true) {
    const { rows, isAll } = await take(session.api.sites.list(), MOST_SITES);
    if (!isAll)
      throw new InputFault(`--all-sites: more than ${MOST_SITES} projects; name them with --site`);
    return rows;
  }
  if (site.length === 0) throw new InputFault('--site is missing (or --all-sites)');
  const found: SiteObject[] = [];
  for (const one of site) found.push(await findSite(session, one));
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

/**
 * Makes the same thing in each project. What has its name already is left alone, one that fails does not keep the others
 * from it, and the same command said again goes on where it failed.
 */
export async function createOverSites(
  session: Session,
  kind: 'goal' | 'segment',
  name: string,
  options: SitesOptions,
  resource: Parameters<typeof findByName<Named>>[0] & {
    create(siteId: string): Promise<Named>;
  },
): Promise<Answer> {
  const { words, progress, requests } = session;
  const sites = await toSites(session, options);
  const rows: Row[] = [];
  for (const [at, site] of sites.entries()) {
    progress.show(words('over.step', { at: at + 1, n: sites.length, site: labelOfSite(site) }));
    rows.push(await createIn(site));
  }
  return toAnswer();

  async function createIn(site: SiteObject): Promise<Row> {
    try {
      const [found] =
        options.allowDuplicate === true ? [] : await findByName(resource, site.id, name);
      if (found !== undefined) return { site, state: 'exists', id: found.id, problem: null };
      const made = await resource.create(site.id);
      return { site, state: 'created', id: made.id, problem: null };
    } catch (error) {
      const problem = isProblemError(error)
        ? error.problem
        : toProblem('internal', error instanceof Error ? error.message : String(error));
      return { site, state: 'failed', id: null, problem };
    }
  }

  function toAnswer(): Answer {
    const failed = rows.filter(({ state }) => state === 'failed');
    const exitCode =
      failed.length === 0 ? EXIT.ok : failed.length === rows.length ? EXIT.refused : EXIT.partly;
    const lines = rows.map(({ site, state, id, problem }) =>
      words(`over.${state}`, {
        kind,
        name: plain(name),
        site: labelOfSite(site),
        id: id ?? '',
        why: plain(problem?.detail ?? '').replace(/\.$/, ''),
      }),
    );
    return {
      exitCode,
      text: [
        ...lines,
        ...(failed.length > 0 ? [words('over.again', { n: failed.length })] : []),
      ].join('\n'),
      json: {
        [`${kind}s`]: rows.map(({ site, state, id, problem }) => ({
          ...{ siteId: site.id, siteCode: site.code, state, id, name },
          error: problem && {
            ...{ code: problem.code, message: plain(problem.detail) },
            ...{ retryable: problem.retryable, status: problem.upstreamStatus ?? null },
          },
        })),
        requests: requests(),
      },
    };
  }
}
