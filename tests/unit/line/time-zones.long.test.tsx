import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, expect, it } from 'vitest';
import { LiftPanel } from '@/components/experiment/lift-panel';
import { RatePanel } from '@/components/experiment/rate-panel';
import { VariationsPanel } from '@/components/experiment/variations-panel';
import { WordsProvider } from '@/components/ui/words-provider';
import { parseQuestion } from '@/lib/core/experiment/question';
import { aLine, until } from './line';

const HOME = process.env['TZ'];
afterAll(() => {
  process.env['TZ'] = HOME;
});

/** The day after a world of a month or two had a night of 25 hours, and one of 23, where people live. */
const AUTUMN_MS = Date.UTC(2026, 10, 20, 10, 7, 13);
const SPRING_MS = Date.UTC(2027, 2, 20, 10, 7, 13);

/** All that a minute of the line gives and all that the pages make of it, on a machine that lives in `zone`. */
async function livedIn(zone: string, startMs: number, displayZone: string) {
  process.env['TZ'] = zone;
  expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
  const line = await aLine({ startMs });
  await until(line, () => line.results.list().progress.read > 0, 60_000, 'a first reading');
  await line.clock.advance(60_000);
  const { readings, nowMs } = line.results.list();
  const curves = readings.map((reading) => {
    const parsed = parseQuestion(reading.questionKey);
    return parsed.ok ? line.results.curve(parsed.question, 300) : null;
  });
  await line.stop();
  const pages = readings.map((reading, at) => {
    const curve = curves[at] ?? undefined;
    const panel = { reading, curve, nowMs, timeZone: displayZone };
    return renderToStaticMarkup(
      <WordsProvider locale="en" timeZone={displayZone}>
        <LiftPanel {...panel} />
        <RatePanel {...panel} />
        <VariationsPanel {...panel} />
      </WordsProvider>,
    );
  });
  return { readings, curves, pages };
}

it.each([
  ['an autumn night of 25 hours', AUTUMN_MS, 'UTC'],
  ['a spring night of 23 hours', SPRING_MS, 'UTC'],
  ['days cut where the clocks change', AUTUMN_MS, 'America/St_Johns'],
])(
  'counts days, cuts buckets and tells ages as in UTC wherever the machine stands: %s',
  async (_, startMs, displayZone) => {
    const inUtc = await livedIn('UTC', startMs, displayZone);
    expect(inUtc.readings.filter(({ analysis }) => analysis !== null).length).toBeGreaterThan(5);
    expect(inUtc.pages.join()).toContain('Day 7');
    for (const zone of ['Pacific/Kiritimati', 'America/St_Johns'])
      expect(await livedIn(zone, startMs, displayZone)).toEqual(inUtc);
  },
  60_000,
);
