import { ProblemError, toProblem, type Problem } from '@/lib/core/problem/problem';
import type { AutomationApi, Changeable } from '@/lib/server/kameleoon/api';
import type {
  ExperimentObject,
  GoalObject,
  ResultsData,
  ResultsQuestion,
  SegmentObject,
  SiteObject,
  VariationObject,
} from '@/lib/server/kameleoon/objects';

type Row = Record<string, unknown> & { id: string };
type Kind = 'sites' | 'experiments' | 'variations' | 'goals' | 'segments';

export interface FakeApi {
  readonly api: AutomationApi;
  readonly rows: Readonly<Record<Kind, Map<string, Row>>>;
  /** `create goals`, `change variations 12 {"name":"x"}`, … in order; reads are `read goals 12`, `list goals`. */
  readonly calls: string[];
  /** Answers the problem of a call that is to fail; asked before anything happens. */
  refuse: (call: string) => Problem | null;
  /** What a report holds; asked with the question. */
  report: (id: string, question: ResultsQuestion) => unknown;
  /** Somebody else's hand in between. */
  afterChange: (row: Row) => void;
}

const STATUS: Record<string, string> = {
  ACTIVATE: 'active',
  RESUME: 'active',
  PAUSE: 'paused',
  STOP: 'stopped',
};

/** The API in memory, as far as the shell needs it: an experiment is born with one variation, a variation is loose. */
export function createFakeApi(): FakeApi {
  const rows: Record<Kind, Map<string, Row>> = {
    sites: new Map(),
    experiments: new Map(),
    variations: new Map(),
    goals: new Map(),
    segments: new Map(),
  };
  const calls: string[] = [];
  let lastId = 5000;
  const fake: FakeApi = {
    ...{ rows, calls },
    api: {} as AutomationApi,
    refuse: () => null,
    report: () => ({ variationData: {} }),
    afterChange() {},
  };
  const begin = (call: string): void => {
    calls.push(call);
    const problem = fake.refuse(call);
    if (problem) throw new ProblemError(problem);
  };
  const find = (kind: Kind, id: string): Row => {
    const row = rows[kind].get(id);
    if (row) return row;
    throw new ProblemError(
      toProblem('upstream-not-found', `GET /${kind}/${id} was answered 404: no such object`),
    );
  };
  const nextId = (): string => String((lastId += 1));

  /** What a read of each kind gives; `goals` of an experiment only where they are asked for. */
  const show = (kind: Kind, row: Row, optional: readonly string[] = []): unknown => {
    if (kind !== 'experiments') return { ...NOTHING[kind], ...row, rest: row };
    const { variations, goals, baseURL, ...others } = row;
    const rest = { ...row, goals: optional.includes('goals') ? goals : [] };
    return {
      ...{ ...NOTHING.experiments, ...others, rest, baseUrl: baseURL, variationIds: variations },
      goalIds: optional.includes('goals') ? (goals ?? []) : null,
    };
  };

  const resource = <Found, New>(kind: Kind): Changeable<Found, New> => ({
    async *list({ filter = [] } = {}) {
      begin(`list ${kind}`);
      const fits = (row: Row): boolean =>
        filter.every(({ field, parameters }) =>
          parameters.map(String).includes(String(row[field])),
        );
      for (const row of [...rows[kind].values()].filter(fits)) yield show(kind, row) as Found;
    },
    async read(id, settings = {}) {
      begin(`read ${kind} ${id}`);
      return show(kind, find(kind, id), settings.optionalFields) as Found;
    },
    async create(body) {
      begin(`create ${kind}`);
      const row: Row = { ...(body as object), id: nextId() };
      if (kind === 'experiments') {
        const variation = nextId();
        rows.variations.set(variation, {
          ...{ id: variation, name: 'Variation 1', siteId: row['siteId'], experimentId: row.id },
        });
        row['status'] = 'draft';
        row['variations'] = [variation];
        row['deviations'] = { origin: 0.5, [variation]: 0.5 };
      }
      rows[kind].set(row.id, row);
      return show(kind, row, ['goals']) as Found;
    },
    async change(id, fields) {
      begin(`change ${kind} ${id} ${JSON.stringify(fields)}`);
      const row = find(kind, id);
      Object.assign(row, fields);
      const experiment =
        kind === 'variations' ? rows.experiments.get(String(row['experimentId'])) : undefined;
      const attached = experiment?.['variations'] as string[] | undefined;
      if (attached && !attached.includes(id)) attached.push(id);
      fake.afterChange(row);
      return show(kind, row, ['goals']) as Found;
    },
    async remove(id) {
      begin(`remove ${kind} ${id}`);
      rows[kind].delete(id);
    },
  });

  const notAsked = (): never => {
    throw new Error('the shell does not ask for this');
  };
  const api: AutomationApi = {
    accounts: {
      async *list() {
        begin('list accounts');
        yield { id: '1', name: 'Ada', email: 'ada@example.com', rest: {} };
      },
    },
    sites: {
      ...resource<SiteObject, never>('sites'),
      replace: notAsked,
      async readByCode(code) {
        begin(`read site ${code}`);
        const row = [...rows.sites.values()].find((one) => one['code'] === code);
        return show('sites', row ?? find('sites', code)) as SiteObject;
      },
    },
    experiments: {
      ...resource<ExperimentObject, never>('experiments'),
      async act(id, action) {
        begin(`act ${id} ${action}`);
        const row = find('experiments', id);
        row['status'] = STATUS[action];
        return show('experiments', row) as ExperimentObject;
      },
      simulate: notAsked,
      async results(id, question) {
        begin(`results ${id}`);
        return toData(fake.report(id, question));
      },
      shareResults: notAsked,
    },
    variations: {
      ...resource<VariationObject, never>('variations'),
      replace: notAsked,
      search: notAsked,
    },
    goals: {
      ...resource<GoalObject, never>('goals'),
      replace: notAsked,
      search: notAsked,
    },
    segments: {
      ...resource<SegmentObject, never>('segments'),
      replace: notAsked,
      search: notAsked,
      putCondition: notAsked,
    },
    featureFlags: { list: notAsked, search: notAsked, results: notAsked },
  };
  return Object.assign(fake, { api });
}

const NOTHING = {
  sites: { code: null, url: null },
  experiments: {
    ...{ siteCode: null, type: null, mainGoalId: null, dateStarted: null, dateEnded: null },
  },
  variations: { siteId: null, experimentId: null, jsCode: null, cssCode: null },
  goals: { type: null, status: null, hasMultipleConversions: null, params: null },
  segments: { segmentType: null, conditionsData: null },
} as const;

const toData = (raw: unknown): ResultsData => ({ variations: {}, raw });
