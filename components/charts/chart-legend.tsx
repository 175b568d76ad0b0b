import { seriesLook } from '@/components/charts/series-look';
import styles from '@/components/charts/chart-frame.module.css';

interface ChartLegendProps {
  readonly place: number;
  /** Words for the dots that are in the picture; null for a kind that is not. */
  readonly live: string | null;
  readonly backfill: string | null;
  readonly hint: string | null;
  /** Why most of the line is missing still; null when it is there. */
  readonly pending: string | null;
}

/** Lines are named at their ends; only the dots need a key. */
export function ChartLegend({ place, live, backfill, hint, pending }: ChartLegendProps) {
  const { color } = seriesLook(place);
  return (
    <ul className={styles.legend}>
      {[
        { text: live, fill: color },
        { text: backfill, fill: 'var(--surface)' },
      ].map(({ text, fill }) =>
        text === null ? null : (
          <li key={text} className={styles.legendItem}>
            <svg width="22" height="8" aria-hidden="true" focusable="false">
              <line x1="0" x2="22" y1="4" y2="4" stroke={color} strokeWidth="1.75" />
              <circle cx="11" cy="4" r="2.5" fill={fill} stroke={color} strokeWidth="1.25" />
            </svg>
            {text}
          </li>
        ),
      )}
      {hint !== null && <li>{hint}</li>}
      {pending !== null && <li>{pending}</li>}
    </ul>
  );
}
