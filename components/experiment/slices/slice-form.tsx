'use client';

import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { SliceDraft } from '@/components/experiment/slices/slice-draft';
import { toDraft, toSearch } from '@/components/experiment/slices/slice-draft';
import styles from '@/components/experiment/slices/slices.module.css';
import { ChipSelect } from '@/components/ui/chip-select';
import { LinkButton } from '@/components/ui/link-button';
import type { SliceField } from '@/lib/core/experiment/slicing';

interface SliceFormProps {
  /** What the address asks for; a form with another one begins anew. */
  readonly search: string;
  readonly isAsking: boolean;
  readonly onAsk: (search: string) => void;
}

/** Nothing is asked before the button is pressed: a report costs budget. */
export function SliceForm({ search, isAsking, onAsk }: SliceFormProps) {
  const t = useTranslations('slices');
  const errorId = useId();
  const [draft, setDraft] = useState<SliceDraft>(() => toDraft(new URLSearchParams(search)));
  const [wrong, setWrong] = useState<SliceField | null>(null);
  const change = (part: Partial<SliceDraft>): void => {
    setDraft({ ...draft, ...part });
    setWrong(null);
  };
  const cuts = [
    { value: '', label: t('cut.none') },
    { value: 'device', label: t('cut.device') },
    { value: 'browser', label: t('cut.browser') },
    { value: 'country', label: t('cut.country') },
    { value: 'new-visitors', label: t('cut.newVisitors') },
    { value: 'custom', label: t('cut.custom') },
  ];
  const units = [
    { value: 'visitors', label: t('units.visitors') },
    { value: 'visits', label: t('units.visits') },
  ];
  const day = (label: string, name: 'from' | 'to' | 'outFrom' | 'outTo', field: SliceField) => (
    <Day
      label={label}
      value={draft[name]}
      onChange={(value) => change({ [name]: value })}
      errorId={wrong === field ? errorId : undefined}
    />
  );
  const result = toSearch(draft);
  const isAsked = result.ok && result.search === search && search !== '';
  return (
    <form
      className={styles.form}
      aria-label={t('form')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!result.ok) setWrong(result.field);
        else onAsk(result.search);
      }}
    >
      <ChipSelect
        label={t('by')}
        value={draft.by}
        options={cuts}
        isChanged={draft.by !== ''}
        onChange={(by) => change({ by })}
      />
      {draft.by === 'custom' && (
        <label className={styles.field}>
          <span>{t('index')}</span>
          <input
            className={styles.index}
            inputMode="numeric"
            value={draft.index}
            onChange={(event) => change({ index: event.target.value })}
            aria-invalid={wrong === 'by'}
            {...(wrong === 'by' && { 'aria-describedby': errorId })}
          />
        </label>
      )}
      <ChipSelect
        label={t('unit')}
        value={draft.unit}
        options={units}
        isChanged={draft.unit !== 'visitors'}
        onChange={(unit) => change({ unit })}
      />
      <span className={styles.pair}>
        {day(t('from'), 'from', 'from')}
        {day(t('to'), 'to', 'to')}
      </span>
      <span className={styles.pair}>
        {day(t('outFrom'), 'outFrom', 'out')}
        {day(t('outTo'), 'outTo', 'out')}
      </span>
      <span className={styles.pair}>
        <button className={styles.ask} type="submit" disabled={isAsking}>
          {t(isAsked ? 'anew' : 'ask')}
        </button>
        {search !== '' && <LinkButton onClick={() => onAsk('')}>{t('reset')}</LinkButton>}
      </span>
      {wrong !== null && (
        <p className={styles.wrong} id={errorId} role="alert">
          {t(`wrong.${wrong === 'unit' ? 'by' : wrong}`)}
        </p>
      )}
    </form>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Of the sentence that says what is wrong with it. */
  readonly errorId: string | undefined;
}

function Day({ label, value, onChange, errorId }: DayProps) {
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={errorId !== undefined}
        {...(errorId !== undefined && { 'aria-describedby': errorId })}
      />
    </label>
  );
}
