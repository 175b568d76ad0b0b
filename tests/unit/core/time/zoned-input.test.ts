import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromZonedInput, toZonedInput } from '@/lib/core/time/zoned-input';

const MINUTE_MS = 60_000;

describe('a moment as a date-and-time field writes it', () => {
  it('is told in the zone of the page', () => {
    const atMs = Date.UTC(2026, 4, 12, 12, 5, 59);
    expect(toZonedInput(atMs, 'Europe/Paris')).toBe('2026-05-12T14:05');
    expect(fromZonedInput('2026-05-12T14:05', 'Europe/Paris')).toBe(Date.UTC(2026, 4, 12, 12, 5));
  });

  it('is the later one where the clocks skip an hour, and the first where one comes twice', () => {
    expect(fromZonedInput('2026-03-29T02:30', 'Europe/Paris')).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(fromZonedInput('2026-10-25T02:30', 'Europe/Paris')).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  it.each(['', '2026-05-12', '2026-02-31T10:00', 'now', '99999-01-01T00:00'])(
    'is none where "%s" is typed',
    (text) => {
      expect(fromZonedInput(text, 'UTC')).toBeNull();
    },
  );

  it('reads back to the minute, in any zone and at any time', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Paris', 'Pacific/Chatham', 'America/St_Johns');
    const moments = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(moments, zones, (atMs, zone) => {
        const minute = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
        const text = toZonedInput(minute, zone);
        const read = fromZonedInput(text, zone) ?? Number.NaN;
        // Of an hour that comes twice the first.
        expect([minute, minute - 60 * MINUTE_MS]).toContain(read);
        expect(toZonedInput(read, zone)).toBe(text);
      }),
    );
  });
});
