import { describe, expect, it } from 'vitest';
import { toMarkerLabels } from '@/components/charts/markers';
import type { PlotMarker } from '@/components/charts/markers';

const aMarker = (kind: PlotMarker['kind'], atMs: number, title: string): PlotMarker => ({
  key: `${kind} ${atMs}`,
  kind,
  atMs,
  title,
  shortTitle: title,
  detail: `at ${atMs}`,
  shortDetail: `at ${atMs}`,
  onZero: null,
  tickAtMs: null,
  ...(kind === 'note' && { many: (n) => `${n} notes` }),
});

/** One pixel a millisecond. */
const labels = (...markers: PlotMarker[]) =>
  toMarkerLabels(markers, (atMs) => atMs, [-60, 1_000]).map(({ title, details }) => [
    title,
    ...details,
  ]);

describe('notes above a chart', () => {
  it('have a label each where there is room', () => {
    expect(labels(aMarker('note', 100, 'Note'), aMarker('note', 300, 'Note'))).toEqual([
      ['Note', 'at 100'],
      ['Note', 'at 300'],
    ]);
  });

  it('share one that says how many within 80 px', () => {
    const three = [100, 130, 170].map((atMs) => aMarker('note', atMs, 'Note'));
    expect(labels(...three)).toEqual([['3 notes']]);
  });

  it('leave the label to a call, before or after it', () => {
    const call = aMarker('call', 120, 'Called on day 7');
    const notes = [aMarker('note', 100, 'Note'), aMarker('note', 140, 'Note')];
    expect(labels(call, ...notes)).toEqual([['Called on day 7', 'at 120', '2 notes']]);
    expect(labels(call, aMarker('note', 160, 'Note'))).toEqual([
      ['Called on day 7', 'at 120', 'Note'],
    ]);
  });
});
