'use client';

/** A line with a link at its end that opens something below it. */
import { useId, useState, type ReactNode } from 'react';
import styles from './disclosure.module.css';

interface DisclosureProps {
  readonly line: ReactNode;
  readonly link: ReactNode;
  readonly children: ReactNode;
}

export function Disclosure({ line, link, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div>
      <div className={styles.line}>
        <div className={styles.words}>{line}</div>
        <button
          type="button"
          className={styles.button}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setOpen(false);
          }}
        >
          {link}
        </button>
      </div>
      <div id={id} hidden={!isOpen} className={styles.content}>
        {children}
      </div>
    </div>
  );
}
