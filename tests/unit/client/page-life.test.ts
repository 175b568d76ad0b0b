import { expect, it } from 'vitest';
import { createPageLife, type LifeSign } from '@/lib/client/live/page-life';
import { createFakeClock } from '@/tests/fakes/clock';

/** Counts its listeners, which an EventTarget does not tell. */
class Counted extends EventTarget {
  visibilityState = 'visible';
  listeners = 0;
  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.listeners += 1;
    super.addEventListener(...args);
  }
  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners -= 1;
    super.removeEventListener(...args);
  }
}

function aBrowser() {
  const clock = createFakeClock();
  const document = new Counted();
  const window = new Counted();
  const signs: LifeSign[] = [];
  const life = createPageLife({ document, window }, clock);
  const leave = life.subscribe((sign) => signs.push(sign));
  return { clock, document, window, signs, life, leave };
}

it('hears of every way in which a page goes and comes back', () => {
  const { document, window, signs, leave } = aBrowser();
  const step = (target: EventTarget, name: string): LifeSign | undefined => {
    target.dispatchEvent(new Event(name));
    return signs.at(-1);
  };
  expect(step(document, 'freeze')).toBe('frozen');
  expect(step(document, 'resume')).toBe('seen');
  expect(step(window, 'pagehide')).toBe('frozen');
  expect(step(window, 'pageshow')).toBe('seen');
  expect(step(window, 'online')).toBe('online');
  document.visibilityState = 'hidden';
  expect(step(document, 'visibilitychange')).toBe('hidden');
  // Frozen tabs may thaw in the background.
  expect(step(document, 'resume')).toBe('hidden');
  expect(signs).toHaveLength(7);
  leave();
});

it('notices a sleep by either clock, and no trifle', async () => {
  const { clock, signs, leave } = aBrowser();
  await clock.advance(60_000);
  clock.stepWall(-3_600_000);
  await clock.advance(20_000);
  clock.stepWall(3_000);
  await clock.advance(20_000);
  expect(signs).toEqual([]);
  clock.stepWall(600_000);
  await clock.advance(5_000);
  expect(signs).toEqual(['slept']);
  await clock.advance(60_000);
  expect(signs).toEqual(['slept']);
  leave();
});

it('leaves no listener and no timer behind', () => {
  const { clock, document, window, leave } = aBrowser();
  expect(document.listeners + window.listeners).toBe(6);
  leave();
  expect(document.listeners + window.listeners).toBe(0);
  expect(clock.pendingTimers).toBe(0);
});
