/** Closer looks: asked for, told line by line, given up when nobody waits. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { searchOf } from '@/lib/client/api';
import { withBasePath } from '@/lib/client/base-path';
import type { Slices } from '@/lib/core/analysis/slices';
import type { ProgressLine } from '@/lib/core/live/progress-line';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';

export interface SlicesWish {
  /** Key of the page's question: goal, reference and level go with it. */
  readonly questionKey: string;
  /** The fields of the ask as an address has them; empty asks for nothing. */
  readonly search: string;
  readonly onProgress: (requests: number) => void;
}

/** What is there stays until the next answer is. */
export const slicesOptions = ({ questionKey, search, onProgress }: SlicesWish, anew = false) =>
  queryOptions({
    queryKey: ['slices', questionKey, search] as const,
    queryFn: ({ signal }): Promise<Slices> =>
      askSlices(questionKey, `${search}${anew ? '&anew=1' : ''}`, onProgress, signal),
    enabled: search !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });

async function askSlices(
  questionKey: string,
  search: string,
  onProgress: (requests: number) => void,
  signal: AbortSignal,
): Promise<Slices> {
  const dials = searchOf(questionKey).replace('?', '&');
  const id = questionKey.split(';')[0] ?? '';
  const answer = await fetch(withBasePath(`/api/experiments/${id}/slices?${search}${dials}`), {
    method: 'POST',
    signal,
  }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw broken(cause);
  });
  if (!answer.body) throw broken();
  let last: ProgressLine<Slices> | null = null;
  for await (const line of linesOf(answer.body)) {
    // A refusal before anything began is one object in the error form of every route.
    const said = JSON.parse(line) as ProgressLine<Slices> & { readonly error?: never };
    if (!answer.ok) throw new ProblemError(said.error ?? toProblem('internal', 'no reason given'));
    last = said;
    if (said.kind === 'asking') onProgress(said.requests);
  }
  if (last?.kind === 'done') return last.value;
  throw last?.kind === 'failed' ? new ProblemError(last.problem) : broken();
}

const broken = (cause?: unknown): ProblemError =>
  new ProblemError(toProblem('internal', 'The dashboard did not answer', { retryable: true }), {
    cause,
  });

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const text = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + text.decode(value, { stream: !done })).split('\n');
    rest = done ? '' : (lines.pop() ?? '');
    for (const line of lines) if (line !== '') yield line;
    if (done) return;
  }
}
