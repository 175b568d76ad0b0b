/** Sections 2.1 and 2.3 to 2.5: pages, order, search and optional fields. */
import { reads, untested, writes, type Fact } from './fact';

export const lists: readonly Fact[] = [
  reads('2.1-bare-array', '[D][C]', 'A list is a bare JSON array.'),
  reads('2.1-page-from-one', '[C:A]', 'Pages are counted from 1, and 1 is what one gets unasked.'),
  reads('2.1-twenty-unasked', '[S]', 'A page has 20 rows unless asked otherwise.'),
  reads('2.1-two-hundred-at-most', '[S]', 'A page never has more than 200 rows.'),
  reads('2.1-minus-one', '[S][O]', 'perPage=-1 gives the most: 200 rows, or everything.'),
  reads('2.1-minus-one-is-200', '[I]', 'perPage=-1 gives 200 rows a page.'),
  reads(
    '2.1-page-count',
    '[O]',
    'The header X-Pagination-Page-Count holds the number of pages, an unsigned integer.',
  ),
  reads('2.1-page-count-everywhere', '[I]', 'Every list has the header.'),
  reads('2.1-no-other-header', '[I]', 'No other X-Pagination header is sent.'),
  reads(
    '2.1-short-page-is-last',
    '[I]',
    'Only the last page is short; the pages together hold every row once, and after them comes nothing.',
  ),
  reads('2.1-page-sizes', '[C]', 'Pages of 1, 50, 99, 100 and 200 rows are served.'),

  reads(
    '2.3-sort',
    '[S][C:A]',
    '`sort` is a percent-encoded array of {field, direction}, ASC or DESC.',
  ),
  reads('2.3-several-fields', '[S]', 'Several fields sort one after the other.'),

  reads(
    '2.4-search-body',
    '[D][D-old]',
    'POST /<resource>/search takes filter, page, perPage and sort in its body.',
  ),
  reads(
    '2.4-resources',
    '[D][D-old][C:D]',
    'Segments, feature flags, goals and variations can be searched.',
  ),
  reads(
    '2.4-one-object',
    '[D-old]',
    'The filter of a search is one object {field, operator, parameters}.',
  ),
  reads('2.4-not-an-array', '[I]', 'An array as the filter of a search is refused with 400.'),
  reads(
    '2.4-nested',
    '[D-old]',
    'It may be {conditionalOperator: AND | OR, expressions: []}, nested at will.',
  ),
  reads('2.4-optional-fields', '[D]', 'optionalFields of a search stand in the query.'),
  untested(
    '2.4-experiments',
    '[I]',
    'Experiments may have a search of their own.',
    'Whether /experiments/search exists: it is in no source.',
  ),

  writes('2.5-comma', '[D-old]', 'optionalFields=goals,tags asks for both.'),
  writes('2.5-repeated', '[I]', 'optionalFields may also be repeated.'),
  writes('2.5-empty-unasked', '[D-old]', 'Unasked, an optional field is there, but empty.'),
  writes(
    '2.5-goals-and-tags',
    '[D-old]',
    '`goals` and `tags` of an experiment are optional in reads and lists.',
  ),
  reads(
    '2.5-script-and-variations',
    '[C:A][C:C][C:E]',
    '`globalScript` and `variations` can be asked for on /experiments/{id}.',
  ),
  writes(
    '2.5-personalization-goals',
    '[C:A]',
    '`goals` can be asked for on /personalizations/{id}.',
  ),
  writes('2.5-echo', '[C]', 'After POST and PATCH the values sent come back unasked.'),
];
