/** Section 3.6: segments. */
import { reads, writes, type Fact } from './fact';

export const segments: readonly Fact[] = [
  writes('3.6-fields', '[D]', 'A segment has the documented fields.'),
  reads('3.6-type', '[C:D]', '`segmentType` is STANDARD, KEY_MOMENT, FEATURE_FLAG or ALL.'),
  writes('3.6-required', '[D]', '`name`, `siteId` and `conditionsData` are required to create.'),
  writes('3.6-default-type', '[I]', 'A segment without a type is STANDARD.'),
  writes(
    '3.6-patch-writable',
    '[D]',
    'PATCH writes audienceTracking, description, isFavorite, name and tags.',
  ),
  writes('3.6-patch-deleted', '[D]', 'PATCH writes isDeleted.'),
  writes('3.6-patch-not-conditions', '[D]', 'PATCH does not write conditions.'),
  writes('3.6-put', '[C:D][O]', 'PUT replaces the segment, conditions and all.'),
  writes(
    '3.6-groups',
    '[O]',
    'firstLevel holds groups; orOperators and firstLevelOrOperators come back as sent, true for OR.',
  ),
  writes('3.6-extra-operators', '[O]', 'One operator more than needed is tolerated.'),
  writes(
    '3.6-operators-always-back',
    '[O]',
    'orOperators may be missing on create; what comes back is an array.',
  ),
  writes(
    '3.6-leaf',
    '[D][O]',
    'A leaf is flat: id, targetingType, weight, include and its own keys.',
  ),
  writes('3.6-weight', '[O]', 'A leaf without a weight weighs 1.'),
  writes(
    '3.6-tree-and-list',
    '[D]',
    'conditionDataTree and conditionDataList, where told, say the same as conditionsData.',
  ),
  writes('3.6-condition-ids', '[C:F]', 'The server gives every condition an id of its own.'),
  writes('3.6-same-name', '[C:F]', 'A name that is taken on the site is refused.'),
  writes(
    '3.6-delete-in-use',
    '[Q]',
    'Deleting a segment in use turns the experiment over to all visitors.',
  ),
  writes(
    '3.6-put-condition',
    '[O]',
    'PUT of one condition takes {targetingType, id, jsCode} and answers with it.',
  ),
  writes(
    '3.6-targeting-types',
    '[O][T]',
    'Every targeting type of the list is stored with its keys, known to us or not.',
  ),
  writes('3.6-no-mobile', '[O][T]', 'A device is DESKTOP, TABLET or PHONE; MOBILE is refused.'),
  writes(
    '3.6-text-match',
    '[O][T]',
    'Texts match by EXACT, CONTAINS, REGULAR_EXPRESSION or TARGETED_URL.',
  ),
  writes('3.6-number-match', '[O][T]', 'Numbers match by EQUAL, GREATER or LOWER.'),
  writes(
    '3.6-custom-datum',
    '[O][T]',
    'CUSTOM_DATUM has its index as a string, and matches by TRUE, FALSE and UNDEFINED too.',
  ),
  writes('3.6-match-type-required', '[T]', 'A page URL without matchType is refused.'),
  writes(
    '3.6-validated',
    '[I]',
    'GEOLOCATION, JS_CODE and NEW_VISITORS are checked: an unknown visitorsType is refused.',
  ),
];
