import { findSite, take } from '@/lib/cli/verdict/find';
import { plain } from '@/lib/cli/verdict/plain';
import type { Answer, Run, Session } from '@/lib/cli/verdict/session';
import type { Column } from '@/lib/cli/verdict/width';
import { toTable } from '@/lib/cli/verdict/width';
import type { Filter } from '@/lib/server/kameleoon/query';

export interface ListOptions {
  readonly site?: string;
  readonly status?: readonly string[];
  readonly name?: string;
  readonly limit: number;
}

const ID: Column = { title: 'ID', isNumber: true };
const NAME: Column = { title: 'Name', most: 60 };

export const listSites =
  ({ limit }: ListOptions): Run =>
  async (session) => {
    const { rows, isAll } = await take(session.api.sites.list(pageFor(limit)), limit);
    return answerOf(session, {
      isAll,
      columns: [ID, { title: 'Code' }, NAME, { title: 'Address', most: 60 }],
      cells: rows.map(({ id, code, name, url }) => [id, code, name, url]),
      json: { sites: rows.map(({ id, code, name, url }) => ({ id, code, name, url })) },
    });
  };

export const listExperiments =
  (options: ListOptions): Run =>
  async (session) => {
    const filter = await toFilter(session, options);
    const list = session.api.experiments.list({ ...pageFor(options.limit), filter });
    const { rows, isAll } = await take(list, options.limit);
    return answerOf(session, {
      isAll,
      columns: [ID, { title: 'Status' }, { title: 'Project' }, { title: 'Started' }, NAME],
      cells: rows.map((row) => [
        row.id,
        row.status,
        row.siteCode ?? row.siteId,
        row.dateStarted?.slice(0, 10) ?? null,
        row.name,
      ]),
      json: {
        experiments: rows.map(({ id, name, status, type, siteId, siteCode, dateStarted }) => ({
          ...{ id, name, status, type, siteId, siteCode, dateStarted },
        })),
      },
    });
  };

export const listGoals =
  (options: ListOptions): Run =>
  async (session) => {
    const filter = await toFilter(session, options);
    const list = session.api.goals.list({ ...pageFor(options.limit), filter });
    const { rows, isAll } = await take(list, options.limit);
    return answerOf(session, {
      isAll,
      columns: [ID, { title: 'Type' }, { title: 'Project' }, { title: 'Status' }, NAME],
      cells: rows.map(({ id, type, siteId, status, name }) => [id, type, siteId, status, name]),
      json: {
        goals: rows.map(({ id, name, type, siteId, status, hasMultipleConversions, params }) => ({
          ...{ id, name, type, siteId, status, hasMultipleConversions, params },
        })),
      },
    });
  };

export const listSegments =
  (options: ListOptions): Run =>
  async (session) => {
    const filter = await toFilter(session, options);
    const list = session.api.segments.list({ ...pageFor(options.limit), filter });
    const { rows, isAll } = await take(list, options.limit);
    return answerOf(session, {
      isAll,
      columns: [ID, { title: 'Type' }, { title: 'Project' }, NAME],
      cells: rows.map(({ id, segmentType, siteId, name }) => [id, segmentType, siteId, name]),
      json: {
        segments: rows.map(({ id, name, segmentType, siteId, conditionsData }) => ({
          ...{ id, name, type: segmentType, siteId, conditionsData },
        })),
      },
    });
  };

const pageFor = (limit: number) => ({ perPage: Math.min(200, limit + 1) });

async function toFilter(
  session: Session,
  { site, status = [], name }: ListOptions,
): Promise<readonly Filter[]> {
  const filter: Filter[] = [];
  if (site !== undefined) {
    const { id } = await findSite(session, site);
    filter.push({ field: 'siteId', operator: 'EQUAL', parameters: [id] });
  }
  if (status.length > 0)
    filter.push({
      field: 'status',
      operator: 'IN',
      parameters: status.map((one) => one.toUpperCase()),
    });
  if (name !== undefined) filter.push({ field: 'name', operator: 'CONTAINS', parameters: [name] });
  return filter;
}

function answerOf(
  { words }: Session,
  {
    isAll,
    columns,
    cells,
    json,
  }: {
    readonly isAll: boolean;
    readonly columns: readonly Column[];
    readonly cells: readonly (readonly (string | null)[])[];
    readonly json: object;
  },
): Answer {
  const rows = cells.map((row) => row.map((cell) => plain(cell ?? '–')));
  const more = isAll ? [] : [words('list.more', { n: rows.length })];
  const text =
    rows.length === 0 ? words('list.none') : [toTable(columns, rows), ...more].join('\n');
  return { text, json: { ...json, isAll } };
}
