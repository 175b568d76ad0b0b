'use client';

import type { ReactNode } from 'react';
import styles from './link-button.module.css';

interface LinkButtonProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
  /** The whole of what it does, where the words alone do not say of what. */
  readonly label?: string;
  /** Of one that opens something: whether it is open, and its id. */
  readonly opens?: { readonly id: string; readonly isOpen: boolean };
}

/** Does something, looks like a link: there are no coloured buttons here. */
export function LinkButton({ onClick, children, label, opens }: LinkButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      onClick={onClick}
      {...(label !== undefined && { 'aria-label': label })}
      {...(opens && { 'aria-expanded': opens.isOpen, 'aria-controls': opens.id })}
    >
      {children}
    </button>
  );
}
