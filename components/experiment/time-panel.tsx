/** What the panels over time share: what they are given, where they begin, and how they look with nothing to draw. */
import { EmptyPlot } from '@/components/charts/empty-plot';
import type { Emptiness } from '@/components/experiment/chart-state';
import { sayEmptiness } from '@/components/experiment/chart-words';
import type { ChartWords } from '@/components/experiment/chart-words';
import { Panel } from '@/components/ui/panel';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Curve, Reading } from '@/lib/core/live/reading';

export interface TimePanelProps {
  readonly reading: Reading;
  readonly curve: Curve | undefined;
  readonly nowMs: number;
  readonly timeZone: string;
}

/** The called variation, else the leader, else the first one with an interval. */
export function firstSelectedOf(analysis: Analysis): string {
  const drawn = analysis.arms.find((arm) => arm.comparison?.liftInterval != null);
  return (
    analysis.call?.variationId ??
    analysis.leaderId ??
    drawn?.variationId ??
    analysis.arms[0]?.variationId ??
    ''
  );
}

/** Changes with what is asked and with the older part of the curve, not with each new look. */
export const dataKeyOf = (reading: Reading, curve: Curve | undefined): string =>
  `${reading.questionKey} ${curve?.revision ?? 'none'}`;

export const launchOf = (reading: Reading, curve: Curve | undefined): number =>
  reading.experiment.startedAtMs ?? curve?.points[0]?.atMs ?? reading.analysis?.asOfMs ?? 0;

interface EmptyTimePanelProps {
  readonly title: string;
  readonly words: ChartWords;
  readonly empty: Emptiness;
  readonly reading: Reading;
}

export function EmptyTimePanel({ title, words, empty, reading }: EmptyTimePanelProps) {
  const progress =
    empty.kind === 'gate'
      ? {
          share: empty.progress,
          label: words.t('empty.progress', { share: words.figures.level(empty.progress) }),
        }
      : null;
  const sentence = sayEmptiness(words, empty, reading);
  return <Panel title={title} instead={<EmptyPlot sentence={sentence} progress={progress} />} />;
}
