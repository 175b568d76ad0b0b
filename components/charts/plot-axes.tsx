import { shareOf } from '@/components/charts/scale';
import type { Domain } from '@/components/charts/plot-data';
import styles from '@/components/charts/time-plot.module.css';

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
  readonly shortLabel: string;
}

export interface ValueTick {
  readonly value: number;
  readonly label: string;
  /** The line everything is measured against. */
  readonly zero: { readonly name: string; readonly full: string } | null;
}

interface PlotAxesProps {
  readonly time: Domain;
  readonly values: Domain;
  readonly timeTicks: readonly TimeTick[];
  readonly valueTicks: readonly ValueTick[];
}

const percent = (share: number): string => `${Math.round(share * 100_000) / 1000}%`;

/** Gridlines and axis labels in shares of the plot, so that they stand before anything is measured or loaded. */
export function PlotAxes({ time, values, timeTicks, valueTicks }: PlotAxesProps) {
  return (
    <div className={styles.ruler}>
      <svg className={styles.layer} aria-hidden="true" focusable="false">
        {valueTicks.map(({ value, label, zero }) => {
          const y = percent(1 - shareOf(values, value));
          return (
            <g key={value}>
              {zero === null ? (
                <line x1="0" x2="100%" y1={y} y2={y} stroke="var(--line)" />
              ) : (
                <line x1="0" x2="100%" y1={y} y2={y} stroke="var(--ink-1)" strokeWidth="1.5" />
              )}
              <text
                x="-8"
                y={y}
                dy="0.34em"
                className={zero === null ? styles.tick : styles.zeroTick}
              >
                {zero !== null && <title>{zero.full}</title>}
                {zero === null ? (
                  label
                ) : (
                  <>
                    <tspan className={styles.zeroName}>{zero.name}</tspan>
                    <tspan className={styles.zeroShort}>0</tspan>
                  </>
                )}
              </text>
            </g>
          );
        })}
        {timeTicks.map(({ atMs, label, shortLabel }, at) => {
          const x = percent(shareOf(time, atMs));
          return (
            <g key={atMs} className={styles.timeTick}>
              <svg x={x} y="100%" className={styles.notchBox}>
                <line y1="2" y2="7" className={styles.timeNotch} />
              </svg>
              <text
                x={x}
                y="100%"
                dy="22"
                textAnchor={at === 0 ? 'start' : 'middle'}
                className={styles.long}
              >
                {label}
              </text>
              <text x={x} y="100%" dy="22" textAnchor="middle" className={styles.short}>
                {shortLabel}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
