import type { ExperimentId, GoalId, VariationId } from '@/lib/core/experiment/ids';
import { experimentId, goalId, variationId } from '@/lib/core/experiment/ids';

/** What must be read upstream. One subject is one report; its key is the cache key and the hub's topic. */
export interface Subject {
  readonly experimentId: ExperimentId;
}

/** How the counts are judged. Changing it costs no upstream call. */
export interface Method {
  /** null: the experiment's main goal. */
  readonly goalId: GoalId | null;
  /** null: the original. */
  readonly referenceId: VariationId | null;
  /** 0 to 1, exclusive. */
  readonly confidenceLevel: number;
}

/** The one identity of a datum from the URL to the query cache. */
export interface Question {
  readonly subject: Subject;
  readonly method: Method;
  /**
   * As it was at this moment of its data, epoch milliseconds; absent: now. The past does not change, so that it is asked
   * for once and never watched: no stream takes it, and nothing is read upstream for it.
   */
  readonly atMs?: number;
}

export const DEFAULT_METHOD: Method = { goalId: null, referenceId: null, confidenceLevel: 0.95 };

export const CONFIDENCE_LEVELS = [0.8, 0.9, 0.95, 0.99] as const;

export const toQuestion = (id: ExperimentId, method: Partial<Method> = {}): Question => ({
  subject: { experimentId: id },
  method: { ...DEFAULT_METHOD, ...method },
});

/** Key of what is read: the principal (connection) is put before it by whoever keeps a cache. */
export const subjectKey = (subject: Subject): string => subject.experimentId;

/**
 * Canonical text of a question: defaults are left out and parts have one order, so equal questions have equal keys.
 * Example: `188400`, `188400;goal=312001;level=0.9`, `188400;at=1779099600000`.
 */
export function questionKey({ subject, method, atMs }: Question): string {
  const parts: string[] = [subjectKey(subject)];
  if (method.goalId !== null) parts.push(`goal=${method.goalId}`);
  if (method.referenceId !== null) parts.push(`ref=${method.referenceId}`);
  if (method.confidenceLevel !== DEFAULT_METHOD.confidenceLevel)
    parts.push(`level=${method.confidenceLevel}`);
  if (atMs !== undefined) parts.push(`at=${atMs}`);
  return parts.join(';');
}

export type ParsedQuestion =
  | { readonly ok: true; readonly question: Question }
  | { readonly ok: false; readonly reason: string };

const ID = /^\d{1,19}$/;
/** Until the year 5138; more digits would be no moment. */
const MOMENT = /^\d{1,14}$/;

/** The moment that a key asks about; null: now. */
export const momentOf = (key: string): number | null => {
  const text = /;at=(\d{1,14})$/.exec(key)?.[1];
  return text === undefined ? null : Number(text);
};

/** The same question about another moment; null: now. */
export const keyAt = (key: string, atMs: number | null): string => {
  const now = key.replace(/;at=\d*$/, '');
  return atMs === null ? now : `${now};at=${atMs}`;
};

/** Reads the text form back. The reason is a sentence for the person who wrote the query. */
export function parseQuestion(text: string): ParsedQuestion {
  const fail = (reason: string): ParsedQuestion => ({ ok: false, reason });
  const [id = '', ...parts] = text.split(';');
  if (!ID.test(id)) return fail(`"${id.slice(0, 40)}" is not an experiment id (digits only)`);
  let method = DEFAULT_METHOD;
  let atMs: number | null = null;
  for (const part of parts) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(at, 0));
    const value = part.slice(at + 1);
    if (name === 'goal' && ID.test(value)) method = { ...method, goalId: goalId(value) };
    else if (name === 'ref' && ID.test(value))
      method = { ...method, referenceId: variationId(value) };
    else if (name === 'level' && CONFIDENCE_LEVELS.some((level) => String(level) === value))
      method = { ...method, confidenceLevel: Number(value) };
    else if (name === 'at' && MOMENT.test(value)) atMs = Number(value);
    else
      return fail(
        `"${part.slice(0, 40)}" is not one of goal=<id>, ref=<id>, level=${CONFIDENCE_LEVELS.join('|')}, at=<epoch ms>`,
      );
  }
  const subject = { experimentId: experimentId(id) };
  return { ok: true, question: { subject, method, ...(atMs !== null && { atMs }) } };
}
