import 'server-only';

/** Control characters, line separators and direction marks: nothing upstream writes may forge a log line. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

const MAX_LENGTH = 300;

/**
 * What upstream said, fit for a log and a page: one line, at most 300 characters, without our secrets
 * (as they are and percent-encoded) and without anything that follows the word Bearer.
 */
export function cleanMessage(text: string, secrets: readonly string[]): string {
  let clean = text.replace(UNSAFE, ' ');
  for (const secret of secrets)
    for (const form of new Set([secret, encodeURIComponent(secret)]))
      if (form !== '') clean = clean.replaceAll(form, '[redacted]');
  clean = clean
    .replace(/\bbearer\s+\S+/gi, 'Bearer [redacted]')
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH - 1)}…` : clean;
}
