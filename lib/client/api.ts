/** Typed reads of our own API. Answers are ours, so their types are taken at their word; failures become `ProblemError`. */
import { withBasePath } from '@/lib/client/base-path';
import type { Project } from '@/lib/core/experiment/experiment';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import type { Verdict } from '@/lib/core/analysis/analysis';
import { REST, ROWS, type ListAsk, type ListGroup } from '@/lib/core/live/list-ask';
import type {
  Curve,
  ListingProgress,
  Moments,
  Reading,
  ReadingProgress,
} from '@/lib/core/live/reading';
import { ProblemError, toProblem, type Problem } from '@/lib/core/problem/problem';

/** GET /api/experiments */
export interface ListBody {
  readonly experiments: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly project: Project;
    readonly group: ListGroup;
    readonly verdict: Verdict | null;
    readonly reading: Reading;
  }[];
  /** How many of each group match the filter, shown or not. */
  readonly totals: Readonly<Record<ListGroup, number>>;
  /** How many rows there are to ask for. */
  readonly total: number;
  /** Every experiment known, filtered or not. */
  readonly all: number;
  readonly listing: ListingProgress;
  readonly projects: readonly Project[];
  readonly progress: ReadingProgress;
  readonly nowMs: number;
  readonly asOfMs: number | null;
  readonly problem: Problem | null;
  /** Why nothing is remembered at the moment; null while looks are kept. */
  readonly storeProblem: Problem | null;
}

/** GET /api/experiments/{id}/analysis */
export interface AnalysisBody {
  readonly reading: Reading;
  readonly nowMs: number;
}

export const fetchList = (ask: ListAsk, signal?: AbortSignal): Promise<ListBody> =>
  fetchJson(`/api/experiments${listSearch(ask)}`, signal);

/** The parts of an ask that differ from the first view of everything; equal asks have equal texts. */
export function listSearch(ask: ListAsk): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(ask.filter)) if (value !== '') search.set(name, value);
  if (ask.kind === 'view') {
    if (ask.rows !== ROWS.first) search.set('rows', String(ask.rows));
    if (ask.rest !== REST.first) search.set('rest', String(ask.rest));
  } else {
    if (ask.group !== null) search.set('group', ask.group);
    search.set('offset', String(ask.offset));
    search.set('limit', String(ask.limit));
  }
  return search.size === 0 ? '' : `?${search.toString()}`;
}

export const fetchAnalysis = (key: string, signal?: AbortSignal): Promise<AnalysisBody> =>
  fetchJson(`${pathOf(key)}/analysis${searchOf(key)}`, signal);

export const fetchCurve = (key: string, signal?: AbortSignal): Promise<Curve> =>
  fetchJson(`${pathOf(key)}/curve${searchOf(key)}`, signal);

export const fetchGoals = (key: string, signal?: AbortSignal): Promise<GoalTable> =>
  fetchJson(`${pathOf(key)}/goals${searchOf(key)}`, signal);

export const fetchMoments = (key: string, signal?: AbortSignal): Promise<Moments> =>
  fetchJson(`${pathOf(key)}/looks${searchOf(key)}`, signal);

/** The server refuses more in one stream; the rest is renewed with the list. */
export const MAX_STREAMED = 250;

/** One stream for all questions of a page; null where there is nothing to ask. */
export const livePath = (keys: readonly string[]): string | null =>
  keys.length === 0
    ? null
    : withBasePath(
        `/api/live?${new URLSearchParams(keys.slice(0, MAX_STREAMED).map((key) => ['q', key])).toString()}`,
      );

const pathOf = (key: string): string => `/api/experiments/${key.split(';')[0] ?? ''}`;

/** `188400;goal=1;level=0.9` -> `?goal=1&level=0.9`: the same parts, as the address of a page has them. */
export function searchOf(key: string): string {
  const parts = key.split(';').slice(1);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** The address of the page of a question. */
export const pagePath = (key: string): string =>
  `/experiments/${key.split(';')[0] ?? ''}${searchOf(key)}`;

/** Sends JSON to a route of ours. Throws `ProblemError`, of a form the one that names the field at fault. */
export const sendJson = <Body>(method: string, path: string, body?: unknown): Promise<Body> =>
  fetchJson(path, undefined, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
    }),
  });

export async function fetchJson<Body>(
  path: string,
  signal?: AbortSignal,
  init: RequestInit = {},
): Promise<Body> {
  const answer = await fetch(withBasePath(path), {
    headers: { accept: 'application/json' },
    ...init,
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    const problem = toProblem('internal', 'The dashboard did not answer', { retryable: true });
    throw new ProblemError(problem, { cause });
  });
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body as Body;
  throw new ProblemError(problemIn(body) ?? toProblem('internal', `HTTP ${answer.status}`));
}

function problemIn(body: unknown): Problem | null {
  if (typeof body !== 'object' || body === null) return null;
  const candidate = 'error' in body ? body.error : null;
  if (typeof candidate !== 'object' || candidate === null || !('code' in candidate)) return null;
  return candidate as Problem;
}
