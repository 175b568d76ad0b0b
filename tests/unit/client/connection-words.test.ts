import { expect, it } from 'vitest';
import { connectionInWords, type ConnectionState } from '@/lib/core/words/connection-words';
import { formatsFor } from '@/lib/core/words/formats';
import { createPlainWords } from '@/lib/core/words/say';

const AT_MS = Date.UTC(2026, 4, 19, 10, 0, 0);
const plain = createPlainWords('en');
const words = (connection: ConnectionState): string =>
  plain(connectionInWords(connection, AT_MS, formatsFor('en', 'UTC')));

it('says how the page hears news, and what it does where it does not', () => {
  expect(words({ state: 'connecting' })).toBe('Connecting');
  expect(words({ state: 'live' })).toBe('Live');
  expect(words({ state: 'reconnecting' })).toBe('Reconnecting');
  expect(words({ state: 'paused' })).toBe('Paused while hidden');
  for (const why of ['held', 'full', 'failing'] as const)
    expect(words({ state: 'polling', why })).toMatch(/Asking every 30 s\.$/);
});

it('says since when the dashboard is not reached, with the day once that is another one', () => {
  const since = (sinceMs: number): string => words({ state: 'offline', sinceMs });
  expect(since(AT_MS - 60_000)).toBe('Dashboard not reached since 09:59');
  expect(since(AT_MS - 86_400_000)).toBe('Dashboard not reached since 18 May, 10:00');
});
