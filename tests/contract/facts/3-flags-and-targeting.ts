/** Sections 3.7 and 3.8: feature flags for their results, targeting rules and personalizations. */
import { reads, untested, writes, type Fact } from './fact';

export const flagsAndTargeting: readonly Fact[] = [
  reads(
    '3.7-fields',
    '[D][C:D]',
    'A flag has id, name, featureKey, siteCode, variations, environmentConfigurations and tags.',
  ),
  reads('3.7-variations', '[D][C:D]', 'Its variations have key, name and variables.'),
  reads('3.7-goals', '[D][C:D]', 'primaryGoalId is an id, secondaryGoalIds a list of ids.'),
  reads(
    '3.7-health',
    '[D][C:D]',
    'health is PERMANENT, HEALTHY, STALE or SMELLY; archived a boolean.',
  ),
  reads(
    '3.7-rule-experiment',
    '[D][C:D]',
    'An experimentation rule has an experimentId of its own.',
  ),
  reads(
    '3.7-results',
    '[D]',
    'Results of a flag are asked for like those of an experiment, and answered with a dataCode.',
  ),
  reads('3.7-results-poll', '[I]', 'They are polled on the same /results.'),
  untested(
    '3.7-which-id',
    '[D]',
    'Results of a flag are asked for by a number in the path.',
    'Whether it is that of the flag (path) or of the experimentation rule (tutorial).',
  ),

  writes(
    '3.8-targeting-rule',
    '[D]',
    'A targeting rule needs siteId; the other fields come back as sent.',
  ),
  writes(
    '3.8-personalization-code',
    '[O][C:A]',
    'A personalization holds javaScriptCode, cssCode and status itself.',
  ),
  reads(
    '3.8-personalization-variations',
    '[O][C:A]',
    'It names its variations by variationId or variationIds.',
  ),
  writes('3.8-personalization-create', '[C:E]', 'siteId and name are enough to create one.'),
];
