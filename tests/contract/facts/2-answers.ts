/** Sections 2.6 to 2.9: dates, status codes, error bodies and limits. */
import { reads, staged, untested, writes, type Fact } from './fact';

export const answers: readonly Fact[] = [
  reads('2.6-no-zone', '[T]', 'Dates come without a zone: 2026-05-21T13:00:16.'),
  writes(
    '2.6-fractions-of-a-new-object',
    '[T]',
    'The dates of a freshly created object carry up to nine fractional digits.',
  ),
  reads(
    '2.6-never-null',
    '[O]',
    'No date is JSON null or ends in Z: an official client refuses both.',
  ),
  reads('2.6-seconds-on-reads', '[I]', 'A date that is read is whole to the second.'),
  writes('2.6-unset-is-absent', '[I]', 'A date that is not set is left out.'),
  reads(
    '2.6-both-forms-of-intervals',
    '[C:A][D]',
    'dateIntervals are understood with Z and without a zone, alike.',
  ),
  untested(
    '2.6-which-zone',
    '[C:A]',
    'The zone of a date without one is the API’s, not that of the display.',
    'A live date beside a moment that is known: the zone is in no source.',
  ),

  reads('2.7-ok', '[S]', '200 is a request that succeeded.'),
  writes('2.7-created', '[S][D]', '201 is a resource that was created.'),
  writes('2.7-invalid-body', '[S]', '400 is a body that is not valid, JSON or not.'),
  writes('2.7-content-type', '[S]', '400 is a body sent without Content-Type: application/json.'),
  reads('2.7-unknown-id', '[Q]', '404 is an id nobody knows.'),
  staged('2.7-locked', '[D-old][C:A]', '423 is an experiment that someone edits in the app.'),
  staged('2.7-throttled', '[S]', '429 is a request past the limit.'),
  staged('2.7-server-error', '[S]', '5xx is a fault of the server.'),
  staged(
    '2.7-codes-of-an-experiment',
    '[D-old]',
    'GET /experiments/{id} answers 200, 400, 403, 423 or 500.',
  ),
  untested(
    '2.7-codes-of-audiences',
    '[D-old]',
    'GET /audiences/poll answers 200, 400 or 500.',
    'What an audience is asked for with: its request and its data were not readable.',
  ),

  writes(
    '2.8-live-form',
    '[T]',
    'An error is {status: "ERROR", message, timestamp}, the timestamp without a zone.',
  ),
  writes('2.8-joined', '[T]', 'Several problems stand in one message, joined by "; ".'),
  writes(
    '2.8-path-and-wording',
    '[T]',
    "A problem is told by the path in quotes and its fault: 'a.b[0].c': must not be null.",
  ),
  writes('2.8-must-not-be-empty', '[T]', 'What is there but empty "must not be empty".'),
  writes(
    '2.8-click-goal-without-url',
    '[T]',
    'A CLICK goal without a url was once answered with 500 "Data access error."; it is never created.',
  ),
  staged(
    '2.8-results-back-end',
    '[T]',
    'A 500 of the results back end is {serviceName: "Data client", message}, without a status.',
  ),
  writes(
    '2.8-three-fields',
    '[I]',
    'An error has status, message and timestamp; the documented code, name and impersonator are not sent.',
  ),
  writes(
    '2.8-same-name',
    '[C:F]',
    'A segment whose name is taken is refused with "same name already exists" in the message.',
  ),

  staged('2.9-ten-seconds', '[S]', 'Fifty requests in ten seconds are served, the next gets 429.'),
  staged('2.9-hour', '[S]', 'A thousand requests in an hour are served, the next gets 429.'),
  staged(
    '2.9-per-credential',
    '[S][I]',
    'Limits belong to whoever asks: a second token of the same credentials shares them, other credentials do not.',
  ),
  staged('2.9-no-headers', '[I]', 'A 429 carries neither Retry-After nor X-RateLimit headers.'),
  reads(
    '2.9-slow-list',
    '[C:A]',
    'A list of experiments answers within the 30 s a client gives it.',
  ),
  untested(
    '2.9-a-dozen-a-minute',
    '[D-old]',
    'Older text means the API for a dozen calls a minute and account.',
    'Whether anything enforces it beside the two windows of the newer text.',
  ),
];
