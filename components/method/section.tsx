import type { ReactNode } from 'react';
import styles from './method-page.module.css';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly about?: string;
  readonly children?: ReactNode;
}

export function Section({ id, title, about, children }: SectionProps) {
  return (
    <section className={styles.section} id={id} aria-labelledby={`${id}-title`}>
      <h2 className={styles.heading} id={`${id}-title`}>
        {title}
      </h2>
      {about !== undefined && <p className={styles.about}>{about}</p>}
      {children}
    </section>
  );
}

interface TermsProps {
  readonly rows: readonly { readonly id: string; readonly name: string; readonly text: string }[];
}

export function Terms({ rows }: TermsProps) {
  return (
    <dl className={styles.terms}>
      {rows.map(({ id, name, text }) => (
        <div key={id} className={styles.term}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
