/** One leaf of most targeting types, with the keys that were seen. */
import type { Row } from './shape';

const leaf = (targetingType: string, own: Row = {}): Row => ({
  targetingType,
  include: true,
  ...own,
});

/** Types whose keys are checked. */
export const CHECKED_LEAVES: readonly Row[] = [
  leaf('PAGE_URL', { url: '/a/', matchType: 'CONTAINS' }),
  leaf('DEVICE_TYPE', { device: 'PHONE' }),
  leaf('GEOLOCATION', { country: 'FR', region: '', city: '' }),
  leaf('JS_CODE', { jsCode: 'return true', applied: 'IMMEDIATE', timeout: 100 }),
  leaf('NEW_VISITORS', { visitorsType: 'RETURNING' }),
];

/** Types that are kept as they come. */
export const OPAQUE_LEAVES: readonly Row[] = [
  leaf('PAGE_TITLE', { title: 'Home' }),
  leaf('LANDING_PAGE', { url: '/land/' }),
  leaf('PREVIOUS_PAGE', { url: '/before/' }),
  leaf('ORIGIN', { url: 'https://www.example.com/' }),
  leaf('ORIGIN_TYPE', { trafficType: 'SEO' }),
  leaf('BROWSER', { browser: 'FIREFOX', version: '120', versionMatchType: 'GREATER' }),
  leaf('BROWSER_LANGUAGE', { language: 'fr' }),
  leaf('OPERATING_SYSTEM', { os: 'LINUX' }),
  leaf('SCREEN_DIMENSION'),
  leaf('VISITOR_IP', { ips: ['192.0.2.1'] }),
  leaf('VISITOR_CODE'),
  leaf('AD_BLOCKER'),
  leaf('PAGE_VIEWS', { pageCount: 3 }),
  leaf('VISITS', { visitCount: 2, matchType: 'GREATER' }),
  leaf('FIRST_VISIT', { count: 1, matchType: 'LOWER', unitOfTime: 'DAY' }),
  leaf('TIME_SINCE_PAGE_LOAD'),
  leaf('HEAT_SLICE'),
  leaf('DAY_OF_WEEK', { day: 'MONDAY' }),
  leaf('TIME_RANGE', { since: '08:00', to: '18:00' }),
  leaf('COOKIE'),
  leaf('EVENT', { event: 'cart' }),
  leaf('MOUSE_OUT'),
  leaf('TARGET_EXPERIMENT'),
  leaf('CONVERSIONS', { goalId: 312001, visitorsScope: 'VISITOR' }),
  leaf('CUSTOM_DATUM', { customDataIndex: '4', value: 'gold', valueMatchType: 'EXACT' }),
  leaf('YSANCE_SEGMENT'),
  leaf('PRICE_OF_DISPLAYED_PAGE'),
  leaf('SDK_LANGUAGE'),
  leaf('A_TYPE_OF_NEXT_YEAR', { shape: { deep: [1, 'two'] } }),
];
