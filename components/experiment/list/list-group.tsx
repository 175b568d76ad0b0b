'use client';

/** The rows of one heading: how many of how many, and more of them where there are more. */
import { useEffect, useRef, type RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { ListRow } from '@/components/experiment/list/list-row';
import { RestProgress } from '@/components/experiment/list/rest-progress';
import type { WatchRow } from '@/components/experiment/list/use-watched-rows';
import { LinkButton } from '@/components/ui/link-button';
import {
  REST,
  ROWS,
  rowsOf,
  type ListGroup as Group,
  type ListView,
} from '@/lib/core/live/list-ask';
import type { ListingProgress } from '@/lib/core/live/reading';
import styles from './list-group.module.css';

interface ListGroupProps {
  readonly group: Group;
  readonly keys: readonly string[];
  /** How many the server knows of. */
  readonly total: number;
  readonly listing: ListingProgress;
  readonly view: ListView;
  readonly onMore: (more: Partial<Pick<ListView, 'rows' | 'rest'>>) => void;
  readonly watchRow: WatchRow;
}

export function ListGroup(props: ListGroupProps) {
  const { group, keys, total, listing, view, onMore, watchRow } = props;
  const t = useTranslations('list');
  const section = useRef<HTMLElement>(null);
  const showMore = useNextRow(section, keys.length);
  const { more, most } = group === 'at-rest' ? REST : ROWS;
  const asked = rowsOf(view, group);
  // Rows that came or went by the stream are not in the server's count yet: only a cut one needs it.
  const isCut = total > asked && total > keys.length;
  const next = Math.min(asked + more, most);
  return (
    <section ref={section} className={styles.group} aria-labelledby={`group-${group}`}>
      <div className={styles.head}>
        <h2 className={styles.title} id={`group-${group}`}>
          {t(`group.${group}`)}{' '}
          <span className={styles.count}>
            {isCut ? t('countOf', { shown: keys.length, total }) : keys.length}
          </span>
        </h2>
        {group === 'at-rest' && <RestProgress listing={listing} />}
      </div>
      <ul className={styles.rows}>
        {keys.map((key) => (
          <ListRow key={key} questionKey={key} watchRow={watchRow} />
        ))}
      </ul>
      {isCut && (
        <p className={styles.more}>
          {next > asked ? (
            <LinkButton
              onClick={() => {
                showMore();
                onMore(group === 'at-rest' ? { rest: next } : { rows: next });
              }}
            >
              {t('showMore', { n: Math.min(next, total) - asked })}
            </LinkButton>
          ) : (
            t('tooMany')
          )}
        </p>
      )}
    </section>
  );
}

/** Whoever asked for more goes on at the first of the new rows, unless they have gone elsewhere meanwhile. */
function useNextRow(section: RefObject<HTMLElement | null>, count: number): () => void {
  const asked = useRef<{ readonly count: number; readonly from: Element | null } | null>(null);
  useEffect(() => {
    if (asked.current === null || count <= asked.current.count) return;
    const { count: at, from } = asked.current;
    asked.current = null;
    const here = document.activeElement;
    if (here !== from && here !== document.body) return;
    const row = section.current?.querySelectorAll('li').item(at);
    row?.querySelector('a')?.focus({ preventScroll: true });
  }, [count, section]);
  return () => {
    asked.current = { count, from: document.activeElement };
  };
}
