/** Section 3.3: the life of an experiment. */
import { reads, untested, writes, type Fact } from './fact';

export const actions: readonly Fact[] = [
  reads('3.3-lower-case', '[T][Q][O]', 'Status comes in lower case.'),
  reads(
    '3.3-values',
    '[T][C:D][O]',
    'It is draft, active, paused, stopped, deactivated, archived, deviated, used_as_personalization or finished.',
  ),
  reads('3.3-old-name', '[O]', 'The obsolete name `experimentStatus` is not sent.'),
  writes('3.3-activate', '[Q][I]', 'ACTIVATE makes a draft active and sets dateStarted.'),
  writes('3.3-date-status-modified', '[D][I]', 'A change of status sets dateStatusModified.'),
  writes('3.3-pause', '[Q]', 'PAUSE makes an active experiment paused.'),
  writes('3.3-resume', '[Q]', 'RESUME makes a paused experiment active.'),
  writes('3.3-stop', '[Q]', 'STOP stops an active or paused experiment.'),
  writes('3.3-stop-date', '[I]', 'STOP sets dateEnded.'),
  writes('3.3-deactivate', '[D-old][I]', 'DEACTIVATE makes an active experiment deactivated.'),
  writes('3.3-schedule', '[I]', 'SCHEDULE without dates is refused with 400.'),
  writes('3.3-body', '[O]', 'A body may come with an action: its deviations are taken.'),
  writes('3.3-empty-body', '[I]', 'An empty {} with an action is fine.'),
  writes('3.3-illegal', '[Q]', 'An illegal move is refused with 400, and nothing changes.'),
  writes('3.3-unknown-action', '[I]', 'An action nobody knows is refused with 400.'),
  untested(
    '3.3-repeat',
    '[Q]',
    'An action may be asked for again in the state it leads to.',
    'What the API answers: the server that was observed skips such a call.',
  ),
  writes('3.3-archive', '[I]', 'PATCH isArchived archives an experiment.'),
  writes('3.3-archived-results', '[T]', 'Results of an archived experiment stay readable.'),
];
