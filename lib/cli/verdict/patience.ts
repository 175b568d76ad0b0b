import type { Progress } from '@/lib/cli/verdict/progress';
import type { ShellWords } from '@/lib/core/words/shell-words';
import { isProblemError } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { AutomationApi } from '@/lib/server/kameleoon/api';

export interface PatienceOptions {
  readonly clock: Clock;
  /** Upstream time. */
  readonly nowMs: () => number;
  readonly progress: Progress;
  readonly words: ShellWords;
  readonly signal: AbortSignal;
}

/** The hour's window and a little more: who still waits then would wait for ever. */
const LONGEST_MS = 65 * 60_000;
const UNKNOWN_WAIT_MS = 10_000;

/**
 * The same API, whose calls wait where the budget is spent or the API asked for a pause, and say so. Only what was
 * certainly not carried out is asked again.
 */
export function withPatience(api: AutomationApi, options: PatienceOptions): AutomationApi {
  const persevere = createPersevere(options);
  const patientResource = <Resource extends object>(resource: Resource): Resource =>
    new Proxy(resource, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const ask = (): unknown => Reflect.apply(value, target, args);
          return key === 'list' || key === 'search'
            ? listPatiently(() => ask() as AsyncIterable<{ readonly id: string }>, persevere)
            : persevere(async () => ask());
        };
      },
    });
  const { accounts, sites, experiments, variations, goals, segments, featureFlags } = api;
  return {
    accounts: patientResource(accounts),
    sites: patientResource(sites),
    experiments: patientResource(experiments),
    variations: patientResource(variations),
    goals: patientResource(goals),
    segments: patientResource(segments),
    featureFlags: patientResource(featureFlags),
  };
}

type Persevere = <Value>(ask: () => Promise<Value>) => Promise<Value>;

function createPersevere(options: PatienceOptions): Persevere {
  const { clock, nowMs, progress, words, signal } = options;
  let waitedMs = 0;
  const rest = async (waitMs: number, isBudget: boolean): Promise<void> => {
    const untilMs = clock.monotonicMs() + waitMs;
    const say = (leftMs: number): string =>
      words(isBudget ? 'wait.budget' : 'wait.pause', { seconds: Math.ceil(leftMs / 1000) });
    progress.tell(say(waitMs));
    for (let leftMs = waitMs; leftMs > 0 && !signal.aborted;) {
      await sleepUnless(clock, Math.min(1_000, leftMs), signal);
      leftMs = untilMs - clock.monotonicMs();
      if (leftMs > 0) progress.show(say(leftMs));
    }
    waitedMs += waitMs;
  };
  return async (ask) => {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        const code = isProblemError(error) ? error.problem.code : null;
        const isBudget = code === 'budget-spent';
        if ((!isBudget && code !== 'upstream-throttled') || signal.aborted) throw error;
        const { retryAtMs } = isProblemError(error) ? error.problem : {};
        const waitMs = Math.max(
          1_000,
          retryAtMs === undefined ? UNKNOWN_WAIT_MS : retryAtMs - nowMs(),
        );
        if (waitedMs + waitMs > LONGEST_MS) throw error;
        await rest(waitMs, isBudget);
        if (signal.aborted) throw error;
      }
    }
  };
}

/** Begun anew after a wait, without what was given already. */
async function* listPatiently<Row extends { readonly id: string }>(
  ask: () => AsyncIterable<Row>,
  persevere: Persevere,
): AsyncIterable<Row> {
  const seen = new Set<string>();
  let rows = ask()[Symbol.asyncIterator]();
  for (;;) {
    let isFirst = true;
    const next = await persevere(async () => {
      // What failed has ended: the list is asked for again.
      if (!isFirst) rows = ask()[Symbol.asyncIterator]();
      isFirst = false;
      let row = await rows.next();
      while (row.done !== true && seen.has(row.value.id)) row = await rows.next();
      return row;
    });
    if (next.done === true) return;
    seen.add(next.value.id);
    yield next.value;
  }
}

/** Sleeps, unless somebody gives up. */
export const sleepUnless = (clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.setTimer(done, delayMs);
    signal.addEventListener('abort', done);
  });
