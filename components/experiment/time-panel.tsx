/** What the panels over time share: what they are given, where they begin, and how they look with nothing to draw. */
import type { ComponentType } from 'react';
import { EmptyPlot } from '@/components/charts/empty-plot';
import type { Emptiness } from '@/components/experiment/chart-state';
import { sayEmptiness, toNote, useChartWords } from '@/components/experiment/chart-words';
import type { ChartNote } from '@/components/experiment/lift-marks';
import type { ChartWords } from '@/components/experiment/chart-words';
import { Panel } from '@/components/ui/panel';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Curve, Reading } from '@/lib/core/live/reading';

export interface TimePanelProps {
  readonly reading: Reading;
  readonly curve: Curve | undefined;
  readonly nowMs: number;
  readonly timeZone: string;
  /** What people noted; only the lift shows it. */
  readonly notes?: readonly ChartNote[] | undefined;
}

/** What a chart over time is drawn from, once there is something to draw. */
export interface OverTimeProps {
  readonly reading: Reading;
  readonly analysis: Analysis;
  readonly curve: Curve | undefined;
  readonly words: ChartWords;
  readonly launchMs: number;
  /** Why the figures are not judged, or late; null while all is well. */
  readonly note: string | null;
  readonly notes?: readonly ChartNote[] | undefined;
}

interface TimePanelParts {
  readonly title: 'lift.title' | 'rate.title';
  readonly findEmptiness: (reading: Reading) => Emptiness | null;
  readonly Chart: ComponentType<OverTimeProps>;
}

/** One panel over time: its chart, or in its place the sentence that says what is missing. */
export function TimePanel({
  reading,
  curve,
  nowMs,
  timeZone,
  notes,
  title,
  findEmptiness,
  Chart,
}: TimePanelProps & TimePanelParts) {
  const launchMs = launchOf(reading, curve);
  const words = useChartWords(reading, launchMs, timeZone);
  const { analysis } = reading;
  const empty = findEmptiness(reading);
  if (empty !== null || analysis === null)
    return (
      <EmptyTimePanel
        title={words.t(title)}
        words={words}
        empty={empty ?? { kind: 'waiting' }}
        reading={reading}
      />
    );
  const note = toNote(words, reading, nowMs);
  return <Chart {...{ reading, analysis, curve, words, launchMs, note, notes }} />;
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
