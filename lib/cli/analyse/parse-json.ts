import type { Spot } from '@/lib/cli/analyse/fault';
import { UnreadableInput, faultAt } from '@/lib/cli/analyse/fault';

/** JSON with the place of every value, which `JSON.parse` does not tell. */
export type JsonNode =
  | { readonly kind: 'object'; readonly spot: Spot; readonly entries: readonly JsonEntry[] }
  | { readonly kind: 'array'; readonly spot: Spot; readonly items: readonly JsonNode[] }
  | {
      readonly kind: 'value';
      readonly spot: Spot;
      readonly value: string | number | boolean | null;
    };

export interface JsonEntry {
  readonly key: string;
  readonly node: JsonNode;
}

const MAX_DEPTH = 32;
const BLANK = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Reads a whole JSON text. Throws `UnreadableInput` with line and column at the first place that is not JSON. */
export function parseJson(text: string): JsonNode {
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  /** A text in quotes, found without a pattern: one over millions of letters would overflow the stack. */
  const takeText = (): string | null => {
    if (text[at] !== '"') return null;
    for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
      let before = end - 1;
      while (text[before] === '\\') before -= 1;
      if ((end - before) % 2 === 0) continue;
      const value = toText(text.slice(at, end + 1));
      if (value !== null) at = end + 1;
      return value;
    }
    return null;
  };
  const fail = (message: string): never => {
    throw new UnreadableInput(faultAt(spotAt(text, at, ''), message));
  };
  const here = (): string => (at < text.length ? JSON.stringify(text[at]) : 'the end of the input');
  const expect = (sign: string, where: string): void => {
    take(BLANK);
    if (text[at] !== sign) fail(`not JSON: ${sign} expected ${where}, found ${here()}`);
    at += 1;
  };
  const isNext = (sign: string): boolean => {
    take(BLANK);
    return text[at] === sign;
  };

  const read = (field: string, depth: number): JsonNode => {
    take(BLANK);
    if (depth > MAX_DEPTH) fail('not counts: nested too deeply');
    const spot = spotAt(text, at, field);
    if (text[at] === '{') return { kind: 'object', spot, entries: readEntries(field, depth) };
    if (text[at] === '[') return { kind: 'array', spot, items: readItems(field, depth) };
    const found = takeText();
    if (found !== null) return { kind: 'value', spot, value: found };
    const literal = take(NUMBER) ?? take(WORD);
    if (literal === null) return fail(`not JSON: a value expected, found ${here()}`);
    return { kind: 'value', spot, value: JSON.parse(literal) as number | boolean | null };
  };
  const readEntries = (field: string, depth: number): JsonEntry[] => {
    const entries: JsonEntry[] = [];
    at += 1;
    while (!isNext('}')) {
      if (entries.length > 0) expect(',', 'between fields');
      take(BLANK);
      const key = takeText() ?? fail(`not JSON: a field name in quotes expected, found ${here()}`);
      expect(':', `after ${JSON.stringify(key)}`);
      entries.push({ key, node: read(field === '' ? key : `${field}.${key}`, depth + 1) });
    }
    at += 1;
    return entries;
  };
  const readItems = (field: string, depth: number): JsonNode[] => {
    const items: JsonNode[] = [];
    at += 1;
    while (!isNext(']')) {
      if (items.length > 0) expect(',', 'between items');
      items.push(read(`${field}[${items.length}]`, depth + 1));
    }
    at += 1;
    return items;
  };

  const root = read('', 0);
  take(BLANK);
  if (at < text.length) fail(`not JSON: nothing expected after the end, found ${here()}`);
  return root;
}

/** What a text in quotes says; null where it is no JSON text. */
function toText(quoted: string): string | null {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Line starts are looked up by halving, so that ten thousand looks stay quick. */
function spotAt(text: string, offset: number, field: string): Spot {
  const starts = lineStarts(text);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, field };
}

let known: { readonly text: string; readonly starts: readonly number[] } | null = null;

function lineStarts(text: string): readonly number[] {
  if (known?.text === text) return known.starts;
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  known = { text, starts };
  return starts;
}
