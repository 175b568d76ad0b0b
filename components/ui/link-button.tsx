'use client';

import type { ReactNode } from 'react';
import styles from './link-button.module.css';

/** Does something, looks like a link: there are no coloured buttons here. */
export function LinkButton({
  onClick,
  children,
}: {
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button type="button" className={styles.button} onClick={onClick}>
      {children}
    </button>
  );
}
