'use client';

/** Answer, proof, detail: the page of one experiment, live from the moment it is read. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { CrosshairProvider } from '@/components/charts/crosshair';
import { CallLogPanel } from '@/components/experiment/call-log-panel';
import { DecisionAnnouncer } from '@/components/experiment/decision-announcer';
import { Dials } from '@/components/experiment/dials';
import { GatesPanel } from '@/components/experiment/gates-panel';
import { HealthLine } from '@/components/experiment/health-line';
import { LiftPanel } from '@/components/experiment/lift-panel';
import { PageHead } from '@/components/experiment/page-head';
import { ReadingProblem } from '@/components/experiment/reading-problem';
import { RatePanel } from '@/components/experiment/rate-panel';
import { RevenuePanel } from '@/components/experiment/revenue-panel';
import { SecondOpinionPanel } from '@/components/experiment/second-opinion-panel';
import { VariationsPanel } from '@/components/experiment/variations-panel';
import { VerdictBand } from '@/components/experiment/verdict-band';
import { usePlainWords } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { LivePage, useNow } from '@/lib/client/live/live-page';
import { curveOptions, readingOptions } from '@/lib/client/queries';
import type { Reading } from '@/lib/core/live/reading';
import { toBand } from '@/lib/core/words/band';
import { toCallLog } from '@/lib/core/words/call-log';
import { toHealthLine } from '@/lib/core/words/health-line';
import styles from './experiment-page.module.css';

interface ExperimentPageProps {
  readonly questionKey: string;
  readonly nowMs: number;
}

export function ExperimentPage({ questionKey, nowMs }: ExperimentPageProps) {
  const { data: reading } = useQuery(readingOptions(questionKey));
  if (reading === undefined) return null;
  return (
    <LivePage key={questionKey} questionKeys={[questionKey]} nowMs={nowMs}>
      <Answer reading={reading} />
    </LivePage>
  );
}

function Answer({ reading }: { readonly reading: Reading }) {
  const formats = useFormats();
  const plain = usePlainWords();
  const t = useTranslations('page');
  const nowMs = useNow();
  const { data: curve } = useQuery(curveOptions(reading.questionKey, reading.curveRevision));
  const band = toBand(reading, nowMs, formats);
  const { timeZone } = formats;
  const log = toCallLog(reading, formats, nowMs);
  const panel = { reading, curve, nowMs, timeZone };
  return (
    <article>
      <title>
        {t(band.asked ? 'titleAsked' : 'title', {
          headline: plain(band.headlineInFull),
          asked: band.asked ? plain(band.asked) : '',
          name: reading.experiment.name,
        })}
      </title>
      <PageHead reading={reading} />
      <HealthLine line={toHealthLine(reading, formats, nowMs)} />
      <VerdictBand band={band} />
      <DecisionAnnouncer band={band} />
      <div className={styles.row}>
        <Dials reading={reading} />
        <ReadingProblem reading={reading} />
      </div>
      <CrosshairProvider>
        <div className={styles.panels}>
          <LiftPanel {...panel} />
          <VariationsPanel {...panel} />
          <GatesPanel reading={reading} nowMs={nowMs} />
          <SecondOpinionPanel reading={reading} nowMs={nowMs} />
          <RevenuePanel reading={reading} />
          {log && <CallLogPanel log={log} />}
          <RatePanel {...panel} />
        </div>
      </CrosshairProvider>
    </article>
  );
}
