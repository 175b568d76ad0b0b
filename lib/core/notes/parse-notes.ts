/**
 * Reads what somebody typed, the same way in the form and at the door of the server. Text is trimmed, its line ends are
 * `\n`, and other control characters are dropped; it is never markup.
 */
import type { VariationId } from '@/lib/core/experiment/ids';
import { variationId } from '@/lib/core/experiment/ids';
import type { DecisionInput, DecisionKind, NoteInput } from '@/lib/core/notes/note';
import { DECISIONS, MAX_NAME, MAX_TEXT } from '@/lib/core/notes/note';

export type NoteFault = 'missing' | 'too-long' | 'no-moment' | 'in-future' | 'unknown';

export interface BadField<Field extends string = string> {
  readonly ok: false;
  /** As the body names it. */
  readonly field: Field;
  readonly fault: NoteFault;
}

export type Parsed<Value, Field extends string = string> =
  { readonly ok: true; readonly value: Value } | BadField<Field>;

/** `nowMs`: upstream time; nothing is noted of the future. */
export function parseNote(
  raw: unknown,
  nowMs: number,
): Parsed<NoteInput, keyof NoteInput | 'body'> {
  const body = toFields(raw, ['atMs', 'text', 'author']);
  if (!body.ok) return body;
  const { atMs } = body.value;
  if (typeof atMs !== 'number' || !Number.isSafeInteger(atMs) || atMs < 0)
    return bad('atMs', 'no-moment');
  if (atMs > nowMs) return bad('atMs', 'in-future');
  const text = toText(body.value['text'], MAX_TEXT);
  if (!text.ok) return bad('text', text.fault);
  const author = toText(body.value['author'], MAX_NAME);
  if (!author.ok) return bad('author', author.fault);
  return { ok: true, value: { atMs, text: text.value, author: toOneLine(author.value) } };
}

/** `variations`: those of the experiment, one of which is shipped. */
export function parseDecision(
  raw: unknown,
  variations: readonly VariationId[],
): Parsed<DecisionInput, keyof DecisionInput | 'body'> {
  const body = toFields(raw, ['who', 'what', 'variationId', 'why']);
  if (!body.ok) return body;
  const what = DECISIONS.find((kind) => kind === body.value['what']);
  if (what === undefined) return bad('what', 'unknown');
  const shipped = toShipped(what, body.value['variationId'], variations);
  if (shipped === undefined) return bad('variationId', 'unknown');
  const why = toText(body.value['why'], MAX_TEXT);
  if (!why.ok) return bad('why', why.fault);
  const who = toText(body.value['who'], MAX_NAME);
  if (!who.ok) return bad('who', who.fault);
  const value = { who: toOneLine(who.value), what, variationId: shipped, why: why.value };
  return { ok: true, value };
}

const bad = <Field extends string>(field: Field, fault: NoteFault): BadField<Field> => ({
  ok: false,
  field,
  fault,
});

/** undefined: ships none of this experiment. */
function toShipped(
  what: DecisionKind,
  raw: unknown,
  variations: readonly VariationId[],
): VariationId | null | undefined {
  if (what !== 'ship') return null;
  return typeof raw === 'string' ? variations.find((id) => id === variationId(raw)) : undefined;
}

/** An object with no other fields: a misspelt one would silently be lost. */
function toFields(
  raw: unknown,
  known: readonly string[],
): Parsed<Readonly<Record<string, unknown>>, 'body'> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return bad('body', 'unknown');
  const stray = Object.keys(raw).find((field) => !known.includes(field));
  return stray === undefined ? { ok: true, value: { ...raw } } : bad('body', 'unknown');
}

/** What is no text: control characters (the line end among them, which stays) and halves of characters. */
const CONTROLS = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

function toText(raw: unknown, longest: number): Parsed<string> {
  if (typeof raw !== 'string') return bad('', 'missing');
  const text = raw
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, (control) => (control === '\n' ? control : ''))
    .trim();
  if (text === '') return bad('', 'missing');
  return [...text].length > longest ? bad('', 'too-long') : { ok: true, value: text };
}

const toOneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
