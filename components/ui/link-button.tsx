'use client';

import type { ReactNode } from 'react';
import styles from './link-button.module.css';

interface LinkButtonProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
  /** Of one that opens something: whether it is open, and its id. */
  readonly opens?: { readonly id: string; readonly isOpen: boolean };
}

/** Does something, looks like a link: there are no coloured buttons here. */
export function LinkButton({ onClick, children, opens }: LinkButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      onClick={onClick}
      {...(opens && { 'aria-expanded': opens.isOpen, 'aria-controls': opens.id })}
    >
      {children}
    </button>
  );
}
