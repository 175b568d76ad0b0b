'use client';

import { useEffect, useEffectEvent, useId, useRef } from 'react';
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
  const field = useRef<HTMLInputElement>(null);
  // What somebody typed before the page's scripts ran is theirs, not to be lost.
  const keepTyped = useEffectEvent(() => {
    const typed = field.current?.value ?? '';
    if (typed !== value) onChange(typed);
  });
  useEffect(() => keepTyped(), []);
  return (
    <span className={styles.field}>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <input
        className={styles.input}
        id={id}
        ref={field}
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
