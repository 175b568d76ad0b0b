import styles from '@/components/charts/rows-table.module.css';

export interface TwinTable {
  readonly label: string;
  readonly head: readonly TwinHead[];
  readonly rows: readonly TwinRow[];
}

export interface TwinHead {
  readonly key: string;
  /** A variation's name, isolated from the words around it; empty for a plain column. */
  readonly name: string;
  readonly text: string;
}

export interface TwinRow {
  readonly key: string;
  readonly cells: readonly string[];
}

/** The same rows as figures. Scrolls inside its panel, with the moments held. */
export function RowsTable({ label, head, rows }: TwinTable) {
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {head.map(({ key, name, text }) => (
              <th key={key} scope="col">
                {name !== '' && <bdi className={styles.name}>{name}</bdi>} {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [moment, ...figures] }) => (
            <tr key={key}>
              <th scope="row">{moment}</th>
              {figures.map((figure, at) => (
                <td key={head[at + 1]?.key ?? at}>{figure}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
