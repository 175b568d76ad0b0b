'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { FormField } from '@/components/experiment/notes/form-field';
import { FormFrame } from '@/components/experiment/notes/form-frame';
import { lastName, rememberName } from '@/components/experiment/notes/last-name';
import { useForm } from '@/components/experiment/notes/use-form';
import type { Variation } from '@/lib/core/experiment/experiment';
import type { DecisionInput, DecisionKind, DecisionRecord } from '@/lib/core/notes/note';
import { DECISIONS, MAX_TEXT } from '@/lib/core/notes/note';
import { parseDecision } from '@/lib/core/notes/parse-notes';

interface DecisionFormProps {
  /** null: a new one. */
  readonly decision: DecisionRecord | null;
  readonly variations: readonly Variation[];
  readonly onSave: (input: DecisionInput) => Promise<void>;
  readonly onCancel: () => void;
}

const FIELDS = ['what', 'variationId', 'why', 'who'];

/** Nothing is chosen beforehand: the figures do not decide for people. */
export default function DecisionForm({
  decision,
  variations,
  onSave,
  onCancel,
}: DecisionFormProps) {
  const t = useTranslations('notes.form');
  const kinds = useTranslations('notes.decided');
  const [what, setWhat] = useState<DecisionKind | ''>(decision?.what ?? '');
  const [variationId, setVariation] = useState<string>(decision?.variationId ?? '');
  const [why, setWhy] = useState(decision?.why ?? '');
  const [who, setWho] = useState(() => decision?.who ?? lastName());
  const { form, fault, isSending, submit } = useForm(
    () =>
      parseDecision(
        { who, what, variationId, why },
        variations.map(({ id }) => id),
      ),
    async (input: DecisionInput) => {
      await onSave(input);
      rememberName(input.who);
    },
  );
  return (
    <FormFrame
      {...{ form, fault, isSending, onCancel }}
      label={t('decision')}
      fields={FIELDS}
      onSubmit={submit}
    >
      <FormField name="what" label={t('what')} fault={fault}>
        {(control) => (
          <select
            {...control}
            value={what}
            onChange={(event) =>
              setWhat(DECISIONS.find((kind) => kind === event.target.value) ?? '')
            }
          >
            <option value="" />
            {DECISIONS.map((kind) => (
              <option key={kind} value={kind}>
                {kind === 'ship' ? t('shipOption') : kinds(kind)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {what === 'ship' && (
        <FormField name="variationId" label={t('which')} fault={fault}>
          {(control) => (
            <select
              {...control}
              value={variationId}
              onChange={(event) => setVariation(event.target.value)}
            >
              <option value="" />
              {variations.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FormField>
      )}
      <FormField
        name="why"
        label={t('why')}
        hint={t('textHint', { left: Math.max(0, MAX_TEXT - [...why].length) })}
        fault={fault}
      >
        {(control) => (
          <textarea
            {...control}
            rows={3}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
          />
        )}
      </FormField>
      <FormField name="who" label={t('who')} fault={fault}>
        {(control) => (
          <input
            {...control}
            autoComplete="name"
            value={who}
            onChange={(event) => setWho(event.target.value)}
          />
        )}
      </FormField>
    </FormFrame>
  );
}
