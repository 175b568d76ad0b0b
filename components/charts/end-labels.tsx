'use client';

import type { PlotSeries } from '@/components/charts/plot-data';
import { separateLabels } from '@/components/charts/label-layout';
import type { LabelBox } from '@/components/charts/label-layout';
import { clamp } from '@/components/charts/scale';
import type { PlotScale } from '@/components/charts/scale';
import { SeriesMarker } from '@/components/charts/series-marker';
import styles from '@/components/charts/end-labels.module.css';

/** What stands at the end of a line. Ends without limit have words but no place of their own. */
export interface EndLabel {
  readonly series: PlotSeries;
  readonly value: number;
  readonly valueText: string;
  readonly upper: number | null;
  readonly upperText: string;
  readonly lower: number | null;
  readonly lowerText: string;
}

interface EndLabelsProps {
  readonly labels: readonly EndLabel[];
  readonly selectedId: string;
  readonly scale: PlotScale;
  /** Names the group of labels: which one is pressed is the line with the band. */
  readonly label: string;
  readonly onSelect: (id: string) => void;
}

const LINE_PX = 18;
/** A label is a target, and a target is at least 24 px high. */
const TARGET_PX = 24;
const LEADER_PX = 44;
const OVERSHOOT_PX = 24;

/** Labels in the right gutter, at the height of their line, moved apart where they collide. */
export function EndLabels({ labels, selectedId, scale, label, onSelect }: EndLabelsProps) {
  const selected = labels.find(({ series }) => series.id === selectedId);
  const middles = separateLabels(toBoxes(labels, selected, scale), [
    -OVERSHOOT_PX,
    scale.height + OVERSHOOT_PX,
  ]);
  const top = (key: string, height: number) => ({ top: (middles.get(key) ?? 0) - height / 2 });
  return (
    <div className={styles.gutter} role="group" aria-label={label}>
      {selected !== undefined && selected.upperText !== '' && (
        <div className={styles.edge} style={top('upper', LINE_PX)}>
          {selected.upperText}
        </div>
      )}
      {labels.map(({ series, valueText }) => {
        const isSelected = series.id === selectedId;
        return (
          <button
            key={series.id}
            type="button"
            className={isSelected ? styles.leader : styles.label}
            style={top(series.id, isSelected ? LEADER_PX : TARGET_PX)}
            aria-pressed={isSelected}
            title={series.name}
            onClick={() => onSelect(series.id)}
          >
            <span className={styles.named}>
              <SeriesMarker place={series.place} size={10} />
              <bdi className={styles.name}>{series.name}</bdi>
            </span>
            <span className={styles.value}>{valueText}</span>
          </button>
        );
      })}
      {selected !== undefined && selected.lowerText !== '' && (
        <div className={styles.edge} style={top('lower', LINE_PX)}>
          {selected.lowerText}
        </div>
      )}
    </div>
  );
}

function toBoxes(
  labels: readonly EndLabel[],
  selected: EndLabel | undefined,
  scale: PlotScale,
): readonly LabelBox[] {
  const at = (value: number) => clamp(scale.toY(value), 0, scale.height);
  const boxes: LabelBox[] = labels.map(({ series, value }) => ({
    key: series.id,
    y: at(value),
    height: series.id === selected?.series.id ? LEADER_PX : TARGET_PX,
  }));
  if (selected === undefined) return boxes;
  if (selected.upperText !== '')
    boxes.push({ key: 'upper', y: at(selected.upper ?? Infinity), height: LINE_PX });
  if (selected.lowerText !== '')
    boxes.push({ key: 'lower', y: at(selected.lower ?? -Infinity), height: LINE_PX });
  return boxes;
}

type EndListProps = Omit<EndLabelsProps, 'scale'>;

/** The same labels as a list under the chart, where there is no gutter. */
export function EndList({ labels, selectedId, onSelect, label }: EndListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {labels.map(({ series, valueText, lowerText, upperText }) => {
        const isSelected = series.id === selectedId;
        return (
          <li key={series.id}>
            <button
              type="button"
              className={isSelected ? styles.rowSelected : styles.row}
              aria-pressed={isSelected}
              onClick={() => onSelect(series.id)}
            >
              <SeriesMarker place={series.place} />
              <span className={styles.rowName}>
                <bdi>{series.name}</bdi>
                {isSelected && (
                  <span className={styles.rowEdges}>
                    {[lowerText, upperText].filter((text) => text !== '').join(', ')}
                  </span>
                )}
              </span>
              <span className={styles.rowValue}>{valueText}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
