/**
 * A titled box with four states in one frame: first load, ready, throttled or stale (the content stays under a caption),
 * failed (the last good content stays under a line of warning; only without any does the message take its place).
 */
import { useId, type ReactNode } from 'react';
import { Shape } from '@/components/ui/shape';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  /** Links at the right of the title. */
  readonly aside?: ReactNode;
  /** Cause and time of data that are not fresh. */
  readonly caption?: ReactNode;
  /** What failed, when it is tried again, and the way to try now. */
  readonly failure?: ReactNode;
  /** Takes the content's place, at its size: the words of a first load, or of an empty panel. */
  readonly instead?: ReactNode;
  readonly children?: ReactNode;
}

export function Panel({ title, subtitle, aside, caption, failure, instead, children }: PanelProps) {
  const titleId = useId();
  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h2 className={styles.title} id={titleId}>
            {title}
          </h2>
          {subtitle != null && <p className={styles.subtitle}>{subtitle}</p>}
        </div>
        {aside != null && <div className={styles.aside}>{aside}</div>}
      </header>
      {caption != null && <p className={styles.caption}>{caption}</p>}
      {failure != null && (
        <p className={styles.failure}>
          <Shape name="octagon" tone="warn" size={16} />
          <span>{failure}</span>
        </p>
      )}
      {instead == null ? children : <div className={styles.instead}>{instead}</div>}
    </section>
  );
}
