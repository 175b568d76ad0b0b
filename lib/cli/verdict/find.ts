import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import type { Session } from '@/lib/cli/verdict/session';
import { isProblemError } from '@/lib/core/problem/problem';
import type { GoalObject, SiteObject } from '@/lib/server/kameleoon/objects';

const ID = /^\d{1,19}$/;

/** An id as it was typed, or one line that says what an id is. */
export function toId(text: string, what: string): string {
  if (!ID.test(text))
    throw new InputFault(`${what}: "${plain(text).slice(0, 60)}" is no id (digits only)`);
  return text.replace(/^0+(?=\d)/, '');
}

/** A project by its code or its id. Ten digits may be either: the code goes first. */
export async function findSite({ api }: Pick<Session, 'api'>, text: string): Promise<SiteObject> {
  if (!/^[A-Za-z0-9]{1,19}$/.test(text))
    throw new InputFault(
      `--site: "${plain(text).slice(0, 60)}" is neither a site code nor a site id`,
    );
  const isId = ID.test(text);
  if (isId && text.length !== 10) return api.sites.read(text);
  try {
    return await api.sites.readByCode(text);
  } catch (error) {
    if (isId && isProblemError(error) && error.problem.code === 'upstream-not-found')
      return api.sites.read(text);
    throw error;
  }
}

export const labelOfSite = ({ name, code, url, id }: SiteObject): string =>
  [name, url, code, id].map((text) => plain(text ?? '')).find((text) => text !== '') ?? id;

/** A goal of a project by its id or its name; names need not be unique. */
export async function findGoal(
  session: Pick<Session, 'api'>,
  siteId: string,
  text: string,
): Promise<GoalObject> {
  if (ID.test(text)) {
    const goal = await session.api.goals.read(text);
    if (goal.siteId !== null && goal.siteId !== siteId)
      throw new InputFault(`--goal ${text}: belongs to project ${goal.siteId}, not to ${siteId}`);
    return goal;
  }
  const [goal, ...others] = await findByName(session.api.goals, siteId, text);
  if (goal === undefined)
    throw new InputFault(`--goal "${plain(text)}": project ${siteId} has no goal of that name`);
  if (others.length > 0)
    throw new InputFault(
      `--goal "${plain(text)}": project ${siteId} has ${others.length + 1} goals of that name; give one of the ids ${[goal, ...others].map(({ id }) => id).join(', ')}`,
    );
  return goal;
}

/** All of a name in a project. The API's word for it is checked: a filter that is ignored would give everything. */
export async function findByName<
  Row extends { readonly name: string | null; readonly siteId: string | null },
>(
  resource: {
    list(settings: {
      filter: { field: string; operator: 'EQUAL'; parameters: string[] }[];
    }): AsyncIterable<Row>;
  },
  siteId: string,
  name: string,
): Promise<Row[]> {
  const filter = [
    { field: 'siteId', operator: 'EQUAL' as const, parameters: [siteId] },
    { field: 'name', operator: 'EQUAL' as const, parameters: [name] },
  ];
  const found: Row[] = [];
  for await (const row of resource.list({ filter }))
    if (row.name === name && (row.siteId ?? siteId) === siteId) found.push(row);
  return found;
}

/** The rows of a list, at most so many, and whether that was all. */
export async function take<Row>(
  rows: AsyncIterable<Row>,
  most: number,
): Promise<{ readonly rows: readonly Row[]; readonly isAll: boolean }> {
  const taken: Row[] = [];
  for await (const row of rows) {
    if (taken.length >= most) return { rows: taken, isAll: false };
    taken.push(row);
  }
  return { rows: taken, isAll: true };
}
