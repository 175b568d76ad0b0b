import { MarkerAt } from '@/components/charts/series-marker';
import { withGaps } from '@/components/charts/gaps';
import { loneLooks } from '@/components/charts/lone-looks';
import { findNewest } from '@/components/charts/plot-data';
import type { PlotInterval, PlotRow, PlotSeries } from '@/components/charts/plot-data';
import type { PlotMarker } from '@/components/charts/markers';
import { clamp } from '@/components/charts/scale';
import type { PlotScale } from '@/components/charts/scale';
import { seriesLook } from '@/components/charts/series-look';
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
        if (marker.kind === 'note') return <Flag key={marker.key} x={x} />;
        return (
          <g key={marker.key}>
            <line
              x1={x}
              x2={x}
              y1={0}
              y2={scale.height}
              className={isDashed(marker) ? styles.changeLine : styles.callLine}
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
            {hasZero && <OnZero mark={marker.onZero} x={x} y={zeroY} />}
          </g>
        );
      })}
      {loneLooks(withGaps(rows), selected, scale.toX).map((row) => (
        <LoneInterval
          key={row.atMs}
          x={scale.toX(row.atMs)}
          interval={row.values[selected]?.interval ?? null}
          scale={scale}
          color={seriesLook(series[selected]?.place ?? 0).color}
          isFirm={markers.some(({ kind, atMs }) => kind === 'call' && atMs <= row.atMs)}
        />
      ))}
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

/** A note: small, at the top, and no line across the picture. */
const Flag = ({ x }: { readonly x: number }) => (
  <path d={`M${x} 14V0h9l-2.5 3.5 2.5 3.5h-9`} className={styles.flag} />
);

const isDashed = ({ kind }: PlotMarker): boolean => kind === 'change' || kind === 'end';

/** What happened to a call, on the zero line: told by form, not by colour. */
function OnZero({ mark, x, y }: { mark: PlotMarker['onZero']; x: number; y: number }) {
  if (mark === null) return null;
  if (mark === 'ring') return <circle cx={x} cy={y} r={5} className={styles.ring} />;
  const d = mark === 'slash' ? 'M-5 5L5 -5' : 'M-5 5L5 -5M-5 -5L5 5';
  return <path d={d} transform={`translate(${x} ${y})`} className={styles.struck} />;
}

interface LoneIntervalProps {
  readonly x: number;
  readonly interval: PlotInterval | null;
  readonly scale: PlotScale;
  readonly color: string;
  /** From the call on. */
  readonly isFirm: boolean;
}

/** The interval of a look that stands alone, as the bars of the table draw theirs. An open end has its arrow. */
function LoneInterval({ x, interval, scale, color, isFirm }: LoneIntervalProps) {
  const upper = interval?.upper ?? null;
  const lower = interval?.lower ?? null;
  const top = upper === null ? 0 : clamp(scale.toY(upper), 0, scale.height);
  const bottom = lower === null ? scale.height : clamp(scale.toY(lower), 0, scale.height);
  const ends = [upper === null ? '' : `M-6 ${top}h12`, lower === null ? '' : `M-6 ${bottom}h12`];
  return (
    <g transform={`translate(${x} 0)`}>
      <rect
        x={-6}
        width={12}
        y={top}
        height={bottom - top}
        rx={2}
        fill={color}
        fillOpacity={isFirm ? 'var(--bar-decided)' : 'var(--bar-open)'}
      />
      <path d={ends.join('')} stroke={color} strokeWidth={1.5} />
    </g>
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
