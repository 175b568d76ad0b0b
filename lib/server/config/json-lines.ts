import 'server-only';

export type LocatedJson =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** The line, from 1, on which the value at a path begins; that of its nearest parent where there is none. */
      readonly lineOf: (path: readonly PropertyKey[]) => number;
    }
  | { readonly ok: false; readonly line: number };

const keyOf = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));

/** One token: white space, punctuation, text, or whatever else stands together. */
const TOKEN = /\s+|[{}[\]:,]|"(?:[^"\\]|\\.)*"|[^\s{}[\]:,"]+|"/gsu;

/** Reads JSON that a person wrote, and knows where each value stands. */
export function readJsonLines(text: string): LocatedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, line: faultLine(text, error) };
  }
  const lines = locate(text);
  return {
    ok: true,
    value,
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const line = lines.get(keyOf(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}

/** Sound JSON alone: where each value begins. */
function locate(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const path: (string | number)[] = [];
  const inList: boolean[] = [];
  let line = 1;
  let key: string | null = null;
  for (const [token] of text.matchAll(TOKEN)) {
    const isList = inList.at(-1) === true;
    const isText = token.startsWith('"');
    if (token === '{' || token === '[') {
      lines.set(keyOf(path), line);
      inList.push(token === '[');
      path.push(token === '[' ? 0 : '');
      key = null;
    } else if (token === '}' || token === ']') {
      inList.pop();
      path.pop();
    } else if (token === ',') {
      if (isList) path.push(Number(path.pop()) + 1);
      key = null;
    } else if (isText && !isList && key === null && inList.length > 0) {
      key = String(JSON.parse(token));
      path.pop();
      path.push(key);
    } else if (token !== ':' && token.trim() !== '') lines.set(keyOf(path), line);
    line += token.split('\n').length - 1;
  }
  return lines;
}

/** Node says where it gave up, by the place of the letter; at the end where the text breaks off. */
function faultLine(text: string, error: unknown): number {
  const [, place] = /position (\d+)/.exec(String(error)) ?? [];
  const until = place === undefined ? text : text.slice(0, Number(place));
  return until.split('\n').length;
}
