import { byPath, creating, listing, plus, searching, writing, type Case } from './asks';
import type { Side } from './side';

const named = ({ siteId, mark }: Side) => ({ siteId, name: `${mark} more` });
const toGoal = (side: Side) => ({ ...named(side), type: 'CUSTOM', hasMultipleConversions: true });
const leaf = (condition: object) => ({ firstLevel: [{ conditions: [condition] }] });
const toSegment = (side: Side, condition: object = { targetingType: 'JS_CODE', jsCode: '1' }) => ({
  ...named(side),
  conditionsData: leaf(condition),
});
const site = ({ siteId }: Side): string => `/sites/${siteId}`;
const goal = ({ goal: id }: Side): string => `/goals/${id}`;
const segment = ({ segment: id }: Side): string => `/segments/${id}`;
const personalization = ({ personalization: id }: Side): string => `/personalizations/${id}`;

/** Everything else that lies on a site, and the accounts. */
export const OBJECT_CASES: Readonly<Record<string, Case>> = {
  'GET /accounts': listing('/accounts', ({ accountId }) => accountId),
  'GET /accounts/:id': byPath('GET', ({ accountId }) => `/accounts/${accountId}`),

  'GET /sites': listing('/sites', ({ siteId }) => siteId),
  'POST /sites/search': searching('/sites/search', ({ siteId }) => siteId),
  'GET /sites/:id': byPath('GET', site),
  'GET /sites/byCode/:code': byPath('GET', ({ siteCode }) => `/sites/byCode/${siteCode}`),
  'GET /sites/:id/integration-tools': byPath('GET', (side) => `${site(side)}/integration-tools`),
  'GET /sites/:id/goals': byPath('GET', (side) => `${site(side)}/goals`),
  'PATCH /sites/:id': byPath('PATCH', site, () => ({ description: 'x' })),
  'PUT /sites/:id': byPath('PUT', site, () => ({ name: 'x', url: 'x.example' })),
  // Neither sees all sites, and a site that has experiments stays: there is no good one of these two.
  'POST /sites': {
    attempts: () => [
      { method: 'POST', path: '/sites', body: { name: 'x', url: 'x.example' }, refusal: [403] },
    ],
  },
  'DELETE /sites/:id': { attempts: byPath('DELETE', site).attempts },

  'GET /goals': listing('/goals', ({ goal: id }) => id),
  'POST /goals/search': searching('/goals/search', ({ goal: id }) => id),
  'GET /goals/:id': byPath('GET', goal),
  'POST /goals': creating('/goals', toGoal, (theirs) => [toGoal(theirs)]),
  'PATCH /goals/:id': byPath('PATCH', goal, () => ({ name: 'x' })),
  'PUT /goals/:id': plus(byPath('PUT', goal, toGoal), (theirs, mine) => [
    { method: 'PUT', path: goal(mine), body: toGoal(theirs), refusal: 'unnoticed' },
  ]),
  'DELETE /goals/:id': byPath('DELETE', goal),

  'GET /segments': listing('/segments', ({ segment: id }) => id),
  'POST /segments/search': searching('/segments/search', ({ segment: id }) => id),
  'GET /segments/:id': byPath('GET', segment),
  // Conditions are kept as they come: what they name means nothing on another site.
  'POST /segments': plus(
    creating('/segments', toSegment, (theirs) => [toSegment(theirs)]),
    (theirs, mine) => [
      {
        method: 'POST',
        path: '/segments',
        body: {
          ...toSegment(mine, { targetingType: 'SEGMENT', linkedSegmentId: theirs.segment }),
          name: 'linked',
        },
        refusal: 'unnoticed',
      },
      {
        method: 'POST',
        path: '/segments',
        body: { ...toSegment(mine), name: theirs.mark },
        refusal: 'unnoticed',
      },
    ],
  ),
  'PATCH /segments/:id': byPath('PATCH', segment, () => ({ description: 'x' })),
  // Before the whole is replaced, and the condition with it.
  'PUT /segments/:id/conditions/:conditionId': {
    attempts: (theirs, mine) =>
      [
        `${segment(theirs)}/conditions/${theirs.condition}`,
        `${segment(mine)}/conditions/${theirs.condition}`,
      ].map((path) => ({
        method: 'PUT',
        path,
        body: { targetingType: 'JS_CODE', jsCode: '2' },
        refusal: [404],
      })),
    fair: (mine) => ({
      method: 'PUT',
      path: `${segment(mine)}/conditions/${mine.condition}`,
      body: { targetingType: 'JS_CODE', id: mine.condition, jsCode: '2' },
    }),
  },
  'PUT /segments/:id': byPath('PUT', segment, (side) => ({ ...toSegment(side), name: 'y' })),
  'DELETE /segments/:id': byPath('DELETE', segment),

  'GET /personalizations': listing('/personalizations', ({ personalization: id }) => id),
  'POST /personalizations/search': searching(
    '/personalizations/search',
    ({ personalization: id }) => id,
  ),
  'GET /personalizations/:id': byPath('GET', personalization),
  'GET /personalizations/simulate/:id': byPath(
    'GET',
    ({ personalization: id }) => `/personalizations/simulate/${id}`,
  ),
  'POST /personalizations': creating('/personalizations', named, (theirs, mine) => [
    named(theirs),
    { ...named(mine), goals: [theirs.goal] },
    { ...named(mine), targetingSegmentId: theirs.segment },
  ]),
  'PATCH /personalizations/:id': writing(
    'PATCH',
    personalization,
    () => ({ cssCode: 'a' }),
    (theirs) => [
      { goals: [theirs.goal] },
      { mainGoalId: theirs.goal },
      { targetingSegmentId: theirs.segment },
    ],
  ),
  'DELETE /personalizations/:id': byPath('DELETE', personalization),

  'GET /custom-datas': listing('/custom-datas', ({ customData }) => customData),
  'POST /custom-datas/search': searching('/custom-datas/search', ({ customData }) => customData),
  'GET /custom-datas/:id': byPath('GET', ({ customData }) => `/custom-datas/${customData}`),
  'DELETE /custom-datas/:id': byPath('DELETE', ({ customData }) => `/custom-datas/${customData}`),
  'POST /custom-datas': creating('/custom-datas', named, (theirs) => [named(theirs)]),
};
