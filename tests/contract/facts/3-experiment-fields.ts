/** Section 3.2, first half: the fields of an experiment. */
import { reads, untested, writes, type Fact } from './fact';

export const experimentFields: readonly Fact[] = [
  reads('3.2-id', '[D]', '`id` is an integer.'),
  writes(
    '3.2-read-only',
    '[D][O]',
    '`id`, `status` and the dates are read-only: sent, they change nothing.',
  ),
  writes('3.2-required', '[D]', '`name`, `siteId` and `baseURL` are required to create.'),
  reads(
    '3.2-base-url',
    '[Q][C:H]',
    '`baseURL` of a draft may be null or absent; otherwise a text.',
  ),
  writes(
    '3.2-site-code',
    '[D][C:A][C:E]',
    '`siteCode` is told, not taken: a wrong one is ignored.',
  ),
  reads(
    '3.2-type',
    '[Q][C:D][O]',
    '`type` is AI, CLASSIC, DEVELOPER, MVT, PROMPT, SDK_HYBRID, FEATURE_FLAG, SERVER_SIDE or HYBRID.',
  ),
  writes('3.2-description-and-tags', '[D]', '`description` is a text and `tags` a list of texts.'),
  reads(
    '3.2-deviations',
    '[D]',
    '`deviations` maps `origin` and variation ids to numbers from 0 to 1.',
  ),
  writes(
    '3.2-respool-time',
    '[D]',
    '`respoolTime` maps the same keys to the epoch seconds of the last change of the split.',
  ),
  reads('3.2-variations', '[C]', '`variations` lists variation ids, the original not among them.'),
  writes('3.2-goals', '[D][C:A]', '`goals` is a list of ids; PATCH replaces the whole of it.'),
  writes('3.2-main-goal', '[D][C:A]', '`mainGoalId` is one of `goals`.'),
  reads(
    '3.2-allocation-method',
    '[D]',
    '`trafficAllocationMethod` is MANUAL, MULTI_ARMED_BANDIT or CONTEXTUAL_BANDIT.',
  ),
  writes(
    '3.2-targeting-configuration',
    '[D][D-old]',
    '`targetingConfiguration` takes SITE, PAGE, URL, SAVED_TEMPLATE, GRAPHICAL_PAGES, HEAT_SLICE, ALL_VISITORS and AUTOPROMO_AUTODEFINED.',
  ),
  writes(
    '3.2-targeting-segment',
    '[D][O]',
    '`targetingSegmentId` is set together with SAVED_TEMPLATE.',
  ),
  reads(
    '3.2-targeting-rule',
    '[D]',
    '`targetingRule`, where there is one, is an object with siteId and id.',
  ),
  writes(
    '3.2-common-code',
    '[D]',
    '`commonJavaScriptCode` and `commonCssCode` hold the code of all variations.',
  ),
  writes('3.2-global-script', '[D][C:A]', '`globalScript` is the script of the experiment.'),
  reads(
    '3.2-booleans',
    '[D]',
    '`executeCodeForReference`, `collectingDataEnabled`, `isMultipleTestingCorrection`, `isLegacyEditor` and `isArchived` are booleans.',
  ),
  reads('3.2-created-by', '[D]', '`createdBy` is the integer id of an account.'),
  reads('3.2-dates', '[D][T]', '`dateCreated` is always there; the others where they happened.'),
  writes(
    '3.2-unstarted',
    '[T][C:H]',
    'An experiment that never started lacks `dateStarted` and `dateEnded`.',
  ),
  reads('3.2-tracking-tools', '[D][C:H]', '`trackingTools` is always a list, of rows with a name.'),
  reads('3.2-mvt', '[D][T]', '`mvtVariations` is [] where the type is not MVT.'),
  untested(
    '3.2-schedules',
    '[C:H]',
    '`schedules` listed {dateStart, dateEnd}.',
    'Whether it still exists: it is gone from the docs, and one old client reads it.',
  ),
];
