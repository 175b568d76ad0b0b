import { amount, oneOf, toKind } from './field';

/** What reports say otherwise than usual. A job keeps what it was begun under. */
export const COUNT_KINDS = {
  /** Rates, improvements and reliabilities as 0 to 1, or as 0 to 100. */
  'rate-unit': toKind({ unit: oneOf('fraction', 'percent') }, 'results', 'placed'),
  /** How the original is called among the variations. */
  'reference-key': toKind({ key: oneOf('0', 'origin', '_reference') }, 'results', 'placed'),
  /** Visits that converted, although people were asked for. */
  'converted-visits': toKind({}, 'results', 'placed'),
  /** All counts are lower by this share, and come back when it is over. */
  'falling-counts': toKind({ share: amount(0.3, 0, 1) }, 'results', 'placed'),
};
