import { describe, expect, it } from 'vitest';
import { createFakeClock } from '@/tests/fakes/clock';
import { cleanMessage } from '@/lib/server/kameleoon/clean-message';
import { createUpstreamClock } from '@/lib/server/kameleoon/upstream-clock';
import { parseUpstreamDate, toUpstreamDate } from '@/lib/server/kameleoon/upstream-date';

describe('dates of the API', () => {
  it.each<[string | null | undefined, number | null]>([
    ['2026-05-21T13:00:16', Date.UTC(2026, 4, 21, 13, 0, 16)],
    ['2026-06-19T22:16:28.353602351', Date.UTC(2026, 5, 19, 22, 16, 28, 353)],
    ['2026-05-21T13:00:16.5Z', Date.UTC(2026, 4, 21, 13, 0, 16, 500)],
    ['2026-05-21T13:00:16+02:00', Date.UTC(2026, 4, 21, 11, 0, 16)],
    ['2026-05-21', Date.UTC(2026, 4, 21)],
    ['2026-13-21T13:00:16', null],
    ['yesterday', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%s', (text, atMs) => {
    expect(parseUpstreamDate(text)).toBe(atMs);
  });
  it('are written without a zone, in UTC', () => {
    expect(toUpstreamDate(Date.UTC(2026, 4, 21, 13, 0, 16, 999))).toBe('2026-05-21T13:00:16');
  });
});

describe('messages from upstream', () => {
  it('lose secrets, plain and encoded, and tokens', () => {
    const said = cleanMessage('bad a/b+c and a%2Fb%2Bc; Authorization: Bearer eyJ.x.y', ['a/b+c']);
    expect(said).toBe('bad [redacted] and [redacted]; Authorization: Bearer [redacted]');
  });
  it('are one line without control characters, and short', () => {
    expect(cleanMessage('a\r\nlevel=fatal\u0007\u202eb\u2028c', [])).toBe('a level=fatal b c');
    expect(cleanMessage('x'.repeat(5000), [])).toHaveLength(300);
  });
});

describe('upstream time', () => {
  const at = (ms: number): string => new Date(ms).toUTCString();

  it('is our clock before the first answer, then the one of the answers', async () => {
    const clock = createFakeClock();
    const upstream = createUpstreamClock(clock);
    expect(upstream.nowMs()).toBe(clock.nowMs());
    upstream.learn(null, 0, 10);
    upstream.learn('nonsense', 0, 10);
    expect(upstream.nowMs()).toBe(clock.nowMs());
    upstream.learn(at(Date.UTC(2030, 0, 1)), 0, 100);
    expect(Math.abs(upstream.nowMs() - Date.UTC(2030, 0, 1))).toBeLessThanOrEqual(1000);
    await clock.advance(60_000);
    clock.stepWall(-86_400_000);
    expect(Math.abs(upstream.nowMs() - Date.UTC(2030, 0, 1) - 60_000)).toBeLessThanOrEqual(1000);
  });

  it('gets finer than the header with every answer', async () => {
    const clock = createFakeClock();
    const upstream = createUpstreamClock(clock);
    const truth = (): number => Date.UTC(2030, 0, 1) + 337 + clock.monotonicMs();
    for (let i = 0; i < 40; i += 1) {
      const sentMs = clock.monotonicMs();
      await clock.advance(20);
      const dateMs = Math.floor(truth() / 1000) * 1000;
      await clock.advance(20);
      upstream.learn(at(dateMs), sentMs, clock.monotonicMs());
      await clock.advance(777);
    }
    expect(Math.abs(upstream.nowMs() - truth())).toBeLessThan(100);
  });

  it('starts anew when the API sets its clock', () => {
    const upstream = createUpstreamClock(createFakeClock());
    upstream.learn(at(Date.UTC(2030, 0, 1)), 0, 100);
    upstream.learn(at(Date.UTC(2031, 0, 1)), 0, 100);
    expect(Math.abs(upstream.nowMs() - Date.UTC(2031, 0, 1))).toBeLessThanOrEqual(1000);
  });
});
