import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAKER_LIMITS, createBreaker, type CallOutcome } from '@/lib/server/kameleoon/breaker';
import { createFakeClock } from '../../../fakes/clock';

const { minCalls, openMs, windowMs } = BREAKER_LIMITS;

function aBreaker() {
  const clock = createFakeClock();
  const breaker = createBreaker({ clock });
  const call = async (outcome: CallOutcome): Promise<'sent' | 'refused'> => {
    const passage = await breaker.enter();
    if (passage.kind === 'refused') return 'refused';
    passage.done(outcome);
    return 'sent';
  };
  const callTimes = async (times: number, outcome: CallOutcome): Promise<void> => {
    for (let i = 0; i < times; i += 1) await call(outcome);
  };
  return { clock, breaker, call, callTimes };
}

describe('the breaker', () => {
  it('is not opened by a few failures, nor by many that are spread over minutes', async () => {
    const { clock, breaker, callTimes } = aBreaker();
    await callTimes(minCalls - 1, 'failed');
    expect(breaker.state()).toBe('closed');
    await clock.advance(windowMs);
    for (let i = 0; i < 20; i += 1) {
      await clock.advance(windowMs / 4);
      await callTimes(1, 'failed');
    }
    expect(breaker.state()).toBe('closed');
  });

  it('opens when half of what went out fails, and lets nothing out for a while', async () => {
    const { clock, breaker, call, callTimes } = aBreaker();
    await callTimes(minCalls / 2, 'good');
    await callTimes(minCalls / 2 - 1, 'failed');
    expect(breaker.state()).toBe('closed');
    await call('failed');
    expect(breaker.state()).toBe('open');
    expect(await breaker.enter()).toEqual({ kind: 'refused', waitMs: openMs });
    await clock.advance(openMs - 1);
    expect(await call('good')).toBe('refused');
  });

  it('does not count what never went out', async () => {
    const { breaker, callTimes } = aBreaker();
    await callTimes(100, 'unknown');
    expect(breaker.state()).toBe('closed');
  });

  it('sends one probe when the time is over; the others wait and follow it', async () => {
    const { clock, breaker, callTimes } = aBreaker();
    await callTimes(minCalls, 'failed');
    await clock.advance(openMs);
    const probe = await breaker.enter();
    if (probe.kind !== 'pass') throw new Error('no probe was let out');
    expect(probe.isProbe).toBe(true);
    let followers = 0;
    const waiting = [1, 2, 3].map(() => breaker.enter().then(() => (followers += 1)));
    await clock.advance(5_000);
    expect(followers).toBe(0);
    expect(breaker.state()).toBe('half-open');
    probe.done('good');
    await Promise.all(waiting);
    expect(breaker.state()).toBe('closed');
  });

  it('stays open for another while when the probe fails, and tells those who waited', async () => {
    const { clock, breaker, callTimes } = aBreaker();
    await callTimes(minCalls, 'failed');
    await clock.advance(openMs);
    const probe = await breaker.enter();
    const waiting = breaker.enter();
    if (probe.kind === 'pass') probe.done('failed');
    expect(await waiting).toEqual({ kind: 'refused', waitMs: openMs });
  });

  it('gives the turn to the next when a probe was never sent', async () => {
    const { clock, breaker, callTimes } = aBreaker();
    await callTimes(minCalls, 'failed');
    await clock.advance(openMs);
    const probe = await breaker.enter();
    const waiting = breaker.enter();
    if (probe.kind === 'pass') probe.done('unknown');
    expect(await waiting).toMatchObject({ kind: 'pass', isProbe: true });
  });

  it('agrees with a plain model of it over any course of calls', async () => {
    const step = fc.record({
      outcome: fc.constantFrom<CallOutcome>('good', 'failed', 'unknown'),
      waitMs: fc.nat(12_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const { clock, call } = aBreaker();
        let seen: { atMs: number; isFailure: boolean }[] = [];
        let openUntilMs: number | null = null;
        let nowMs = 0;
        for (const { outcome, waitMs } of steps) {
          await clock.advance(waitMs);
          nowMs += waitMs;
          const isOpen = openUntilMs !== null && nowMs < openUntilMs;
          expect(await call(outcome)).toBe(isOpen ? 'refused' : 'sent');
          if (isOpen || outcome === 'unknown') continue;
          if (openUntilMs !== null) {
            openUntilMs = outcome === 'good' ? null : nowMs + openMs;
            continue;
          }
          seen = seen.filter(({ atMs }) => atMs > nowMs - windowMs);
          seen.push({ atMs: nowMs, isFailure: outcome === 'failed' });
          const failures = seen.filter(({ isFailure }) => isFailure).length;
          if (seen.length < minCalls || failures * 2 < seen.length) continue;
          openUntilMs = nowMs + openMs;
          seen = [];
        }
      }),
      { numRuns: 60 },
    );
  });
});
