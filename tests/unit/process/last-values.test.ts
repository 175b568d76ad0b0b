import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLastValues } from '@/lib/process/last-values';
import { createStreamCaps } from '@/lib/process/stream-caps';
import type { LiveEvent } from '@/lib/core/live/event';
import { createFrame } from '@/lib/server/live/frame';
import type { Frame } from '@/lib/server/live/frame';
import { aFreshness, aReading } from '@/tests/builders/reading';

const analysis = (key: string, serial: number): Frame =>
  createFrame({ type: 'analysis', reading: { ...aReading(), questionKey: key } }, serial);
const problem = (key: string, serial: number): Frame =>
  createFrame({ type: 'problem', questionKey: key, freshness: aFreshness() }, serial);
const beat = (serial: number): Frame =>
  createFrame(
    {
      type: 'heartbeat',
      nowMs: serial,
      progress: { read: 0, total: 0, atRest: { read: 0, total: 0 } },
      storeProblem: null,
    },
    serial,
  );

/** What a page shows after these: which data, and which freshness, by the frames they came with. */
function toPicture(frames: readonly Frame[]): Record<string, Frame> {
  const picture: Record<string, Frame> = {};
  for (const frame of frames) for (const part of partsOf(frame.event)) picture[part] = frame;
  return picture;
}

const partsOf = (event: LiveEvent): string[] => {
  if (event.type === 'heartbeat') return ['time'];
  if (event.type === 'problem') return [`freshness ${event.questionKey}`];
  const key = event.reading.questionKey;
  return [`data ${key}`, `freshness ${key}`];
};

describe('what waits for a reader that is behind', () => {
  it('shows the same in the end as if nothing had been left out, in at most two frames a question', () => {
    const step = fc.record({
      kind: fc.constantFrom('analysis', 'problem', 'beat', 'take'),
      key: fc.constantFrom('1', '2', '3'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const waiting = createLastValues();
        const told: Frame[] = [];
        const got: Frame[] = [];
        let replaced = 0;
        steps.forEach(({ kind, key }, serial) => {
          if (kind === 'take') {
            const frame = waiting.take();
            if (frame) got.push(frame);
            return;
          }
          const frame =
            kind === 'beat'
              ? beat(serial)
              : (kind === 'analysis' ? analysis : problem)(key, serial);
          told.push(frame);
          if (waiting.keep(frame)) replaced += 1;
        });
        const left: Frame[] = [];
        for (let frame = waiting.take(); frame; frame = waiting.take()) left.push(frame);
        expect(left.length).toBeLessThanOrEqual(7);
        expect(toPicture([...got, ...left])).toEqual(toPicture(told));
        expect(got.length + left.length).toBeLessThanOrEqual(told.length);
        expect(replaced > 0).toBe(got.length + left.length < told.length);
      }),
    );
  });

  it('comes in turn, however often one of them changes', () => {
    const waiting = createLastValues();
    for (let serial = 0; serial < 10; serial += 1) {
      waiting.keep(analysis('busy', serial));
      waiting.keep(analysis('calm', serial));
    }
    const newest = analysis('busy', 11);
    waiting.keep(newest);
    expect(waiting.take()).toBe(newest);
    expect(waiting.take()?.event).toMatchObject({ reading: { questionKey: 'calm' } });
    expect(waiting.take()).toBeUndefined();
  });
});

describe('places for streams', () => {
  it('are never more than the caps, and all come back', () => {
    const address = fc.constantFrom('10.0.0.1', '10.0.0.2', '::1', '127.0.0.1');
    const limits = fc.record({ total: fc.integer({ min: 1, max: 8 }), perAddress: fc.nat(3) });
    fc.assert(
      fc.property(limits, fc.array(fc.tuple(address, fc.boolean())), (caps, steps) => {
        const places = createStreamCaps(caps);
        const open: string[] = [];
        const mine = (who: string) => open.filter((other) => other === who).length;
        for (const [who, isComing] of steps) {
          if (!isComing) {
            if (!open.includes(who)) continue;
            open.splice(open.indexOf(who), 1);
            places.give(who);
            continue;
          }
          const isCapped =
            caps.perAddress > 0 && who.startsWith('10.') && mine(who) >= caps.perAddress;
          const place = places.take(who);
          expect(place).toBe(open.length >= caps.total ? 'total' : isCapped ? 'address' : 'taken');
          if (place === 'taken') open.push(who);
        }
        for (const who of open) places.give(who);
        for (let at = 0; at < caps.total; at += 1) expect(places.take('127.0.0.1')).toBe('taken');
      }),
    );
  });
});
