import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import { BANK, INSURANCE, SHOP } from '@/lib/sandbox/world/catalogue/sites';
import type { World } from '@/lib/sandbox/world/world';
import { SEGMENT_DEFAULTS } from './defaults';
import type { Row } from './row';

const FIRST_ID = 401_001;
const FIRST_CONDITION_ID = 451_001;
const AGE_MS = 200 * 86_400_000;

interface SegmentPlan {
  readonly siteId: number;
  readonly name: string;
  /** All of them must hold. */
  readonly conditions: readonly Row[];
}

const PLANS: readonly SegmentPlan[] = [
  plan(INSURANCE, 'Quote funnel', {
    targetingType: 'PAGE_URL',
    matchType: 'CONTAINS',
    url: '/quote/',
  }),
  plan(
    INSURANCE,
    'New visitors on a phone',
    { targetingType: 'NEW_VISITORS', visitorsType: 'NEW' },
    { targetingType: 'DEVICE_TYPE', device: 'PHONE' },
  ),
  plan(BANK, 'France', { targetingType: 'GEOLOCATION', country: 'FR', region: '', city: '' }),
  plan(BANK, 'Signed-in customers', {
    targetingType: 'JS_CODE',
    jsCode: 'return document.cookie.includes("customer=1");',
    applied: 'DOM_READY',
  }),
  plan(SHOP, 'Product pages', {
    targetingType: 'PAGE_URL',
    matchType: 'CONTAINS',
    url: '/product',
  }),
  plan(SHOP, 'Loyal customers', {
    targetingType: 'CUSTOM_DATUM',
    customDataIndex: '1',
    value: 'LOYAL',
    valueMatchType: 'EXACT',
  }),
];

/** A few segments of the story sites. */
export function toSegmentRows(world: World, createdBy: number): readonly Row[] {
  const date = toZonelessSecond(world.epochMs - AGE_MS);
  return PLANS.map(({ siteId, name, conditions }, i) => ({
    id: FIRST_ID + i,
    siteId,
    name,
    ...SEGMENT_DEFAULTS,
    dateCreated: date,
    dateModified: date,
    createdBy,
    segmentType: 'STANDARD',
    conditionsData: {
      firstLevelOrOperators: [],
      firstLevel: [
        {
          orOperators: conditions.slice(1).map(() => false),
          conditions: conditions.map(({ targetingType, ...own }, j) => ({
            id: FIRST_CONDITION_ID + 10 * i + j,
            targetingType,
            weight: 1,
            include: true,
            ...own,
          })),
        },
      ],
    },
    hasSegmentCondition: false,
  }));
}

function plan(siteId: number, name: string, ...conditions: readonly Row[]): SegmentPlan {
  return { siteId, name, conditions };
}
