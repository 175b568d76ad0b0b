import { narrowTicks } from '@/components/charts/interval-scale';
import type { BarShape, IntervalScale } from '@/components/charts/interval-scale';
import { shareOf } from '@/components/charts/scale';
import { markerPath } from '@/components/charts/series-marker';
import { seriesLook } from '@/components/charts/series-look';
import styles from '@/components/charts/interval-bar.module.css';

const percent = (share: number): string => `${Math.round(share * 100_000) / 1000}%`;

interface IntervalBarProps {
  readonly scale: IntervalScale;
  readonly place: number;
  /** null: only the zero line and the gridlines run through. */
  readonly bar: BarShape | null;
  readonly isDecided: boolean;
  /** The reference sits on zero as its marker. */
  readonly isReference: boolean;
  readonly tickLabel: (value: number) => string;
}

/** One row of the interval plot. Gridlines and zero reach past the row's border, so that they run unbroken. */
export function IntervalBar(props: IntervalBarProps) {
  const { scale, place, bar, isDecided, isReference, tickLabel } = props;
  const { color } = seriesLook(place);
  return (
    <svg className={styles.row} aria-hidden="true" focusable="false">
      <Grid scale={scale} />
      {bar !== null && (
        <svg className={styles.bar} y="50%" height="1">
          <rect
            x={percent(bar.from)}
            width={percent(bar.to - bar.from)}
            y="-6"
            height="12"
            rx="2"
            fill={color}
            fillOpacity={isDecided ? 'var(--bar-decided)' : 'var(--bar-open)'}
          />
          <BarEnd at={bar.from} isOpen={bar.isOpenLow} direction={-1} color={color} />
          <BarEnd at={bar.to} isOpen={bar.isOpenHigh} direction={1} color={color} />
        </svg>
      )}
      {(bar !== null || isReference) && (
        <svg className={styles.bar} x={percent(bar?.at ?? shareOf(scale.domain, 0))} y="50%">
          <path d={markerPath(place)} fill={color} fillRule="evenodd" />
        </svg>
      )}
      <TickLabels
        scale={scale}
        tickLabel={tickLabel}
        className={styles.ownTicks}
        y="100%"
        dy="-4"
      />
    </svg>
  );
}

interface BarEndProps {
  readonly at: number;
  readonly isOpen: boolean;
  readonly direction: 1 | -1;
  readonly color: string;
}

function BarEnd({ at, isOpen, direction, color }: BarEndProps) {
  return (
    <svg className={styles.bar} x={percent(at)}>
      <path
        d={isOpen ? `M${-5 * direction}-5L0 0L${-5 * direction} 5` : 'M0-6V6'}
        stroke={color}
        strokeWidth="1.5"
        fill="none"
      />
    </svg>
  );
}

function Grid({ scale: { domain, ticks } }: { scale: IntervalScale }) {
  return ticks.map((value) => {
    const x = percent(shareOf(domain, value));
    return (
      <line
        key={value}
        x1={x}
        x2={x}
        y1="0"
        y2="100%"
        className={value === 0 ? styles.zero : styles.grid}
      />
    );
  });
}

interface IntervalAxisProps {
  readonly scale: IntervalScale;
  readonly tickLabel: (value: number) => string;
}

/** The shared axis in the table's head. */
export function IntervalAxis({ scale, tickLabel }: IntervalAxisProps) {
  return (
    <svg className={styles.axis} aria-hidden="true" focusable="false">
      <TickLabels scale={scale} tickLabel={tickLabel} className={undefined} y="100%" dy="-10" />
    </svg>
  );
}

interface TickLabelsProps extends IntervalAxisProps {
  readonly className: string | undefined;
  readonly y: string;
  readonly dy: string;
}

function TickLabels({ scale, tickLabel, className, y, dy }: TickLabelsProps) {
  const { domain, ticks } = scale;
  const narrow = narrowTicks(scale, tickLabel);
  return (
    <g className={className}>
      {ticks.map((value) => (
        <text
          key={value}
          x={percent(shareOf(domain, value))}
          y={y}
          dy={dy}
          className={[
            value === 0 ? styles.zeroLabel : styles.tickLabel,
            narrow.has(value) ? '' : styles.crowded,
          ].join(' ')}
        >
          {tickLabel(value)}
        </text>
      ))}
    </g>
  );
}
