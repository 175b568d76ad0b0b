/** Section 3.2, second half: creating, changing and deleting an experiment. */
import { reads, writes, type Fact } from './fact';

export const experimentChanges: readonly Fact[] = [
  writes('3.2-create', '[S]', 'POST /experiments answers 201 with the experiment.'),
  writes(
    '3.2-create-minimal',
    '[C:A][C:E][C:G2][C:B]',
    'The four smallest bodies of working clients create an experiment.',
  ),
  writes('3.2-create-draft', '[C:A][Q]', 'A new experiment is a draft.'),
  writes('3.2-create-variation', '[T][C:E]', 'The server makes one variation with it.'),
  writes('3.2-create-halves', '[T]', 'Original and variation get half each.'),
  writes('3.2-rename-first', '[C:E]', 'variations[0] can be renamed right after creating.'),
  writes(
    '3.2-default-rule',
    '[Q]',
    'A default targeting rule is made with it, and stands in the way of a custom one.',
  ),
  writes(
    '3.2-create-defaults',
    '[T]',
    'autoOptimized, isArchived, isLegacyEditor, isMultipleTestingCorrection are false, collectingDataEnabled and executeCodeForReference true, mvtVariations [].',
  ),
  writes('3.2-patch-writable', '[D-old]', 'PATCH writes every field documented as writable.'),
  writes('3.2-patch-partial', '[D-old]', 'What PATCH does not name stays as it was.'),
  writes('3.2-patch-answer', '[O]', 'PATCH answers with the full updated experiment.'),
  writes(
    '3.2-patch-variations',
    '[C:A]',
    'PATCH takes the whole list of `variations` together with `deviations`.',
  ),
  writes(
    '3.2-patch-whole',
    '[O]',
    'PATCH with the whole object just read succeeds and ignores what is read-only.',
  ),
  writes(
    '3.2-patch-wipes-goals',
    '[I]',
    'PATCH with an object read without optionalFields wipes the goals: they were empty in it.',
  ),
  writes('3.2-split-as-text', '[C:E]', 'Shares of `deviations` may be numeric strings.'),
  writes('3.2-split-sums', '[T][C:E2]', 'Sums of 0.9999 and of 1.00000002 pass.'),
  writes(
    '3.2-split-of-one',
    '[O]',
    'A map that names one variation alone is merged over the rest.',
  ),
  writes('3.2-split-far-off', '[I]', 'A sum more than 0.01 away from 1 is refused with 400.'),
  writes('3.2-split-all-on-one', '[T]', 'origin 0 and one variation at 1 is a legal split.'),
  writes('3.2-delete', '[D]', 'DELETE answers 200 with nothing, and the experiment is gone.'),
  writes('3.2-delete-stopped', '[Q]', 'A stopped experiment can be deleted.'),
  writes('3.2-delete-running', '[Q]', 'One that is active or paused cannot: 400.'),
  reads('3.2-simulate', '[C:G]', 'A simulation is answered with a URL in plain text.'),
  reads(
    '3.2-simulate-url',
    '[C:A]',
    'It is baseURL with kameleoon-experiment-id=<id> and kameleoon-simulation=true.',
  ),
];
