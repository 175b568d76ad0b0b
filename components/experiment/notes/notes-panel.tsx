'use client';

/** What people add to the figures, beside the log of what the machine called: notes at a moment, and decisions. */
import dynamic from 'next/dynamic';
import { useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { NotesEntryRow } from '@/components/experiment/notes/notes-entry-row';
import type { NotesEntry } from '@/components/experiment/notes/to-entries';
import { toEntries } from '@/components/experiment/notes/to-entries';
import { SeeThen } from '@/components/experiment/time-machine/see-then';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import { useFormats } from '@/components/ui/use-formats';
import { useNoteChanges } from '@/lib/client/use-notes';
import type { Reading } from '@/lib/core/live/reading';
import type { NotesBody } from '@/lib/core/notes/note';
import styles from './notes.module.css';

const NoteForm = dynamic(() => import('@/components/experiment/notes/note-form'), { ssr: false });
const DecisionForm = dynamic(() => import('@/components/experiment/notes/decision-form'), {
  ssr: false,
});

interface NotesPanelProps {
  readonly reading: Reading;
  readonly notes: NotesBody | undefined;
  readonly nowMs: number;
  /** The moment shown: what a new note is about. */
  readonly shownMs: number;
  /** The address of the page as it was at a moment. */
  readonly addressOf: (atMs: number) => string;
}

/** What is being written: something new of a kind, or an entry anew. */
type Open = { readonly kind: 'notes' | 'decisions'; readonly entry: NotesEntry | null } | null;

export function NotesPanel({ reading, notes, nowMs, shownMs, addressOf }: NotesPanelProps) {
  const t = useTranslations('notes');
  const formats = useFormats();
  const [open, setOpen] = useState<Open>(null);
  const { experiment } = reading;
  const changes = useNoteChanges(experiment.id);
  const entries = toEntries(notes ?? NOTHING, reading, formats, nowMs);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);

  /** Focus goes back to what opened the form, or to where it would stand. */
  const close = (from: Open): void => {
    setOpen(null);
    const opener = from?.entry ? `[data-edit="${from.entry.id}"]` : `[data-add="${from?.kind}"]`;
    requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>(`${opener} button`)?.focus(),
    );
  };

  const form = open && (
    <div id={id}>
      {open.kind === 'notes' ? (
        <NoteForm
          key={open.entry?.id ?? 'new note'}
          note={open.entry?.kind === 'notes' ? open.entry.of : null}
          atMs={shownMs}
          nowMs={nowMs}
          timeZone={formats.timeZone}
          onCancel={() => close(open)}
          onSave={(input) =>
            (open.entry
              ? changes.edit('notes', open.entry.id, input)
              : changes.add('notes', input)
            ).then(() => close(open))
          }
        />
      ) : (
        <DecisionForm
          key={open.entry?.id ?? 'new decision'}
          decision={open.entry?.kind === 'decisions' ? open.entry.of : null}
          variations={experiment.variations}
          onCancel={() => close(open)}
          onSave={(input) =>
            (open.entry
              ? changes.edit('decisions', open.entry.id, input)
              : changes.add('decisions', input)
            ).then(() => close(open))
          }
        />
      )}
    </div>
  );
  const isNew = open !== null && open.entry === null;

  const add = (kind: 'notes' | 'decisions', words: string) => (
    <span data-add={kind}>
      <LinkButton
        opens={{ id, isOpen: isNew && open.kind === kind }}
        onClick={() => setOpen({ kind, entry: null })}
      >
        {words}
      </LinkButton>
    </span>
  );

  return (
    <div ref={root}>
      <Panel
        title={t('title')}
        subtitle={t('about', { n: entries.length })}
        aside={
          <span className={styles.adds}>
            {add('notes', t('addNote'))}
            {add('decisions', t('addDecision'))}
          </span>
        }
      >
        {isNew && form}
        {entries.length === 0 && !isNew && <p className={styles.empty}>{t('empty')}</p>}
        <ol className={styles.entries}>
          {entries.map((entry) => (
            <NotesEntryRow
              key={entry.id}
              entry={entry}
              then={<SeeThen address={addressOf(entry.atMs)} moment={entry.moment} />}
              form={open?.entry?.id === entry.id ? form : null}
              onEdit={() => setOpen({ kind: entry.kind, entry })}
              onRemove={() => changes.remove(entry.kind, entry.id)}
            />
          ))}
        </ol>
      </Panel>
    </div>
  );
}

const NOTHING = { notes: [], decisions: [] };
