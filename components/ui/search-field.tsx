'use client';

import { useId } from 'react';
import styles from './search-field.module.css';

interface SearchFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** What is typed takes effect at once; there is nothing to press. */
export function SearchField({ label, hint, value, onChange }: SearchFieldProps) {
  const id = useId();
  return (
    <span className={styles.field}>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <input
        className={styles.input}
        id={id}
        type="search"
        placeholder={hint}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
