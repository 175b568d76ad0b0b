import { describe, expect, it, vi } from 'vitest';
import { experimentId } from '@/lib/core/experiment/ids';
import { questionKey, toQuestion } from '@/lib/core/experiment/question';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Frame } from '@/lib/server/live/frame';
import { createHub, HEARTBEAT_MS } from '@/lib/server/live/hub';
import { toSse, toSseRetry } from '@/lib/server/live/sse';
import { TELL_MS } from '@/lib/server/live/telling';
import { createFakeClock } from '../../../fakes/clock';

const HEARTBEAT: LiveEvent = {
  type: 'heartbeat',
  nowMs: 1,
  progress: { read: 0, total: 0, atRest: { read: 0, total: 0 } },
  storeProblem: null,
};
const ONE = toQuestion(experimentId(1));
const OTHER_LEVEL = toQuestion(experimentId(1), { confidenceLevel: 0.9 });

function aHub() {
  const clock = createFakeClock();
  const changes: string[] = [];
  const faults: unknown[] = [];
  const made: string[] = [];
  const hub = createHub({
    clock,
    toEvent(question) {
      made.push(questionKey(question));
      return {
        type: 'problem',
        questionKey: questionKey(question),
        freshness: {
          state: 'live',
          asOfMs: null,
          nextReadingAtMs: null,
          isReading: false,
          problem: null,
        },
      };
    },
    toHeartbeat: () => HEARTBEAT,
    onWatchedChange: (subject, isWatched) => changes.push(`${subject} ${isWatched}`),
    onListenerFault: (error) => faults.push(error),
  });
  return { clock, hub, changes, faults, made };
}

describe('the hub', () => {
  it('makes and serialises an event once for everybody who asks the same', () => {
    const { hub, made } = aHub();
    const frames: Frame[] = [];
    for (let at = 0; at < 300; at += 1) hub.subscribe([ONE], (frame) => frames.push(frame));
    expect(made).toHaveLength(1);
    frames.length = 0;
    const stringify = vi.spyOn(JSON, 'stringify');
    hub.publish('1', 'analysis');
    for (const frame of frames) expect(frame.bytes.length).toBeGreaterThan(0);
    expect(stringify).toHaveBeenCalledTimes(1);
    stringify.mockRestore();
    expect(frames).toHaveLength(300);
    expect(new Set(frames.map(({ bytes }) => bytes)).size).toBe(1);
    expect(made).toHaveLength(2);
  });

  it('serialises nothing while only the watcher listens', () => {
    const { hub } = aHub();
    hub.subscribe([ONE], () => undefined, 'watcher');
    const stringify = vi.spyOn(JSON, 'stringify');
    hub.publish('1', 'analysis');
    expect(stringify).not.toHaveBeenCalled();
    stringify.mockRestore();
  });

  it('opens a subject with the first viewer and closes it with the last', () => {
    const { hub, changes } = aHub();
    const first = hub.subscribe([ONE, ONE, OTHER_LEVEL], () => undefined);
    const second = hub.subscribe([ONE], () => undefined);
    hub.subscribe([ONE], () => undefined, 'watcher');
    expect(hub.counts()).toEqual({ viewers: 2, watched: 1 });
    first();
    first();
    expect(hub.isWatched('1')).toBe(true);
    second();
    expect(hub.isWatched('1')).toBe(false);
    expect(changes).toEqual(['1 true', '1 false']);
  });

  it('tells each question of a subject its own answer', () => {
    const { hub } = aHub();
    const keys: string[] = [];
    const listen = ({ event }: Frame) => {
      if (event.type === 'problem') keys.push(event.questionKey);
    };
    hub.subscribe([ONE], listen);
    hub.subscribe([OTHER_LEVEL], listen);
    keys.length = 0;
    hub.publish('1', 'problem');
    hub.publish('2', 'problem');
    expect(keys).toEqual(['1', '1;level=0.9']);
  });

  it('drops a listener that throws, and the others go on', async () => {
    const { clock, hub, faults } = aHub();
    let heard = 0;
    let isBroken = false;
    hub.subscribe([ONE], () => {
      if (isBroken) throw new Error('the stream is gone');
    });
    hub.subscribe([ONE], () => (heard += 1));
    isBroken = true;
    heard = 0;
    hub.publish('1', 'analysis');
    await clock.advance(TELL_MS);
    hub.publish('1', 'analysis');
    expect(heard).toBe(2);
    expect(faults).toHaveLength(1);
    expect(hub.counts().viewers).toBe(1);
  });

  it('tells no question more often than once a second, the first change at once and the last one always', async () => {
    const { clock, hub, made } = aHub();
    const heardAtMs: number[] = [];
    hub.subscribe([ONE], ({ event }) => {
      if (event.type === 'problem') heardAtMs.push(clock.monotonicMs());
    });
    heardAtMs.length = 0;
    await clock.advance(5_000);
    made.length = 0;
    for (let at = 0; at < 25; at += 1) {
      hub.publish('1', at % 2 === 0 ? 'analysis' : 'problem');
      await clock.advance(100);
    }
    expect(heardAtMs).toEqual([5_000, 6_000, 7_000]);
    // Each is made when it is told, so the last one holds whatever changed before.
    expect(made).toHaveLength(3);
    await clock.advance(10_000);
    expect(heardAtMs).toEqual([5_000, 6_000, 7_000, 8_000]);
  });

  it('gives a newcomer the newest value although others wait for it, and plans nothing for nobody', async () => {
    const { clock, hub } = aHub();
    const leaves = [hub.subscribe([ONE], () => undefined)];
    hub.publish('1', 'analysis');
    await clock.advance(10);
    hub.publish('1', 'analysis');
    let heard = 0;
    leaves.push(
      hub.subscribe([ONE], ({ event }) => {
        if (event.type === 'problem') heard += 1;
      }),
    );
    expect(heard).toBe(1);
    for (const leave of leaves) leave();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(5_000);
    expect(heard).toBe(1);
  });

  it('says upstream time on connecting and every 15 s, with one timer for all', async () => {
    const { clock, hub } = aHub();
    const beats: Frame[] = [];
    const listen = (frame: Frame) => {
      if (frame.event.type === 'heartbeat') beats.push(frame);
    };
    const leaves = [hub.subscribe([ONE], listen), hub.subscribe([], listen)];
    expect(clock.pendingTimers).toBe(1);
    expect(beats).toHaveLength(2);
    await clock.advance(2 * HEARTBEAT_MS);
    expect(beats).toHaveLength(6);
    expect(beats[2]?.bytes).toBe(beats[3]?.bytes);
    for (const leave of leaves) leave();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('server-sent text', () => {
  it('is one event with id, name and one line of data', () => {
    const text = toSse(HEARTBEAT, 12);
    expect(text).toBe(`id: 12\nevent: heartbeat\ndata: ${JSON.stringify(HEARTBEAT)}\n\n`);
  });
  it('cannot be broken by a name with line breaks', () => {
    const event: LiveEvent = {
      type: 'problem',
      questionKey: 'a\n\ndata: x\r\u2028',
      freshness: {
        state: 'live',
        asOfMs: null,
        nextReadingAtMs: null,
        isReading: false,
        problem: null,
      },
    };
    expect(toSse(event, 1).split('\n')).toHaveLength(5);
    expect(toSse(event, 1)).not.toContain('\r');
    expect(toSseRetry(1234.5)).toBe('retry: 1235\n\n');
  });
});
