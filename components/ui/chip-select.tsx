'use client';

/** A dial: label and value in a chip, and the platform's own menu behind it, so that keys and touch work as ever. */
import { useId } from 'react';
import styles from './chip-select.module.css';

export interface ChipOption {
  readonly value: string;
  readonly label: string;
}

interface ChipSelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly ChipOption[];
  readonly isChanged?: boolean;
  readonly onChange: (value: string) => void;
}

export function ChipSelect({ label, value, options, isChanged, onChange }: ChipSelectProps) {
  const id = useId();
  return (
    <span className={`${styles.chip} ${isChanged ? styles.changed : ''}`}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        className={styles.select}
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <svg className={styles.arrow} width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
        <path d="M1 2.5L4 5.5L7 2.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
    </span>
  );
}
