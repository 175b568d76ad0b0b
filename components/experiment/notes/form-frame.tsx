'use client';

import { useEffect } from 'react';
import type { FormEvent, ReactNode, RefObject } from 'react';
import { useTranslations } from 'use-intl';
import type { FormFault } from '@/components/experiment/notes/use-form';
import styles from './notes.module.css';

interface FormFrameProps {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly label: string;
  /** Fields that say themselves what is wrong with them. */
  readonly fields: readonly string[];
  readonly fault: FormFault | null;
  readonly isSending: boolean;
  readonly onSubmit: (event: FormEvent) => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** A form in the panel: focus goes into it when it opens, Escape leaves it. */
export function FormFrame(props: FormFrameProps) {
  const { form, label, fields, fault, isSending, onSubmit, onCancel, children } = props;
  const t = useTranslations('notes');
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('textarea, select, input')?.focus();
  }, [form]);
  const isElsewhere = fault !== null && !fields.includes(fault.field);
  return (
    <form
      ref={form}
      className={styles.form}
      aria-label={label}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      {children}
      <p className={styles.fault} role="alert">
        {isElsewhere && t(`fault.${fault.fault}`, { detail: fault.detail })}
      </p>
      <div className={styles.buttons}>
        <button type="submit" className={styles.button} aria-disabled={isSending}>
          {t(isSending ? 'form.saving' : 'form.save')}
        </button>
        <button type="button" className={styles.button} onClick={onCancel}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  );
}
