import { describe, expect, it } from 'vitest';
import { experimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import { grant } from '@/lib/server/access/granted';
import { liveHeaders, liveResponse } from '@/lib/server/http/live-response';
import type { Frame } from '@/lib/server/live/hub';

const proof = grant({ kind: 'anonymous' }, 'read-results');
if (!proof) throw new Error('the anonymous viewer may read results');
const granted = proof;
const QUESTIONS = [toQuestion(experimentId(1))];

const aFrame = (bytes: number): Frame => ({
  event: {
    type: 'heartbeat',
    nowMs: 1,
    progress: { read: 0, total: 0, atRest: { read: 0, total: 0 } },
    storeProblem: null,
  },
  bytes: new Uint8Array(bytes).fill(97),
});

/** A hub with one place; `onJoin` are the first values. */
function aSource(onJoin: readonly Frame[] = []) {
  const source = {
    send: (_frame: Frame): void => undefined,
    leaveProcess: (): void => undefined,
    left: 0,
    subscribe(
      _granted: unknown,
      _questions: unknown,
      onFrame: (frame: Frame) => void,
      onEnd: () => void,
    ) {
      source.send = onFrame;
      source.leaveProcess = onEnd;
      for (const frame of onJoin) onFrame(frame);
      return () => {
        source.left += 1;
      };
    },
  };
  return source;
}

const open = (source: ReturnType<typeof aSource>, signal = new AbortController().signal) =>
  liveResponse(source, granted, QUESTIONS, signal, () => 0.5);

describe('the stream as an answer', () => {
  it('tells its readers to come back, each at another moment, when the process leaves', async () => {
    const source = aSource();
    const text = open(source).text();
    source.leaveProcess();
    expect(await text).toBe('retry: 5500\n\n');
    expect(source.left).toBe(1);
    source.leaveProcess();
    source.send(aFrame(5));
    expect(source.left).toBe(1);
  });

  it('lets a reader go that is a megabyte behind, and what waits for it', async () => {
    const source = aSource();
    const { body } = open(source);
    for (let at = 0; at < 11; at += 1) source.send(aFrame(100_000));
    expect(source.left).toBe(0);
    source.send(aFrame(1));
    expect(source.left).toBe(1);
    await expect(body?.getReader().read()).rejects.toThrow('too slow');
  });

  it('sends all first values, however large they are together', async () => {
    const source = aSource(Array.from({ length: 30 }, () => aFrame(100_000)));
    const text = open(source).text();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(source.left).toBe(0);
    source.leaveProcess();
    expect((await text).length).toBeGreaterThan(3_000_000);
  });

  it('leaves once when the connection is lost, before or after it began', async () => {
    for (const isEarly of [true, false]) {
      const lost = new AbortController();
      if (isEarly) lost.abort();
      const source = aSource();
      const { body } = open(source, lost.signal);
      lost.abort();
      expect(source.left).toBe(1);
      await body?.cancel();
      expect(source.left).toBe(1);
    }
  });

  it('leaves when the body is cancelled', async () => {
    const source = aSource();
    await open(source).body?.cancel();
    expect(source.left).toBe(1);
  });

  it('answers HEAD without subscribing', () => {
    expect(liveHeaders().body).toBeNull();
    expect(liveHeaders().headers.get('content-type')).toContain('text/event-stream');
  });
});
