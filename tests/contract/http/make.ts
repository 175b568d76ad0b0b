/** Makes what a fact is shown on. Every name is its own: names may be taken. */
import type { Api } from './api';
import { first, idOf, type Row } from './shape';

let made = 0;
export const freshName = (what: string): string => `contract ${what} ${process.pid}-${++made}`;

/** The one site that has everything in the sandbox; on a real account whichever comes first. */
export function aSite(api: Api): Promise<Row> {
  const known = sites.get(api) ?? api.list('/sites').then((rows) => first(rows, 'site'));
  sites.set(api, known);
  return known;
}
const sites = new WeakMap<Api, Promise<Row>>();

export async function anExperimentBody(api: Api): Promise<Record<string, unknown>> {
  return {
    name: freshName('experiment'),
    siteId: idOf(await aSite(api)),
    baseURL: 'https://www.example.com/landing',
    type: 'DEVELOPER',
  };
}

export const makeExperiment = async (api: Api, over: Row = {}): Promise<Row> =>
  api.make('/experiments', { ...(await anExperimentBody(api)), ...over });

export async function makeGoal(api: Api, over: Row = {}): Promise<Row> {
  const siteId = idOf(await aSite(api));
  const body = { name: freshName('goal'), siteId, type: 'CUSTOM', hasMultipleConversions: false };
  return api.make('/goals', { ...body, ...over });
}

export const pageUrl = (over: Row = {}): Row => ({
  targetingType: 'PAGE_URL',
  weight: 1,
  include: true,
  matchType: 'CONTAINS',
  url: '/product/',
  ...over,
});

/** Conditions of one group, all of which must hold. */
export const oneGroup = (...conditions: readonly Row[]): Row => ({
  firstLevelOrOperators: [],
  firstLevel: [{ orOperators: conditions.slice(1).map(() => false), conditions }],
});

export async function makeSegment(api: Api, over: Row = {}): Promise<Row> {
  const siteId = idOf(await aSite(api));
  const body = { name: freshName('segment'), siteId, conditionsData: oneGroup(pageUrl()) };
  return api.make('/segments', { ...body, ...over });
}

export async function makeVariation(api: Api, over: Row = {}): Promise<Row> {
  const siteId = idOf(await aSite(api));
  const body = { name: freshName('variation'), siteId, creationMode: 'CODE_BASE' };
  return api.make('/variations', { ...body, ...over });
}

/** An experiment made and moved along by these actions. */
export async function makeInState(api: Api, ...moves: readonly string[]): Promise<Row> {
  let experiment = await makeExperiment(api);
  for (const action of moves)
    experiment = await api.change(`/experiments/${idOf(experiment)}`, {}, { action });
  return experiment;
}
