import { byPath, creating, listing, plus, searching, writing, type Case } from './asks';
import type { Side } from './side';

const toDraft = ({ siteId, mark }: Side) => ({
  siteId,
  name: `${mark} more`,
  baseURL: 'https://b.example/',
  type: 'CLASSIC',
});
const experiment = ({ draft }: Side): string => `/experiments/${draft}`;
const variation = ({ variation: id }: Side): string => `/variations/${id}`;
const orphan = ({ orphan: id }: Side): string => `/variations/${id}`;
const code = () => ({ name: 'x', jsCode: '1', cssCode: '' });

/** Fields of an experiment that refer to what lies on the other's site. */
const references = (theirs: Side): readonly object[] => [
  { goals: [theirs.goal] },
  { goals: [theirs.experimentGoal], mainGoalId: theirs.experimentGoal },
  { mainGoalId: theirs.goal },
  { targetingSegmentId: theirs.segment },
  { variations: [theirs.orphan] },
  { variations: [theirs.variation] },
  { deviations: { origin: 0.5, [theirs.variation]: 0.5 } },
];

const newVariation = (siteId: number) => ({
  query: 'mutation m($v: VariationInput!) { createVariation(variation: $v) { id siteId } }',
  variables: { v: { name: 'x', siteId } },
});

/** Experiments, variations and the rules that go with them. */
export const EXPERIMENT_CASES: Readonly<Record<string, Case>> = {
  'GET /experiments': listing('/experiments', ({ draft }) => draft),
  'POST /experiments/search': searching('/experiments/search', ({ draft }) => draft),
  'GET /experiments/:id': plus(byPath('GET', experiment), (theirs) => [
    { method: 'GET', path: `/v1/experiments/${theirs.experiment}`, refusal: [404] },
  ]),
  'GET /experiments/simulate/:id': byPath('GET', ({ draft }) => `/experiments/simulate/${draft}`),
  'POST /experiments': creating('/experiments', toDraft, (theirs, mine) => [
    { ...toDraft(mine), siteId: theirs.siteId },
    ...references(theirs).map((fields) => ({ ...toDraft(mine), ...fields })),
  ]),
  'PATCH /experiments/:id': plus(
    writing('PATCH', experiment, ({ goal }) => ({ name: 'x', goals: [goal] }), references),
    (theirs, mine) => [
      ...['ACTIVATE', 'PAUSE', 'STOP'].map((action) => ({
        method: 'PATCH',
        path: `/experiments/${theirs.experiment}?action=${action}`,
        refusal: [404],
      })),
      // Where an object lies is read-only: it stays.
      {
        method: 'PATCH',
        path: experiment(mine),
        body: { siteId: theirs.siteId, siteCode: theirs.siteCode },
        refusal: 'unnoticed',
      },
    ],
  ),
  'POST /experiments/restart/:id': byPath(
    'POST',
    ({ stopped }) => `/experiments/restart/${stopped}`,
  ),
  'DELETE /experiments/:id': byPath('DELETE', experiment),

  'GET /variations': listing('/variations', ({ variation: id }) => id),
  'POST /variations/search': searching('/variations/search', ({ orphan: id }) => id),
  'GET /variations/:id': byPath('GET', variation),
  'POST /variations': creating(
    '/variations',
    ({ siteId, mark }) => ({ siteId, name: mark }),
    (theirs) => [{ siteId: theirs.siteId, name: 'x' }],
  ),
  'POST /graphql': {
    attempts: (theirs) => [
      { method: 'POST', path: '/graphql', body: newVariation(theirs.siteId), refusal: [200] },
    ],
    fair: (mine) => ({ method: 'POST', path: '/graphql', body: newVariation(mine.siteId) }),
  },
  'PATCH /variations/:id': writing('PATCH', orphan, code, (theirs) => [
    { experimentId: theirs.draft },
    { experimentId: theirs.experiment },
  ]),
  'PUT /variations/:id': writing('PUT', orphan, code, (theirs) => [
    { ...code(), experimentId: theirs.draft },
  ]),
  'DELETE /variations/:id': byPath('DELETE', orphan),

  'GET /targeting-rules': listing('/targeting-rules', ({ rule }) => rule),
  'POST /targeting-rules/search': searching('/targeting-rules/search', ({ rule }) => rule),
  'GET /targeting-rules/:id': byPath('GET', ({ rule }) => `/targeting-rules/${rule}`),
  // Every experiment has one already: there is no good one.
  'POST /targeting-rules': {
    attempts: (theirs, mine) => [
      {
        method: 'POST',
        path: `/targeting-rules?experimentId=${theirs.experiment}`,
        body: { siteId: theirs.siteId },
        refusal: [400],
      },
      {
        method: 'POST',
        path: `/targeting-rules?experimentId=${theirs.experiment}`,
        body: { siteId: mine.siteId },
        refusal: [400],
      },
      {
        method: 'POST',
        path: `/targeting-rules?experimentId=${mine.experiment}`,
        body: { siteId: theirs.siteId },
        refusal: [400],
      },
      {
        method: 'POST',
        path: `/targeting-rules?experimentId=${mine.experiment}`,
        body: { siteId: mine.siteId, segmentId: theirs.segment },
        refusal: [400],
      },
    ],
  },
};
