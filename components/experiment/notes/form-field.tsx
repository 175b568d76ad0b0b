import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { FormFault } from '@/components/experiment/notes/use-form';
import styles from './notes.module.css';

interface FormFieldProps {
  /** As the body of the request names it. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly fault: FormFault | null;
  readonly children: (control: ControlProps) => ReactNode;
}

export interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly className: string | undefined;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

/** A label, its control, and under it what is wrong with what was typed. */
export function FormField({ name, label, hint, fault, children }: FormFieldProps) {
  const t = useTranslations('notes.fault');
  const id = useId();
  const own = fault?.field === name ? fault : null;
  const control = {
    id,
    name,
    className: styles.control,
    'aria-invalid': own !== null,
    'aria-describedby': `${id}-more`,
  };
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children(control)}
      <p className={own === null ? styles.hint : styles.fault} id={`${id}-more`}>
        {own === null ? hint : t(own.fault, { detail: own.detail })}
      </p>
    </div>
  );
}
