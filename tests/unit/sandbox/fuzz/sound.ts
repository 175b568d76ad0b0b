/** Requests that would do, before something in them is spoiled: method, paths, body. `{id}` is something made before. */
export type Sound = readonly [
  method: string,
  paths: readonly string[],
  body: Readonly<Record<string, unknown>>,
];

const SHOP_ID = 20103;
const SHOP = 's5h0p2d9re';
const EXPERIMENT = ['/experiments/{id}', '/experiments/188601', '/experiments/188408'];
const leaf = (targetingType: string, own: Readonly<Record<string, unknown>>) => ({
  targetingType,
  ...own,
});
const PAGE = leaf('PAGE_URL', { url: '/', matchType: 'EXACT' });

export const SOUND: readonly Sound[] = [
  [
    'POST',
    ['/experiments'],
    { name: 'Fuzz', siteId: SHOP_ID, baseURL: 'https://shop.example/', type: 'DEVELOPER' },
  ],
  [
    'PATCH',
    EXPERIMENT,
    { deviations: { origin: 0.4, '901201': 0.6 }, goals: [312021], mainGoalId: 312021 },
  ],
  [
    'PATCH',
    EXPERIMENT,
    { variations: [901201], deviations: { origin: '0.5' }, tags: ['a'], trackingTools: [] },
  ],
  [
    'PATCH',
    EXPERIMENT,
    { targetingSegmentId: 401005, targetingConfiguration: 'SAVED_TEMPLATE', respoolTime: {} },
  ],
  [
    'PATCH',
    EXPERIMENT,
    { schedules: [{ dateStart: '2026-06-01T00:00:00', dateEnd: '2026-07-01T00:00:00' }] },
  ],
  ...['ACTIVATE', 'PAUSE', 'RESUME', 'STOP', 'SCHEDULE', 'DEACTIVATE'].map((action): Sound => [
    'PATCH',
    [`/experiments/{id}?action=${action}`],
    { deviations: { origin: 1 } },
  ]),
  ['POST', ['/experiments/restart/{id}'], {}],
  [
    'POST',
    ['/variations'],
    { name: 'Fuzz', siteId: SHOP_ID, experimentId: 188601, jsCode: 'x', prompt: {} },
  ],
  [
    'PUT',
    ['/variations/{id}', '/variations/901201'],
    { name: 'Fuzz', jsCode: 'x', redirection: { type: 'GLOBAL_REDIRECTION', url: '/' } },
  ],
  ['PATCH', ['/variations/{id}'], { experimentId: 188408, cssCode: 'y', shadowDom: true }],
  [
    'POST',
    ['/goals'],
    {
      name: 'Fuzz',
      siteId: SHOP_ID,
      type: 'URL',
      hasMultipleConversions: false,
      params: { matchString: '/', matchType: 'CONTAINS' },
    },
  ],
  [
    'PUT',
    ['/goals/{id}', '/goals/312021'],
    {
      name: 'Fuzz',
      type: 'CLICK',
      hasMultipleConversions: true,
      params: { customSelectors: [{ mode: 'CUSTOM', selector: 'a' }] },
    },
  ],
  ['PATCH', ['/goals/{id}'], { name: 'Fuzz', tags: ['a'], status: 'INACTIVE', description: '' }],
  [
    'POST',
    ['/segments'],
    {
      name: 'Fuzz',
      siteId: SHOP_ID,
      conditionsData: {
        firstLevelOrOperators: [true],
        firstLevel: [
          { orOperators: [false], conditions: [PAGE, leaf('JS_CODE', { jsCode: '1' })] },
          { conditions: [leaf('SEGMENT', { linkedSegmentId: 401001 })] },
        ],
      },
    },
  ],
  [
    'PUT',
    ['/segments/{id}', '/segments/401005'],
    {
      name: 'Fuzz tree',
      conditionDataTree: {
        logicalOperator: 'OR',
        conditionData: [{ logicalOperator: 'AND', conditionData: [PAGE] }],
      },
    },
  ],
  ['PUT', ['/segments/401001/conditions/451001'], PAGE],
  ['PATCH', ['/segments/{id}'], { description: 'x', isFavorite: true, isDeleted: false }],
  [
    'POST',
    ['/feature-flags'],
    {
      siteCode: SHOP,
      featureKey: 'fuzz',
      variations: [{ key: 'on', variables: [] }],
      environmentConfigurations: [
        { environmentKey: 'production', rolloutRules: [{ experimentId: 188604 }] },
      ],
    },
  ],
  [
    'PATCH',
    [`/feature-flags/${SHOP}/fuzz`, `/feature-flags/${SHOP}/product-page/production`],
    { featureEnabled: true, rolloutRules: [{ experimentId: 188601 }], archived: true },
  ],
  ['POST', ['/custom-datas'], { siteId: SHOP_ID, name: 'Fuzz', values: ['a'] }],
  [
    'POST',
    ['/targeting-rules?experimentId=188408', '/targeting-rules?experimentId={id}'],
    { siteId: SHOP_ID, segmentId: 401005, segmentConfiguration: 'SITE', triggerId: 1 },
  ],
  ['POST', ['/personalizations'], { siteId: SHOP_ID, name: 'Fuzz', javaScriptCode: 'x' }],
  ['PATCH', ['/personalizations/{id}'], { name: 'Fuzz', cssCode: 'x', targetingSegmentId: 401005 }],
  ['POST', ['/sites'], { name: 'Site', url: 'https://x.example', type: 'SITE_JS' }],
  [
    'PUT',
    ['/sites/{id}', '/sites/20103'],
    { name: 'Site', trackingScript: 'x', experimentConfig: { minWiningReliability: 95 } },
  ],
  [
    'POST',
    ['/experiments/188601/results', '/experiments/{id}/results', '/feature-flags/501003/results'],
    {
      conversionType: 'CONVERTED_VISITS',
      visitorData: true,
      goalsIds: [312021],
      referenceVariationId: '0',
      dateIntervals: [{ start: '2026-05-10T00:00:00', end: '2026-05-15T00:00:00Z' }],
      breakdown: { type: 'INTERVAL', interval: 'DAY' },
      filters: [{ type: 'DEVICE_TYPE', values: ['PHONE'], include: true }],
    },
  ],
  [
    'POST',
    ['/experiments/188603/results'],
    { conversionType: 'ALL_CONVERSION', breakdown: { type: 'CUSTOM_DATUM', index: 1 } },
  ],
  ['POST', ['/experiments/188601/results/share'], { dateIntervals: [] }],
  ['GET', ['/results?dataCode={id}'], {}],
  [
    'POST',
    ['/experiments/search', '/goals/search', '/segments/search', '/feature-flags/search'],
    {
      filter: {
        conditionalOperator: 'AND',
        expressions: [{ field: 'name', operator: 'LIKE', parameters: ['%u%'] }],
      },
      sort: [{ field: 'id', direction: 'ASC' }],
      page: 1,
      perPage: 3,
    },
  ],
];
