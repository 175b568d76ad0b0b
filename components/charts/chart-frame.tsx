'use client';

import { useState } from 'react';
import type { ReactNode } from 'react';
import { RowsTable } from '@/components/charts/rows-table';
import type { TwinTable } from '@/components/charts/rows-table';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import styles from '@/components/charts/chart-frame.module.css';

interface ChartFrameProps {
  readonly title: string;
  readonly about: ReactNode;
  readonly aboutShort: ReactNode;
  readonly readOut: ReactNode;
  /** What a reader must know of these data: blocked, stale. */
  readonly note: string | null;
  /** The picture in one sentence. */
  readonly alternative: string;
  readonly table: { readonly show: string; readonly hide: string; readonly make: () => TwinTable };
  readonly children: ReactNode;
  /** Under the picture; goes with it when the table is shown. */
  readonly footer: ReactNode;
}

/** What every picture over time stands in: title, read-out, picture or its table twin, and one sentence for it. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, about, aboutShort, readOut, note, alternative, table, children, footer } = props;
  const [isTable, setIsTable] = useState(false);
  return (
    <div className={styles.frame}>
      <Panel
        title={title}
        subtitle={
          <>
            <span className={styles.about}>{about}</span>
            <span className={styles.aboutShort}>{aboutShort}</span>
          </>
        }
        aside={
          <LinkButton onClick={() => setIsTable(!isTable)}>
            {isTable ? table.hide : table.show}
          </LinkButton>
        }
        caption={note}
      >
        {readOut}
        <figure className={styles.figure}>
          {isTable ? <RowsTable {...table.make()} /> : children}
          <figcaption className="visually-hidden">{alternative}</figcaption>
        </figure>
        {!isTable && footer}
      </Panel>
    </div>
  );
}
