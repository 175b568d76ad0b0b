/** Section 3.5: goals. */
import { reads, untested, writes, type Fact } from './fact';

export const goals: readonly Fact[] = [
  writes('3.5-keys', '[T]', 'A goal has every key of the live object.'),
  reads('3.5-status', '[T]', '`status` is ACTIVE or INACTIVE.'),
  reads('3.5-archived', '[C:A]', '`isArchived`, where it is there, is a boolean.'),
  reads(
    '3.5-type',
    '[Q][C:D]',
    '`type` is CLICK, CUSTOM, SCROLL, PAGE_VIEWS, URL, TIME_SPENT, RETENTION_RATE, WAREHOUSE or RATIO_METRICS.',
  ),
  writes('3.5-created', '[D]', 'POST /goals answers 201.'),
  writes(
    '3.5-required',
    '[D]',
    '`siteId`, `type` and `hasMultipleConversions` are required to create.',
  ),
  writes('3.5-name-required', '[I]', 'So is `name`.'),
  writes('3.5-names-repeat', '[C:A]', 'Two goals may have one name.'),
  reads(
    '3.5-one-conversion-a-visit',
    '[C:A]',
    'Without hasMultipleConversions a visit counts one conversion at most.',
  ),
  writes('3.5-custom', '[T]', 'CUSTOM has no params.'),
  writes('3.5-url', '[T][C:B]', 'URL has matchString and matchType.'),
  writes(
    '3.5-url-match',
    '[Q]',
    'matchType of a URL goal is CONTAINS, CORRESPONDS_EXACTLY or REGULAR_EXPRESSION.',
  ),
  writes('3.5-url-exact', '[Q]', 'EXACT is the word of segments: a URL goal refuses it.'),
  writes('3.5-time-spent', '[T]', 'TIME_SPENT has matchType and timeSeconds.'),
  writes('3.5-page-views', '[T]', 'PAGE_VIEWS has numberMatchType and numberOfVisitedPages.'),
  writes(
    '3.5-click',
    '[T]',
    'CLICK has customSelectors of {mode: "CUSTOM", selector}, and a url or none.',
  ),
  writes('3.5-scroll', '[Q]', 'SCROLL has scrollType and scrollValue.'),
  untested(
    '3.5-other-params',
    '[Q]',
    'RATIO_METRICS, WAREHOUSE and RETENTION_RATE have params of their own.',
    'The names of those params.',
  ),
  writes(
    '3.5-patch',
    '[C:D][Q]',
    'PATCH writes name, tags, status, description and hasMultipleConversions.',
  ),
];
