import { byPath, creating, listing, plus, searching, writing, type Case } from './asks';
import type { Side } from './side';

const QUESTION = { conversionType: 'CONVERTED_VISITS' };
const flag = ({ siteCode, flagKey }: Side): string => `/feature-flags/${siteCode}/${flagKey}`;
const environment = (side: Side): string => `${flag(side)}/production`;
const running = (experimentId: number) => ({
  rolloutRules: [{ type: 'EXPERIMENTATION', experimentId }],
});
const toFlag = ({ siteId }: Side) => ({ siteId, featureKey: 'another' });
const results = ({ experiment }: Side): string => `/experiments/${experiment}/results`;

/** An environment with a rule that would bring another's results into reach. */
const configured = (theirs: Side) => ({
  environmentConfigurations: [
    { environmentKey: 'production', featureEnabled: true, ...running(theirs.flagExperiment) },
  ],
});

/** Feature flags, results and the jobs they are. */
export const FLAG_CASES: Readonly<Record<string, Case>> = {
  'GET /feature-flags': listing('/feature-flags', ({ flag: id }) => id),
  'POST /feature-flags/search': searching('/feature-flags/search', ({ flag: id }) => id),
  'GET /feature-flags/:siteCode/:featureKey': plus(byPath('GET', flag), (theirs, mine) => [
    { method: 'GET', path: `/feature-flags/${mine.siteCode}/${theirs.flagKey}`, refusal: [404] },
  ]),
  'GET /feature-flags/:siteCode/:featureKey/:environmentKey': byPath('GET', environment),
  'POST /feature-flags': plus(
    creating('/feature-flags', toFlag, (theirs, mine) => [
      toFlag(theirs),
      { siteCode: theirs.siteCode, featureKey: 'another' },
      { ...toFlag(mine), ...configured(theirs) },
    ]),
    (theirs, mine) => [
      {
        method: 'POST',
        path: '/feature-flags',
        body: { ...toFlag(mine), featureKey: 'goals', primaryGoalId: theirs.goal },
        refusal: 'unnoticed',
      },
    ],
  ),
  'PATCH /feature-flags/:siteCode/:featureKey': writing(
    'PATCH',
    flag,
    () => ({ name: 'x' }),
    (theirs) => [configured(theirs)],
  ),
  'PATCH /feature-flags/:siteCode/:featureKey/:environmentKey': writing(
    'PATCH',
    environment,
    () => ({ featureEnabled: true }),
    (theirs) => [running(theirs.flagExperiment)],
  ),
  'DELETE /feature-flags/:siteCode/:featureKey': byPath('DELETE', flag),
  'POST /feature-flags/:id/results': plus(
    byPath(
      'POST',
      ({ flag: id }) => `/feature-flags/${id}/results`,
      () => QUESTION,
    ),
    (theirs) => [
      {
        method: 'POST',
        path: `/feature-flags/${theirs.flagExperiment}/results`,
        body: QUESTION,
        refusal: [404],
      },
    ],
  ),

  'POST /experiments/:id/results': plus(
    byPath('POST', results, () => QUESTION),
    (theirs, mine) =>
      [
        { ...QUESTION, goalsIds: [theirs.goal] },
        { ...QUESTION, goalsIds: [theirs.experimentGoal] },
        { ...QUESTION, referenceVariationId: String(theirs.variation) },
      ].map((body) => ({ method: 'POST', path: results(mine), body, refusal: [400] })),
  ),
  'POST /experiments/:id/results/share': byPath(
    'POST',
    (side) => `${results(side)}/share`,
    () => ({}),
  ),
  'GET /results': byPath('GET', ({ dataCode }) => `/results?dataCode=${dataCode}`),
};
