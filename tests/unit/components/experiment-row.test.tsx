import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ExperimentRow } from '@/components/experiment/list/experiment-row';
import { toRow } from '@/components/experiment/list/to-row';
import { WordsProvider } from '@/components/ui/words-provider';
import type { Reading } from '@/lib/core/live/reading';
import { formatsFor } from '@/lib/core/words/formats';
import { galleryReadings } from '@/tests/builders/gallery';
import { NOW_MS } from '@/tests/builders/reading';

const formats = formatsFor('en', 'UTC');

/** A row as it is read out: its words in their order, tags gone. */
function read(reading: Reading): string {
  const row = toRow(reading, NOW_MS, formats);
  const age = row.countedMs === null ? null : formats.duration(NOW_MS - row.countedMs);
  return renderToStaticMarkup(
    <WordsProvider locale="en" timeZone="UTC">
      <ExperimentRow row={row} age={age} />
    </WordsProvider>,
  ).replaceAll(/<[^>]+>/g, '');
}

const pages = galleryReadings();

describe('a row of the list, read out', () => {
  it('parts the project from the goal', () => {
    expect(read(pages['winner']!.reading)).toContain('Insurance FR, Insurance subscription');
  });

  it('says of what the age is', () => {
    expect(read(pages['winner']!.reading)).toMatch(/Data age \d+ s$/);
  });

  it('has no label without a value', () => {
    const words = read(pages['draft']!.reading);
    for (const label of ['Data age', 'Days', 'Lift of the leader', 'Lift over time'])
      expect(words).not.toContain(label);
  });

  it('says of what is withheld', () => {
    expect(read(pages['blocked']!.reading)).toContain('Lift over time withheld');
  });
});
