'use client';

import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { NotesEntry } from '@/components/experiment/notes/to-entries';
import { LinkButton } from '@/components/ui/link-button';
import { Said } from '@/components/ui/said';
import { say } from '@/lib/core/words/say';
import styles from './notes.module.css';

interface NotesEntryRowProps {
  readonly entry: NotesEntry;
  /** In its place while it is changed. */
  readonly form: ReactNode;
  readonly onEdit: () => void;
  readonly onRemove: () => Promise<void>;
  /** The way to the page as it was then; null where there is none. */
  readonly then: ReactNode;
}

export function NotesEntryRow({ entry, form, onEdit, onRemove, then }: NotesEntryRowProps) {
  const t = useTranslations('notes');
  const [isAsked, setAsked] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const keep = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isAsked) keep.current?.querySelector('button')?.focus();
  }, [isAsked]);
  if (form !== null) return <li className={styles.entry}>{form}</li>;
  const names = { name: entry.name, moment: entry.moment };
  return (
    <li className={styles.entry}>
      <p className={styles.moment}>
        {entry.moment}
        <span className={styles.kind}>
          {t(entry.kind === 'notes' ? 'kind.note' : 'kind.decision')}
        </span>
      </p>
      <div>
        {entry.decided && (
          <p className={styles.decided}>
            <Said phrase={entry.decided} />
          </p>
        )}
        <p className={styles.text} dir="auto">
          {entry.text}
        </p>
        <p className={styles.by}>
          <span>
            <Said phrase={say('notes.by', { name: entry.name })} />
          </span>
          {entry.edited && (
            <span>
              <Said phrase={entry.edited} />
            </span>
          )}
          {then}
        </p>
        {isAsked ? (
          <div className={styles.sure} role="group" aria-label={t('removeLabel', names)}>
            <span>{t('removeSure')}</span>
            <span ref={keep}>
              <LinkButton onClick={() => setAsked(false)}>{t('removeNo')}</LinkButton>
            </span>
            <LinkButton
              onClick={() =>
                void onRemove().catch(() => {
                  setAsked(false);
                  setFailed(true);
                })
              }
            >
              {t('removeYes')}
            </LinkButton>
          </div>
        ) : (
          <div className={styles.sure}>
            <span data-edit={entry.id}>
              <LinkButton onClick={onEdit} label={t('editLabel', names)}>
                {t('edit')}
              </LinkButton>
            </span>
            <LinkButton onClick={() => setAsked(true)} label={t('removeLabel', names)}>
              {t('remove')}
            </LinkButton>
            <span className={styles.fault} role="alert">
              {hasFailed && t('fault.refused', { detail: '' })}
            </span>
          </div>
        )}
      </div>
    </li>
  );
}
