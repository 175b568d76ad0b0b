/** Sections 4.5 to 4.8: the report, who wins, and sharing it. */
import { reads, staged, untested, writes, type Fact } from './fact';

export const report: readonly Fact[] = [
  reads(
    '4.5-path',
    '[C:A]',
    'data.variationData[key].breakdownData[key].generalData holds the counts: maps with strings for keys.',
  ),
  reads(
    '4.5-counts',
    '[C:A]',
    'visitCount and visitorCount are integers, visits no fewer than visitors.',
  ),
  reads('4.5-goals-data', '[C:A]', 'goalsData maps goal ids to their figures.'),
  reads('4.5-conversions', '[C:A]', 'conversionCount and convertedVisitCount are integers.'),
  reads('4.5-revenue', '[C:A]', 'revenueCount is a number, the whole revenue.'),
  reads('4.5-average-cart', '[C:A][I]', 'averageCart is the revenue of a conversion.'),
  reads(
    '4.5-figures',
    '[C:A]',
    'conversionRate, improvementRate and reliability are numbers, null or absent.',
  ),
  reads('4.5-variation-keys', '[C:A]', 'Variations are keyed by id, every one of the experiment.'),
  reads('4.5-original-key', '[C:A]', 'The original is `_reference`, or else `0` or `origin`.'),
  reads(
    '4.5-reference-row',
    '[I]',
    'Improvement and reliability of the row held against itself are null.',
  ),
  reads('4.5-nothing-invented', '[I]', 'No leaf is sent that no source has seen.'),
  reads('4.5-no-best-variation', '[C:A]', 'No field names the best variation.'),
  reads(
    '4.5-unit',
    '[O][Q]',
    'Rate, improvement and reliability share one unit, percent or fraction.',
  ),
  reads('4.5-percent', '[I]', 'The unit is percent.'),
  reads(
    '4.5-rate-of-visits',
    '[I]',
    'CONVERTED_VISITS: the rate is convertedVisitCount over visitCount.',
  ),
  reads('4.5-rate-of-conversions', '[I]', 'ALL_CONVERSION: it is conversionCount over the same.'),
  reads('4.5-rate-of-visitors', '[I]', 'With visitorData it is over visitorCount.'),
  reads('4.5-improvement', '[C:A]', 'improvementRate is relative to the reference.'),
  reads(
    '4.5-reliability',
    '[I]',
    'reliability is 1 − p of a pooled, one-sided z test of two proportions.',
  ),
  staged(
    '4.5-rates-above-all',
    '[I]',
    'With ALL_CONVERSION and several conversions, 100 % can be passed.',
  ),
  reads('4.5-rows-add-up', '[I]', 'The rows of a breakdown of visits add up to the total.'),
  reads('4.5-same-past', '[I]', 'The same question about the past has the same answer.'),

  reads(
    '4.6-rule',
    '[Q][T]',
    'The winner can be told: the best improvement above 0 whose reliability passes the threshold.',
  ),
  untested(
    '4.6-no-endpoint',
    '[Q]',
    'No endpoint declares or reads a winner.',
    'The whole list of endpoints: that one is missing from all sources proves nothing.',
  ),

  writes('4.7-share', '[D]', 'Sharing results answers with a shared token.'),
  writes('4.7-share-field', '[I]', 'It is the field sharedToken.'),
  writes(
    '4.7-in-place',
    '[D][D-old]',
    'It stands in place of the access token when asking and polling.',
  ),
  writes('4.7-scope', '[I]', 'It opens the results of that experiment, and nothing else.'),
  untested(
    '4.7-lifetime',
    '[I]',
    'A shared token ends some day.',
    'Its lifetime, and what it is answered with afterwards.',
  ),

  reads(
    '4.8-example',
    '[C:A][I]',
    'The composed example is understood: a dataCode, then WAITING, then READY.',
  ),
];
