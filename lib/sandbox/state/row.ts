/** One object of a list as it goes over the wire. */
export type Row = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses JSON of a query parameter or a body; undefined when it is not JSON, or nested beyond all reason. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What lies deeper could be kept but not be written again: writing JSON recurses. */
const MOST_LEVELS = 400;

function isTooDeep(text: string): boolean {
  let levels = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (isInString) {
      if (code === BACKSLASH) i += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === BRACKET || code === BRACE) {
      levels += 1;
      if (levels > MOST_LEVELS) return true;
    } else if (code === BRACKET_END || code === BRACE_END) levels -= 1;
  }
  return false;
}

const [QUOTE, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = [34, 92, 91, 93, 123, 125];
