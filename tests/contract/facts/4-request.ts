/** Sections 4.1 to 4.4: asking for results, and waiting for them. */
import { reads, staged, untested, type Fact } from './fact';

export const request: readonly Fact[] = [
  reads('4.1-all-time', '[C:A]', 'dateIntervals may be left out: the whole experiment is meant.'),
  reads('4.1-one-interval', '[D][C:A]', 'dateIntervals hold the counts to a window.'),
  reads('4.1-several-intervals', '[D]', 'Several windows together count what each of them counts.'),
  reads('4.1-conversion-type', '[D]', 'conversionType is ALL_CONVERSION or CONVERTED_VISITS.'),
  reads('4.1-conversion-type-required', '[D]', 'It is required, and no other word is taken.'),
  reads('4.1-visitor-data', '[D]', 'visitorData counts unique visitors; by default it is false.'),
  reads('4.1-all-variations', '[D]', 'allVariationsData is a boolean.'),
  reads(
    '4.1-bayesian',
    '[D]',
    'bayesian, sequentialTesting and enabledMultipleTesting are booleans, and false by default.',
  ),
  reads(
    '4.1-reference',
    '[D][C:A][D-old]',
    'referenceVariationId is a string: "0" is the original.',
  ),
  reads(
    '4.1-other-reference',
    '[D]',
    'It may name a variation instead, against which all are held.',
  ),
  reads('4.1-goals', '[D][C:A]', 'goalsIds, a double plural, names the goals that are told.'),
  reads('4.1-goals-null', '[D]', 'goalsIds may be null.'),
  reads('4.1-cuped', '[D]', 'goalIdsCuped is a list of goals.'),
  reads('4.1-breakdown', '[D][C:A]', 'breakdown is an object that needs a type.'),
  reads('4.1-filters', '[D][C:A]', 'filters is a list of {type, include, …}.'),
  staged('4.1-callback', '[D]', 'callbackUrl is taken.'),
  reads('4.1-path', '[C]', 'The experiment is named in the path: an unknown one is not found.'),
  reads('4.1-data-code', '[D][C:A]', 'The answer is {dataCode}, a string of decimal digits.'),
  reads('4.1-status', '[I]', 'It comes with 200.'),

  reads('4.2-intervals', '[C:A]', 'INTERVAL takes HOUR, DAY, WEEK, MONTH and YEAR.'),
  reads('4.2-interval-required', '[C:A]', 'INTERVAL needs one of them.'),
  reads('4.2-interval-keys', '[C:A]', 'The keys of buckets in time sort as plain strings.'),
  reads('4.2-interval-iso', '[I]', 'They are the starts of the buckets, ISO without a zone.'),
  reads('4.2-device', '[C:A]', 'DEVICE_TYPE has DESKTOP, TABLET and PHONE for keys.'),
  reads('4.2-browser', '[C:A]', 'BROWSER breaks down by browsers.'),
  reads('4.2-country', '[C:A]', 'COUNTRY breaks down by countries.'),
  reads('4.2-new-visitor', '[C:A]', 'NEW_VISITOR parts new from returning visitors.'),
  reads('4.2-custom-datum', '[C:A]', 'CUSTOM_DATUM breaks down by the values of one custom datum.'),
  reads('4.2-custom-datum-index', '[C:A]', 'It needs the index of that datum.'),
  reads(
    '4.2-cross-campaign',
    '[C:A]',
    'CROSS_CAMPAIGN takes lists of experiments and personalizations.',
  ),
  untested(
    '4.2-named-in-prose',
    '[D]',
    'Results can be broken down by operating system, day of week and SDK.',
    'The exact words of those types, and the full list.',
  ),
  reads(
    '4.2-none',
    '[C:A]',
    'Without a breakdown there is one key, `_reference`, with the totals.',
  ),
  reads('4.2-unknown-type', '[I]', 'A type nobody knows is refused with 400.'),

  reads(
    '4.3-form',
    '[C:A][D]',
    'A filter is {type, values, include}, and lets its values through.',
  ),
  reads('4.3-exclude', '[I]', 'include: false lets everything else through.'),

  reads('4.4-envelope', '[C:A]', 'The poll answers {status, data}.'),
  reads('4.4-status', '[D-old][C:A]', 'status is READY, WAITING or ERROR.'),
  reads('4.4-waiting', '[I]', 'While it waits, data is absent or null.'),
  reads('4.4-ready-in-time', '[C:A][Q]', 'A report is ready within a minute of polls.'),
  reads('4.4-unknown-code', '[I]', 'An unknown dataCode is not found.'),
  reads('4.4-poll-with-token', '[C:A]', 'The poll carries the token too.'),
  staged('4.4-poll-costs', '[C]', 'Every poll counts against the limits.'),
];
