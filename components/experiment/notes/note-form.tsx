'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { FormField } from '@/components/experiment/notes/form-field';
import { FormFrame } from '@/components/experiment/notes/form-frame';
import { lastName, rememberName } from '@/components/experiment/notes/last-name';
import { useForm } from '@/components/experiment/notes/use-form';
import type { Note, NoteInput } from '@/lib/core/notes/note';
import { MAX_TEXT } from '@/lib/core/notes/note';
import { parseNote } from '@/lib/core/notes/parse-notes';
import { fromZonedInput, toZonedInput } from '@/lib/core/time/zoned-input';

interface NoteFormProps {
  /** null: a new one. */
  readonly note: Note | null;
  /** The moment a new one is about until somebody says otherwise. */
  readonly atMs: number;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly onSave: (input: NoteInput) => Promise<void>;
  readonly onCancel: () => void;
}

const FIELDS = ['text', 'atMs', 'author'];

export default function NoteForm({
  note,
  nowMs,
  timeZone,
  onSave,
  onCancel,
  ...rest
}: NoteFormProps) {
  const t = useTranslations('notes.form');
  const [firstMs] = useState(note?.atMs ?? rest.atMs);
  const [text, setText] = useState(note?.text ?? '');
  const [author, setAuthor] = useState(() => note?.author ?? lastName());
  const [moment, setMoment] = useState(() => toZonedInput(firstMs, timeZone));
  const { form, fault, isSending, submit } = useForm(
    () => {
      // The field knows minutes; a moment that nobody touched stays what it was.
      const isUntouched = moment === toZonedInput(firstMs, timeZone);
      const atMs = isUntouched ? Math.floor(firstMs) : fromZonedInput(moment, timeZone);
      return parseNote({ atMs, text, author }, nowMs);
    },
    async (input: NoteInput) => {
      await onSave(input);
      rememberName(input.author);
    },
  );
  return (
    <FormFrame
      {...{ form, fault, isSending, onCancel }}
      label={t('note')}
      fields={FIELDS}
      onSubmit={submit}
    >
      <FormField
        name="text"
        label={t('text')}
        hint={t('textHint', { left: Math.max(0, MAX_TEXT - [...text].length) })}
        fault={fault}
      >
        {(control) => (
          <textarea
            {...control}
            rows={3}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FormField>
      <FormField name="atMs" label={t('at', { zone: timeZone })} fault={fault}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={moment}
            max={toZonedInput(nowMs, timeZone)}
            onChange={(event) => setMoment(event.target.value)}
          />
        )}
      </FormField>
      <FormField name="author" label={t('author')} fault={fault}>
        {(control) => (
          <input
            {...control}
            autoComplete="name"
            value={author}
            onChange={(event) => setAuthor(event.target.value)}
          />
        )}
      </FormField>
    </FormFrame>
  );
}
