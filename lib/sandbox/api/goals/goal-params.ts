import { isSet, type Checks } from '@/lib/sandbox/api/checks';
import type { Row } from '@/lib/sandbox/state/row';

export const GOAL_TYPES = [
  'CLICK',
  'CUSTOM',
  'SCROLL',
  'PAGE_VIEWS',
  'URL',
  'TIME_SPENT',
  'RETENTION_RATE',
  'WAREHOUSE',
  'RATIO_METRICS',
] as const;
export type GoalType = (typeof GOAL_TYPES)[number];

/** URL goals say CORRESPONDS_EXACTLY where segments say EXACT. */
const URL_MATCHES = ['CONTAINS', 'CORRESPONDS_EXACTLY', 'REGULAR_EXPRESSION'] as const;

/** `params` as they are kept; undefined for goals without any. What a type does not name passes through. */
export function readGoalParams(type: GoalType, params: unknown, checks: Checks): Row | undefined {
  if (type === 'CUSTOM') return undefined;
  const check = CHECKS[type];
  if (check === undefined) {
    return isSet(params) && checks.isRecord(params, 'params') ? params : undefined;
  }
  if (!checks.isRecord(params, 'params')) return undefined;
  check(params, checks);
  return params;
}

type Check = (params: Row, checks: Checks) => void;

/** Types whose params no source shows take any. */
const CHECKS: Readonly<Partial<Record<GoalType, Check>>> = {
  URL: ({ matchString, matchType }, checks) => {
    checks.isText(matchString, 'params.matchString');
    checks.isOneOf(matchType, 'params.matchType', URL_MATCHES);
  },
  TIME_SPENT: ({ matchType, timeSeconds }, checks) => {
    isNumberMatch(matchType, 'params.matchType', checks);
    checks.isNumber(timeSeconds, 'params.timeSeconds', 0);
  },
  PAGE_VIEWS: ({ numberMatchType, numberOfVisitedPages }, checks) => {
    isNumberMatch(numberMatchType, 'params.numberMatchType', checks);
    checks.isNumber(numberOfVisitedPages, 'params.numberOfVisitedPages', 0);
  },
  CLICK: ({ url, customSelectors }, checks) => {
    if (isSet(url)) checks.isText(url, 'params.url');
    if (isSet(customSelectors)) checkSelectors(customSelectors, checks);
    else if (!isSet(url)) checks.fault('params.customSelectors', 'must not be null');
  },
  SCROLL: ({ scrollType, scrollValue }, checks) => {
    if (isSet(scrollType)) checks.isText(scrollType, 'params.scrollType');
    if (isSet(scrollValue)) checks.isNumber(scrollValue, 'params.scrollValue', 0);
  },
};

/** Only `MORE_THAN…` was ever seen: any word of that kind passes. */
function isNumberMatch(value: unknown, path: string, checks: Checks): boolean {
  if (!checks.isText(value, path)) return false;
  return (
    /^(MORE|LESS|EQUAL|EXACT)[A-Z_]*$/.test(value) ||
    checks.fault(path, `unknown value '${value.slice(0, 40)}'`)
  );
}

function checkSelectors(value: unknown, checks: Checks): void {
  const path = 'params.customSelectors';
  if (!checks.isList(value, path)) return;
  if (value.length === 0) checks.fault(path, 'must not be empty');
  value.forEach((item, i) => {
    if (!checks.isRecord(item, `${path}[${i}]`)) return;
    checks.isText(item['mode'], `${path}[${i}].mode`);
    checks.isText(item['selector'], `${path}[${i}].selector`);
  });
}
