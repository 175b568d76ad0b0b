/** A table that scrolls inside itself, with a heading of its own; empty cells are empty. */
import type { ReactNode } from 'react';
import styles from './method-page.module.css';

export interface MethodColumn {
  readonly key: string;
  readonly name: string;
  readonly isText?: boolean;
}

export interface MethodRow {
  readonly key: string;
  /** In the order of the columns; the first one names the row. */
  readonly cells: readonly ReactNode[];
  readonly isOurs?: boolean;
}

export interface RowGroup {
  readonly key: string;
  /** Said above its rows; null where there is one group only. */
  readonly name: string | null;
  readonly rows: readonly MethodRow[];
}

interface MethodTableProps {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly scroll: string;
  readonly columns: readonly MethodColumn[];
  /** A row above the columns' names: how many columns each spans; an empty name spans without a word. */
  readonly spans?: readonly { readonly name: string; readonly columns: number }[];
  readonly groups: readonly RowGroup[];
  readonly foot?: string;
}

export function MethodTable(props: MethodTableProps) {
  const { id, title, about, scroll, columns, spans, groups, foot } = props;
  return (
    <div className={styles.tableBlock}>
      <h3 className={styles.subtitle} id={id}>
        {title}
      </h3>
      <p className={styles.about}>{about}</p>
      <div className={styles.scroll} role="region" aria-label={scroll} tabIndex={0}>
        <table className={styles.table} aria-labelledby={id}>
          <thead>
            {spans && (
              <tr>
                {spans.map((span, at) =>
                  span.name === '' ? (
                    <td key={at} colSpan={span.columns} />
                  ) : (
                    <th key={at} colSpan={span.columns} scope="colgroup" className={styles.span}>
                      {span.name}
                    </th>
                  ),
                )}
              </tr>
            )}
            <tr>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={column.isText ? styles.text : undefined}
                >
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.key}>
              {group.name !== null && (
                <tr>
                  <th scope="rowgroup" colSpan={columns.length} className={styles.group}>
                    {group.name}
                  </th>
                </tr>
              )}
              {group.rows.map((row) => (
                <tr key={row.key} className={row.isOurs ? styles.ours : undefined}>
                  {row.cells.map((cell, at) =>
                    at === 0 ? (
                      <th key={at} scope="row" className={styles.text}>
                        {cell}
                      </th>
                    ) : (
                      <td key={at} className={columns[at]?.isText ? styles.text : undefined}>
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {foot !== undefined && <p className={styles.foot}>{foot}</p>}
    </div>
  );
}
