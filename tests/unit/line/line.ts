/**
 * The whole line in one process and one fake time: the sandbox's API, the client with its budget, the reader, the hub,
 * and viewers who remember what they were last told. Ten minutes pass within seconds, the same way at every run.
 */
import { connectionId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Reading } from '@/lib/core/live/reading';
import type { SandboxOptions } from '@/lib/sandbox/api/create-sandbox';
import { createSandbox } from '@/lib/sandbox/api/create-sandbox';
import { createWorld, type World, type WorldOrigin } from '@/lib/sandbox/world/world';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import { createResults } from '@/lib/server/live/create-results';
import { openBudgetMemory } from '@/lib/server/services/budget-memory';
import { openStore } from '@/lib/server/store/open-store';
import { createFakeClock } from '../../fakes/clock';
import { silentLog } from '../../fakes/log';

/** Not on a full hour, nor on any round moment of a window. */
export const START_MS = Date.UTC(2026, 4, 20, 10, 7, 13);
const CREDENTIALS = { clientId: 'demo-client', clientSecret: 'demo-secret' };
const MAIN = connectionId('main');

export interface LineOptions {
  /** Of the world and of all that is drawn by chance. */
  readonly seed?: number;
  readonly startMs?: number;
  readonly world?: Partial<WorldOrigin>;
  readonly sandbox?: Partial<SandboxOptions>;
}

/** Numbers from 0 to 1, the same for the same seed (a Lehmer generator). */
export function createRandom(seed: number): () => number {
  let state = (seed * 48_271 + 12_345) % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const worlds = new Map<string, World>();

/** A world holds no clock and forgets nothing it found out: lines of one origin may share it. */
function worldOf(origin: WorldOrigin): World {
  const key = JSON.stringify(origin);
  const world = worlds.get(key) ?? createWorld(origin);
  worlds.set(key, world);
  return world;
}

export async function aLine({ seed = 1, startMs = START_MS, world, sandbox }: LineOptions = {}) {
  const clock = createFakeClock(startMs);
  const api = createSandbox({
    world: worldOf({ seed, epochMs: startMs, ...world }),
    clock: () => clock.nowMs(),
    setTimer: (task, delayMs) => clock.setTimer(task, delayMs),
    credentials: CREDENTIALS,
    seed,
    ...sandbox,
  });
  const store = await openStore({ dir: ':memory:' });
  const memory = await openBudgetMemory({ connectionId: MAIN, store, clock, log: silentLog });
  const client = createKameleoonClient({
    ...CREDENTIALS,
    baseUrl: 'https://api.test',
    fetch: (input, init) => api.fetch(new Request(String(input), init)),
    clock,
    memory,
    random: createRandom(seed),
  });
  const results = createResults({
    connectionId: MAIN,
    client,
    store,
    clock,
    log: silentLog,
    random: createRandom(seed + 1),
  });
  await results.start();
  return {
    clock,
    api,
    client,
    results,
    async stop() {
      await results.stop();
      await memory.close();
      await store.close();
    },
  };
}

export type Line = Awaited<ReturnType<typeof aLine>>;

export const runningOf = ({ results }: Line): readonly Reading[] =>
  results.list().readings.filter(({ experiment }) => experiment.status === 'active');

/** Time passes until `isTrue`; gives how long it took, or throws after `maxMs`. */
export async function until(
  { clock }: Line,
  isTrue: () => boolean,
  maxMs: number,
  what: string,
): Promise<number> {
  const startMs = clock.monotonicMs();
  while (!isTrue()) {
    if (clock.monotonicMs() - startMs >= maxMs) throw new Error(`not within ${maxMs} ms: ${what}`);
    await clock.advance(500);
  }
  return clock.monotonicMs() - startMs;
}

/** Somebody with a page open: keeps the last picture of each question, as a browser does. */
export function aViewer({ results }: Line, experimentIds: readonly string[]) {
  const pictures = new Map<string, Reading>();
  let blanks = 0;
  let events = 0;
  const take = (event: LiveEvent): void => {
    events += 1;
    if (event.type === 'analysis') {
      const { questionKey } = event.reading;
      // What was shown once must never be taken away.
      if (pictures.get(questionKey)?.analysis && !event.reading.analysis) blanks += 1;
      pictures.set(questionKey, event.reading);
    } else if (event.type === 'problem') {
      const picture = pictures.get(event.questionKey);
      if (picture) pictures.set(event.questionKey, { ...picture, freshness: event.freshness });
    }
  };
  const questions = experimentIds.map((id) => toQuestion(id as Reading['experiment']['id']));
  const leave = results.subscribe(questions, ({ event }) => take(event));
  return {
    leave,
    pictures: (): readonly Reading[] => [...pictures.values()],
    blanks: () => blanks,
    events: () => events,
  };
}
