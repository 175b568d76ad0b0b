import { SeriesMarker } from '@/components/charts/series-marker';
import type { PlotSeries } from '@/components/charts/plot-data';
import styles from '@/components/charts/rows-table.module.css';

export interface TwinTable {
  readonly label: string;
  /** Head of the first column, which is held in place. */
  readonly moment: string;
  readonly series: readonly PlotSeries[];
  /** Columns of every line. */
  readonly parts: readonly string[];
  /** Columns after those of the lines. */
  readonly tails: readonly string[];
  readonly rows: readonly TwinRow[];
}

export interface TwinRow {
  readonly key: string;
  readonly cells: readonly string[];
}

/** The same rows as figures. Scrolls inside its panel, with the moments held. */
export function RowsTable({ label, moment, series, parts, tails, rows }: TwinTable) {
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {moment}
            </th>
            {series.map(({ id, name, place }) => (
              <th key={id} scope="colgroup" colSpan={parts.length} className={styles.group}>
                <span className={styles.named}>
                  <SeriesMarker place={place} size={10} />
                  <bdi className={styles.name} title={name}>
                    {name}
                  </bdi>
                </span>
              </th>
            ))}
            {tails.map((tail) => (
              <th key={tail} scope="col" rowSpan={2}>
                {tail}
              </th>
            ))}
          </tr>
          <tr>
            {series.flatMap(({ id }) =>
              parts.map((part) => (
                <th key={`${id} ${part}`} scope="col" className={styles.part}>
                  {part}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [at, ...figures] }) => (
            <tr key={key}>
              <th scope="row">{at}</th>
              {figures.map((figure, column) => (
                <td key={column}>{figure}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
