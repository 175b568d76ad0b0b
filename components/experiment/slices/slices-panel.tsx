'use client';

/** Cuts of the experiment that somebody asks for. What is in it is loaded when it is opened. */
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { toNote, useChartWords } from '@/components/experiment/chart-words';
import { readSearch } from '@/components/experiment/slices/slice-draft';
import { launchOf } from '@/components/experiment/time-panel';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import type { Reading } from '@/lib/core/live/reading';

const SliceDesk = dynamic(() => import('./slice-desk').then((module) => module.SliceDesk));

interface SlicesPanelProps {
  readonly reading: Reading;
  readonly nowMs: number;
  readonly timeZone: string;
}

export function SlicesPanel({ reading, nowMs, timeZone }: SlicesPanelProps) {
  const t = useTranslations('slices');
  const search = readSearch(new URLSearchParams(useSearchParams()));
  // A link to a closer look opens it.
  const [isOpen, setOpen] = useState(search !== '');
  const id = useId();
  const words = useChartWords(reading, launchOf(reading, undefined), timeZone);
  if (reading.analysis === null) return null;
  return (
    <Panel
      title={t('title')}
      subtitle={t('about')}
      aside={
        <LinkButton onClick={() => setOpen(!isOpen)} opens={{ id, isOpen }}>
          {t(isOpen ? 'hide' : 'show')}
        </LinkButton>
      }
      caption={isOpen ? toNote(words, reading, nowMs) : null}
    >
      <div id={id}>
        {isOpen && <SliceDesk reading={reading} nowMs={nowMs} words={words} search={search} />}
      </div>
    </Panel>
  );
}
