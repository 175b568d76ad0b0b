import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ExperimentRow } from '@/components/experiment/list/experiment-row';
import { toRows } from '@/components/experiment/list/to-rows';
import { WordsProvider } from '@/components/ui/words-provider';
import type { Reading } from '@/lib/core/live/reading';
import { formatsFor } from '@/lib/core/words/formats';
import { galleryReadings } from '@/tests/builders/gallery';
import { NOW_MS } from '@/tests/builders/reading';

/** A row as it is read out: its words in their order, tags gone. */
const read = (reading: Reading): string =>
  toRows([reading], NOW_MS, formatsFor('en', 'UTC'))
    .map((row) =>
      renderToStaticMarkup(
        <WordsProvider locale="en" timeZone="UTC">
          <ExperimentRow row={row} />
        </WordsProvider>,
      ),
    )
    .join('')
    .replaceAll(/<[^>]+>/g, '');

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
