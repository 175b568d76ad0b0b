import { onlineManager, QueryObserver, type QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it } from 'vitest';
import { applyEvents } from '@/lib/client/live/apply-events';
import { askAnew, askFailed } from '@/lib/client/live/ask-anew';
import { readingOptions } from '@/lib/client/queries';
import { createQueryClient } from '@/lib/client/query-client';
import { aReading } from '@/tests/builders/reading';
import { createFakeClock } from '@/tests/fakes/clock';
import { beatAt } from '@/tests/unit/client/a-server';

const leaves: (() => void)[] = [];
afterEach(() => {
  for (const leave of leaves.splice(0)) leave();
});

/** A datum that is on the page. */
function shown(client: QueryClient, queryKey: readonly string[], answer: () => Promise<unknown>) {
  let asked = 0;
  const observer = new QueryObserver(client, {
    queryKey,
    retry: false,
    staleTime: Infinity,
    queryFn: () => {
      asked += 1;
      return answer();
    },
  });
  leaves.push(observer.subscribe(() => undefined));
  return () => asked;
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

it('asks for the reading on the page, not for a curve that has not changed', async () => {
  const client = createQueryClient();
  const clock = createFakeClock();
  const reading = shown(client, ['reading', '1'], () => Promise.resolve(1));
  const curve = shown(client, ['curve', '1', '4'], () => Promise.resolve(1));
  await settle();
  expect(await askAnew(client, clock)).toBe(true);
  expect([reading(), curve()]).toEqual([2, 1]);
  expect(clock.pendingTimers).toBe(0);
});

it('asks again for a curve that failed, and tells when nothing was answered', async () => {
  const client = createQueryClient();
  const down = (): Promise<never> => Promise.reject(new TypeError('refused'));
  const reading = shown(client, ['reading', '1'], down);
  const curve = shown(client, ['curve', '1', '4'], down);
  await settle();
  expect(await askAnew(client, createFakeClock())).toBe(false);
  expect([reading(), curve()]).toEqual([2, 2]);
});

it('waits no longer than a reader would for a server that hangs', async () => {
  const client = createQueryClient();
  const clock = createFakeClock();
  shown(client, ['reading', '1'], () => new Promise(() => undefined));
  const outcome = askAnew(client, clock);
  await clock.advance(16_000);
  expect(await outcome).toBe(false);
});

it('asks nothing without a network, not even later', async () => {
  const client = createQueryClient();
  const reading = shown(client, ['reading', '1'], () => Promise.resolve(1));
  await settle();
  onlineManager.setOnline(false);
  expect(await askAnew(client, createFakeClock())).toBe(false);
  onlineManager.setOnline(true);
  await settle();
  expect(reading()).toBe(1);
});

it('asks for what failed when the stream is back, and for nothing else', async () => {
  const client = createQueryClient();
  const good = shown(client, ['reading', '1'], () => Promise.resolve(1));
  const bad = shown(client, ['curve', '1', '4'], () => Promise.reject(new TypeError('refused')));
  await settle();
  await askFailed(client);
  expect([good(), bad()]).toEqual([1, 2]);
});

it('takes no older reading from another tab, and every one from the server', () => {
  const client = createQueryClient();
  const synced: number[] = [];
  const clock = { sync: (nowMs: number) => synced.push(nowMs) };
  const at = (asOfMs: number) => aReading({ freshness: { asOfMs } });
  const known = (): number | null | undefined =>
    client.getQueryData(readingOptions('188400').queryKey)?.freshness.asOfMs;
  const take = (asOfMs: number, isReplay: boolean): void =>
    applyEvents(
      client,
      clock,
      [{ type: 'analysis', reading: at(asOfMs) }, beatAt(asOfMs)],
      isReplay,
    );
  take(50, true);
  expect(known()).toBe(50);
  take(40, true);
  expect(known()).toBe(50);
  take(60, true);
  expect(known()).toBe(60);
  // The server may have taken a reading back.
  take(55, false);
  expect(known()).toBe(55);
  expect(synced).toEqual([50, 40, 60, 55]);
});
