import 'server-only';

/** What a log line may hold of a value that came from somewhere else. */
const MAX_DEPTH = 6;
const MAX_ENTRIES = 50;
const MAX_VALUES = 500;
const MAX_TEXT = 1_000;

const HIDDEN = '[redacted]';

/** Names whose values never reach a log, at any depth and however they are written. */
const SECRET_NAME =
  /^(proxy-?)?authori[sz]ation$|cookie|secret|token$|^jwt$|password|passwd|^pass$|credential|api_?key|private_?key|code_?verifier|^signature$/i;

/** Control characters, line separators and direction marks: nothing may forge a line or turn one around. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** How secrets look within a text: after a scheme of authorisation, as a parameter, before the host of an address. */
const WITHIN_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer)\s+\S+/gi, `$1 ${HIDDEN}`],
  [/\b(basic)\s+[A-Za-z0-9+/=]{12,}/gi, `$1 ${HIDDEN}`],
  [/((?:secret|token|password|assertion|verifier)=)[^\s"'&,;}]+/gi, `$1${HIDDEN}`],
  [/((?:secret|token|password|authorization)["']\s*:\s*["'])[^"']+/gi, `$1${HIDDEN}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${HIDDEN}@`],
  [/([\w/.-]\?)[\w-]+=[^\s"']*/g, `$1${HIDDEN}`],
];

export type Scrub = (value: unknown) => unknown;

/**
 * Makes values fit for a log: `secrets` (as they are and percent-encoded) and whatever looks like one are taken out at any
 * depth, an error is its type, code, message and place alone (its other fields may hold a whole request), every text is
 * one line, and nothing is longer than a person would read.
 */
export function createScrub(secrets: readonly string[]): Scrub {
  const known = [
    ...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)])),
  ].filter((secret) => secret.length > 3);

  const text = (value: string): string => {
    // Long enough that what is cut here would not have been shown.
    let clean = value.slice(0, 4 * MAX_TEXT).replace(UNSAFE, ' ');
    for (const secret of known) clean = clean.replaceAll(secret, HIDDEN);
    for (const [pattern, instead] of WITHIN_TEXT) clean = clean.replace(pattern, instead);
    return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT - 1)}…` : clean;
  };

  const fault = (error: Error, depth: number): object => ({
    type: text(error.name),
    ...('code' in error && typeof error.code === 'string' && { code: text(error.code) }),
    message: text(error.message),
    at: placesOf(error).map(text),
    ...(error.cause !== undefined && { cause: walk(error.cause, depth + 1) }),
  });

  let left = 0;
  const walk = (value: unknown, depth: number): unknown => {
    left -= 1;
    if (left < 0) return '[more]';
    if (typeof value === 'string') return text(value);
    if (typeof value === 'bigint' || typeof value === 'symbol') return text(String(value));
    if (typeof value !== 'object' || value === null)
      return typeof value === 'function' ? undefined : value;
    if (depth >= MAX_DEPTH) return '[deeper]';
    if (value instanceof Error) return fault(value, depth);
    if (Array.isArray(value))
      return value.slice(0, MAX_ENTRIES).map((entry) => walk(entry, depth + 1));
    if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value))
      return `[${value.constructor.name}]`;
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, MAX_ENTRIES)
        .map(([name, entry]) => [
          text(name),
          SECRET_NAME.test(name) && entry != null ? HIDDEN : walk(entry, depth + 1),
        ]),
    );
  };
  return (value) => {
    left = MAX_VALUES;
    return walk(value, 0);
  };
}

/** The first places of its stack, without the message that the stack repeats. */
const placesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
    .map((line) => line.trim());
