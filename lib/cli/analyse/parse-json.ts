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
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
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
    const literal = take(text[at] === '"' ? STRING : NUMBER) ?? take(WORD);
    if (literal === null) return fail(`not JSON: a value expected, found ${here()}`);
    return { kind: 'value', spot, value: JSON.parse(literal) as string | number | boolean | null };
  };
  const readEntries = (field: string, depth: number): JsonEntry[] => {
    const entries: JsonEntry[] = [];
    at += 1;
    while (!isNext('}')) {
      if (entries.length > 0) expect(',', 'between fields');
      take(BLANK);
      const name =
        take(STRING) ?? fail(`not JSON: a field name in quotes expected, found ${here()}`);
      const key = JSON.parse(name) as string;
      expect(':', `after ${name}`);
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
