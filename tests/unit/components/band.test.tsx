import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { HealthLine } from '@/components/experiment/health-line';
import { VerdictBand } from '@/components/experiment/verdict-band';
import { WordsProvider } from '@/components/ui/words-provider';
import { toBand } from '@/lib/core/words/band';
import { formatsFor } from '@/lib/core/words/formats';
import { toHealthLine } from '@/lib/core/words/health-line';
import type { Reading } from '@/lib/core/live/reading';
import { galleryReadings } from '@/tests/builders/gallery';
import { NOW_MS } from '@/tests/builders/reading';
import { STATES } from '@/tests/builders/states';

const formats = formatsFor('en', 'UTC');

const render = (reading: Reading): string =>
  renderToStaticMarkup(
    <WordsProvider locale="en" timeZone="UTC">
      <HealthLine line={toHealthLine(reading, formats, NOW_MS)} />
      <VerdictBand band={toBand(reading, NOW_MS, formats)} />
    </WordsProvider>,
  );

describe('the band as HTML, before any script', () => {
  it('holds the verdict with its figures set apart', () => {
    const html = render(STATES.winner);
    expect(html).toContain('<bdi>Redesign 1</bdi> wins');
    expect(html).toContain('<strong>+17.6%</strong> on <bdi>Insurance subscription</bdi>');
  });

  it('shows markup in a name as text', () => {
    const html = render(galleryReadings()['markup']!.reading);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('isolates a right-to-left name in a list of names', () => {
    expect(render(galleryReadings()['long']!.reading)).toContain('\u2068نموذج أقصر\u2069');
  });

  it('parts its facts for those who hear them, too', () => {
    const text = render(STATES.winner).replaceAll(/<[^>]+>/g, '');
    expect(text).toContain('traffic split as configured, counts people, not visits, no gap');
  });

  it('says beside the tag what the reader asked for, and nothing where it is the usual', () => {
    const { analysis, ...winner } = STATES.winner;
    const asked = { ...winner, analysis: { ...analysis!, confidenceLevel: 0.8 } };
    expect(render(asked)).toContain('at 80% certainty');
    expect(render(STATES.winner)).not.toContain('certainty');
  });

  it('has the same slots in every state', () => {
    const slots = (html: string): number[] =>
      ['<h2', '<dt', '<dd', '<p '].map((tag) => html.split(tag).length - 1);
    for (const reading of Object.values(STATES))
      expect(slots(render(reading))).toEqual([1, 2, 2, 4]);
  });
});
