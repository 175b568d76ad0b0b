import type { Rehearsal, RehearsedCall } from '@/lib/cli/verdict/rehearsal/rehearsal';
import { toSafeJson } from '@/lib/cli/verdict/plain';
import type { ShellWords } from '@/lib/core/words/shell-words';

/** Longer text in a body (code, above all) is cut for a person; `--json` has all of it. */
const LONGEST = 200;

/** Each call with its body, those that write told apart, and what it all costs. */
export function describeCalls({ calls, tokens, madeUp }: Rehearsal, words: ShellWords): string {
  const named = (text: string): string =>
    [...madeUp].reduce((all, [id, label]) => all.replaceAll(String(id), `<${label}>`), text);
  const lines = calls.flatMap(({ method, path, body, kind }, at) => {
    const place = String(at + 1).padStart(3);
    const note = words(kind === 'read' ? 'dryRun.read' : 'dryRun.wouldSend');
    const line = `${place}  ${method.padEnd(6)} ${named(path)}  (${note})`;
    return body === null || kind === 'read'
      ? [line]
      : [line, `       ${named(toSafeJson(shorten(body), 0))}`];
  });
  const read = calls.filter(({ kind }) => kind === 'read').length;
  return [
    words('dryRun.title'),
    ...lines,
    words('dryRun.cost', {
      all: calls.length + tokens(),
      ...{ read, left: calls.length - read, tokens: tokens() },
    }),
  ].join('\n');
}

/** The same for a program: ids of what does not exist yet as their label, costs in wire requests. */
export function callsAsJson({ calls, tokens, madeUp }: Rehearsal) {
  const labelOf = (key: string): string => {
    const label = madeUp.get(Number(key));
    return label === undefined ? key : `<${label}>`;
  };
  const withLabels = (value: unknown): unknown => {
    if (typeof value === 'number') return madeUp.has(value) ? labelOf(String(value)) : value;
    if (typeof value === 'string') return labelOf(value);
    if (Array.isArray(value)) return value.map(withLabels);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, own]) => [labelOf(key), withLabels(own)]),
    );
  };
  const toJson = ({ method, path, body, kind }: RehearsedCall) => ({
    method,
    path: [...madeUp].reduce((all, [id, label]) => all.replaceAll(String(id), `<${label}>`), path),
    body: withLabels(body),
    kind,
    requests: 1,
  });
  return {
    calls: calls.map(toJson),
    requests: {
      all: calls.length + tokens(),
      sent: calls.filter(({ kind }) => kind === 'read').length + tokens(),
    },
  };
}

const shorten = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length > LONGEST)
    return `${value.slice(0, LONGEST)}… (${value.length} characters)`;
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, shorten(own)]));
  return value;
};
