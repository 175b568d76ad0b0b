'use client';

/** The proof in figures: every variation with its counts, interval, the platform's figure and our reading. */
import { useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { EmptyTimePanel, launchOf } from '@/components/experiment/time-panel';
import { toNote, useChartWords } from '@/components/experiment/chart-words';
import type { ChartWords } from '@/components/experiment/chart-words';
import { isolated } from '@/components/experiment/lift-words';
import { toVariations } from '@/components/experiment/variations-rows';
import { VariationsTable } from '@/components/experiment/variations-table';
import { FiguresExplained } from '@/components/experiment/figures-explained';
import { LinkButton } from '@/components/ui/link-button';
import frame from '@/components/charts/chart-frame.module.css';
import { Panel } from '@/components/ui/panel';
import { Said } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import styles from '@/components/experiment/variations-panel.module.css';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { countedSinceMs } from '@/lib/core/words/counted-since';
import { planInWords } from '@/lib/core/words/plan-words';
import type { Reading } from '@/lib/core/live/reading';

interface VariationsPanelProps {
  readonly reading: Reading;
  readonly nowMs: number;
  readonly timeZone: string;
}

export function VariationsPanel({ reading, nowMs, timeZone }: VariationsPanelProps) {
  const { analysis } = reading;
  const words = useChartWords(reading, launchOf(reading, undefined), timeZone);
  if (analysis === null)
    return (
      <EmptyTimePanel
        title={words.t('variations.title')}
        words={words}
        empty={{ kind: reading.experiment.status === 'draft' ? 'draft' : 'waiting' }}
        reading={reading}
      />
    );
  return (
    <Variations
      reading={reading}
      analysis={analysis}
      words={words}
      note={toNote(words, reading, nowMs)}
    />
  );
}

interface VariationsProps {
  readonly reading: Reading;
  readonly analysis: Analysis;
  readonly words: ChartWords;
  readonly note: string | null;
}

function Variations({ reading, analysis, words, note }: VariationsProps) {
  const { t } = words;
  const explain = useTranslations('explain');
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const model = useMemo(() => toVariations(analysis, words), [analysis, words]);
  const formats = useFormats();
  const plan = planInWords(reading, formats, analysis.asOfMs);
  const caption = captionOf(reading, analysis, words);
  return (
    <div className={frame.frame}>
      <Panel
        title={t('variations.title')}
        subtitle={t.rich('variations.caption', { ...isolated, ...caption })}
        aside={
          <LinkButton onClick={() => setOpen(!isOpen)} opens={{ id, isOpen }}>
            {explain(isOpen ? 'hide' : 'show')}
          </LinkButton>
        }
        caption={note}
      >
        <VariationsTable
          model={model}
          words={words}
          level={analysis.confidenceLevel}
          label={t('variations.table', { ...caption, title: t('variations.title') })}
        />
        <div className={styles.foot}>
          <p>{t('variations.foot', { comparisons: model.comparisons })}</p>
          {plan && (
            <p>
              <Said phrase={plan.planned} />
            </p>
          )}
          {plan?.refused && (
            <p className={styles.refused}>
              <Said phrase={plan.refused} />
            </p>
          )}
        </div>
        <FiguresExplained id={id} isOpen={isOpen} analysis={analysis} words={words} />
      </Panel>
    </div>
  );
}

/** Unit and period, named where the figures stand: "Insurance subscription, people, 28 Apr to now (UTC)". */
function captionOf(reading: Reading, analysis: Analysis, { t, figures }: ChartWords) {
  const { startedAtMs, endedAtMs, status, goals } = reading.experiment;
  const isOver = status === 'stopped' || status === 'paused';
  const beginMs = countedSinceMs(reading) ?? startedAtMs;
  const from = beginMs === null ? null : figures.date(beginMs);
  const toThen = (from: string) =>
    t('variations.toThen', { from, to: figures.date(endedAtMs ?? analysis.asOfMs) });
  const period =
    from === null
      ? t('variations.noPeriod')
      : isOver
        ? toThen(from)
        : t('variations.toNow', { from });
  return {
    goal: goals.find(({ id }) => id === analysis.goalId)?.name ?? t('variations.mainGoal'),
    unit: analysis.unit === 'first-visits' ? 'firstVisits' : analysis.unit,
    better: analysis.method.better,
    period,
    zone: figures.timeZone,
  };
}
