import { describe, expect, it } from 'vitest';
import type { Call, CallEventKind } from '@/lib/core/analysis/call';
import type { LiveEvent } from '@/lib/core/live/event';
import { createFrame } from '@/lib/server/live/frame';
import type { Listener } from '@/lib/server/live/hub';
import { createWatcher } from '@/lib/server/live/watcher';
import { aReading } from '@/tests/builders/reading';
import { aCall, EXPERIMENT } from '@/tests/builders/stored';

const FIGURES = {
  reference: { n: 100, x: 10 },
  variation: { n: 100, x: 20 },
  lift: 1,
  liftInterval: null,
  alpha: 0.05,
};

/** A call with such a life; each event an hour after the one before. */
const living = (calledAtMs: number, ...kinds: readonly CallEventKind[]): Call => ({
  ...aCall(calledAtMs),
  events: kinds.map((kind, hour) => ({
    kind,
    atMs: calledAtMs + hour * 3_600_000,
    figures: FIGURES,
    reason: null,
  })),
});

const aHouse = () => {
  let tell: Listener = () => undefined;
  let leaves = 0;
  const told: string[] = [];
  const watcher = createWatcher({
    hub: {
      subscribe(_, listener) {
        tell = listener;
        return () => (leaves += 1);
      },
    },
    onCall: (id, { state }, { kind }) => told.push(`${id} ${state} ${kind}`),
  });
  watcher.follow([EXPERIMENT]);
  const show = (...calls: readonly Call[]): void => {
    const event: LiveEvent = { type: 'analysis', reading: aReading({ analysis: { calls } }) };
    tell(createFrame(event, 1));
  };
  return { told, show, watcher, leaves: () => leaves };
};

describe('the watcher', () => {
  it('tells each event of every call once, and nothing of what held before it came', () => {
    const { told, show } = aHouse();
    show(living(1, 'called'));
    expect(told).toEqual([]);
    show(living(1, 'called', 'confirmed'));
    show(living(1, 'called', 'confirmed'));
    expect(told).toEqual([`${EXPERIMENT} winner confirmed`]);
    show(living(1, 'called', 'confirmed', 'withdrawn'), {
      ...living(9, 'called', 'best'),
      state: 'loser',
    });
    expect(told.slice(1)).toEqual(
      ['winner withdrawn', 'loser called', 'loser best'].map((one) => `${EXPERIMENT} ${one}`),
    );
  });

  it('leaves what it no longer follows', () => {
    const { watcher, leaves } = aHouse();
    watcher.follow([]);
    expect(leaves()).toBe(1);
  });
});
