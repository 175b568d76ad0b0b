'use client';

/** All goals by all variations. The table is loaded when somebody opens it. */
import dynamic from 'next/dynamic';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { toNote, useChartWords } from '@/components/experiment/chart-words';
import { launchOf } from '@/components/experiment/time-panel';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import type { Reading } from '@/lib/core/live/reading';

const GoalsDesk = dynamic(() => import('./goals-desk').then((module) => module.GoalsDesk));

interface GoalsPanelProps {
  readonly reading: Reading;
  readonly nowMs: number;
  readonly timeZone: string;
}

export function GoalsPanel({ reading, nowMs, timeZone }: GoalsPanelProps) {
  const t = useTranslations('goals');
  const words = useChartWords(reading, launchOf(reading, undefined), timeZone);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const n = reading.experiment.goals.length;
  if (reading.analysis === null || n < 2) return null;
  return (
    <Panel
      title={t('title')}
      subtitle={t('about')}
      aside={
        <LinkButton onClick={() => setOpen(!isOpen)} opens={{ id, isOpen }}>
          {isOpen ? t('hide') : t('show', { n })}
        </LinkButton>
      }
      caption={isOpen ? toNote(words, reading, nowMs) : null}
    >
      <div id={id}>{isOpen && <GoalsDesk reading={reading} words={words} nowMs={nowMs} />}</div>
    </Panel>
  );
}
