import { MarkerAt } from '@/components/charts/series-marker';
import { findNewest } from '@/components/charts/plot-data';
import type { PlotRow, PlotSeries } from '@/components/charts/plot-data';
import type { PlotMarker } from '@/components/charts/markers';
import { clamp } from '@/components/charts/scale';
import type { PlotScale } from '@/components/charts/scale';
import styles from '@/components/charts/time-plot.module.css';

interface PlotMarksProps {
  readonly rows: readonly PlotRow[];
  readonly series: readonly PlotSeries[];
  readonly selected: number;
  readonly markers: readonly PlotMarker[];
  readonly scale: PlotScale;
  readonly hasZero: boolean;
}

/** What stands above the lines: zero, the markers' lines, the ring of the call, line ends, arrows of half-lines. */
export function PlotMarks({ rows, series, selected, markers, scale, hasZero }: PlotMarksProps) {
  const zeroY = scale.toY(0);
  return (
    <svg className={styles.layer} aria-hidden="true" focusable="false">
      {hasZero && (
        <line x1={0} x2={scale.width} y1={zeroY} y2={zeroY} className={styles.zeroLine} />
      )}
      {markers.map((marker) => {
        const x = scale.toX(marker.atMs);
        return (
          <g key={marker.key}>
            <line
              x1={x}
              x2={x}
              y1={0}
              y2={scale.height}
              className={marker.kind === 'change' ? styles.changeLine : styles.callLine}
            />
            {marker.tickAtMs !== null && hasZero && (
              <line
                x1={scale.toX(marker.tickAtMs)}
                x2={scale.toX(marker.tickAtMs)}
                y1={zeroY - 6}
                y2={zeroY + 6}
                className={styles.zeroLine}
              />
            )}
            {marker.hasRing && hasZero && (
              <circle cx={x} cy={zeroY} r={5} className={styles.ring} />
            )}
          </g>
        );
      })}
      {series.map((line, at) => {
        const value = findNewest(rows, at)?.values[at];
        const row = findNewest(rows, at);
        if (value == null || row === undefined) return null;
        const x = scale.toX(row.atMs);
        const y = clamp(scale.toY(value.value), 0, scale.height);
        return (
          <g key={line.id}>
            {at === selected && value.interval?.upper === null && (
              <Arrow x={x} from={y} to={2} direction={-1} />
            )}
            {at === selected && value.interval?.lower === null && (
              <Arrow x={x} from={y} to={scale.height - 2} direction={1} />
            )}
            <MarkerAt place={line.place} x={x} y={y} />
          </g>
        );
      })}
    </svg>
  );
}

/** An interval without limit on one side. */
function Arrow(props: { x: number; from: number; to: number; direction: 1 | -1 }) {
  const { x, from, to, direction } = props;
  return (
    <path
      d={`M${x} ${from}V${to}M${x - 4} ${to - 6 * direction}L${x} ${to}L${x + 4} ${to - 6 * direction}`}
      className={styles.arrow}
    />
  );
}
