/** Section 2.2: filters of lists. */
import { reads, type Fact } from './fact';

export const filters: readonly Fact[] = [
  reads(
    '2.2-filter-form',
    '[S][D-old][C:A][O]',
    '`filter` is a percent-encoded JSON array of {field, operator, parameters}.',
  ),
  reads('2.2-operators', '[D-old]', 'Nineteen operators are known, and each is accepted.'),
  reads(
    '2.2-equality',
    '[I]',
    'EQUAL and NOT_EQUAL part the rows by one value; NOT does what NOT_EQUAL does.',
  ),
  reads(
    '2.2-order',
    '[I]',
    'LESS, LESS_OR_EQUAL, GREATER and GREATER_OR_EQUAL compare numbers; BETWEEN includes both ends.',
  ),
  reads('2.2-sets', '[I]', 'IN takes the rows with one of the values, NOT_IN all others.'),
  reads(
    '2.2-text',
    '[I]',
    'CONTAINS finds a part of a text; LIKE finds a whole name, NOT_LIKE leaves it out.',
  ),
  reads('2.2-null', '[I]', 'IS_NULL takes rows without the field, IS_NOT_NULL those with it.'),
  reads('2.2-bool', '[I]', 'IS_TRUE and IS_FALSE part the rows by a boolean.'),
  reads('2.2-empty', '[I]', 'IS_EMPTY and IS_NOT_EMPTY part the rows by an empty text or list.'),
  reads('2.2-equal-with-several', '[D-old]', 'EQUAL with several parameters behaves like IN.'),
  reads('2.2-all-must-hold', '[C:A][O]', 'A row must match every element of the array.'),
  reads(
    '2.2-numeric-strings',
    '[O][C:A]',
    'A number may be written as a string: siteId "20101" is siteId 20101.',
  ),
  reads('2.2-enum-in-any-case', '[C:H][O]', 'Values of an enum match in any letter case.'),
  reads('2.2-unknown-value', '[I]', 'A value no row has matches nothing.'),
  reads('2.2-site-fields', '[C][O]', 'Sites are filtered by id and code.'),
  reads(
    '2.2-experiment-fields',
    '[C][O]',
    'Experiments are filtered by siteId, siteCode, status, type and name.',
  ),
  reads('2.2-goal-fields', '[C][O]', 'Goals are filtered by siteId and name.'),
  reads('2.2-flag-fields', '[C][O]', 'Feature flags are filtered by siteId and status.'),
  reads('2.2-any-scalar', '[I]', 'Every scalar field at the top of an object can be filtered by.'),
  reads('2.2-malformed', '[I]', 'A filter that is not JSON is refused with 400.'),
  reads('2.2-unknown-operator', '[I]', 'An operator nobody knows is refused with 400.'),
  reads('2.2-body-of-a-get', '[C:H]', 'The body of a GET is passed over.'),
];
