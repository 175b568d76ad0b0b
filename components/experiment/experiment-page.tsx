'use client';

/** Answer, proof, detail: the page of one experiment, live from the moment it is read. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { CrosshairProvider } from '@/components/charts/crosshair';
import { CallLogPanel } from '@/components/experiment/call-log-panel';
import { DecisionAnnouncer } from '@/components/experiment/decision-announcer';
import { Dials } from '@/components/experiment/dials';
import { GatesPanel } from '@/components/experiment/gates-panel';
import { GoalsPanel } from '@/components/experiment/goals/goals-panel';
import { HealthLine } from '@/components/experiment/health-line';
import { LiftPanel } from '@/components/experiment/lift-panel';
import { NotesPanel } from '@/components/experiment/notes/notes-panel';
import { PageHead } from '@/components/experiment/page-head';
import { ReadingProblem } from '@/components/experiment/reading-problem';
import { RatePanel } from '@/components/experiment/rate-panel';
import { RevenuePanel } from '@/components/experiment/revenue-panel';
import { SecondOpinionPanel } from '@/components/experiment/second-opinion-panel';
import { PrintStamp } from '@/components/experiment/take-away/print-stamp';
import { TakeAwayMenu } from '@/components/experiment/take-away/take-away-menu';
import { SlicesPanel } from '@/components/experiment/slices/slices-panel';
import { SinceVisitLine } from '@/components/experiment/since-visit-line';
import { TimeBar } from '@/components/experiment/time-machine/time-bar';
import type { ShownMoment } from '@/components/experiment/time-machine/use-moment';
import { useMoment } from '@/components/experiment/time-machine/use-moment';
import { VariationsPanel } from '@/components/experiment/variations-panel';
import { VerdictBand } from '@/components/experiment/verdict-band';
import { LinkButton } from '@/components/ui/link-button';
import { usePlainWords } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { FrozenTime, LivePage, useNow } from '@/lib/client/live/live-page';
import { useNotes } from '@/lib/client/use-notes';
import { curveOptions, readingOptions } from '@/lib/client/queries';
import { keyAt, momentOf } from '@/lib/core/experiment/question';
import type { Reading } from '@/lib/core/live/reading';
import { notesUpTo } from '@/lib/core/notes/note';
import { toBand } from '@/lib/core/words/band';
import { toCallLog } from '@/lib/core/words/call-log';
import { toHealthLine } from '@/lib/core/words/health-line';
import styles from './experiment-page.module.css';

interface ExperimentPageProps {
  readonly questionKey: string;
  readonly nowMs: number;
}

export function ExperimentPage({ questionKey, nowMs }: ExperimentPageProps) {
  const liveKey = keyAt(questionKey, null);
  const moment = useMoment(questionKey);
  const { atMs } = moment;
  const [isLookingBack, lookBack] = useState(false);
  const { data: live } = useQuery(readingOptions(liveKey));
  const past = useQuery({
    ...readingOptions(keyAt(questionKey, atMs)),
    enabled: atMs !== null,
    placeholderData: keepPreviousData,
  });
  // Until the past is there, and where there is none, what is there stays.
  const shown = atMs === null || past.isError ? live : (past.data ?? live);
  if (shown === undefined) return null;
  const shownAtMs = momentOf(shown.questionKey) === null ? null : shown.freshness.asOfMs;
  return (
    <LivePage key={liveKey} questionKeys={[liveKey]} nowMs={nowMs}>
      {(isLookingBack || atMs !== null) && (
        <TimeBar
          {...{ liveKey, moment, shown, live }}
          hasFailed={past.isError}
          onClose={() => lookBack(false)}
        />
      )}
      <FrozenTime atMs={shownAtMs}>
        <Answer reading={shown} moment={moment} onLookBack={() => lookBack(true)} />
      </FrozenTime>
    </LivePage>
  );
}

interface AnswerProps {
  readonly reading: Reading;
  readonly moment: ShownMoment;
  readonly onLookBack: () => void;
}

function Answer({ reading, moment, onLookBack }: AnswerProps) {
  const formats = useFormats();
  const plain = usePlainWords();
  const t = useTranslations('page');
  const time = useTranslations('time');
  const nowMs = useNow();
  const { data: curve } = useQuery(curveOptions(reading.questionKey, reading.curveRevision));
  const isPast = momentOf(reading.questionKey) !== null;
  const shownMs = reading.freshness.asOfMs ?? nowMs;
  const all = useNotes(reading.experiment.id, reading.notesRevision);
  const notes = useMemo(
    () => all && (isPast ? notesUpTo(all, shownMs) : all),
    [all, isPast, shownMs],
  );
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
      {!isPast && <DecisionAnnouncer band={band} />}
      {!isPast && <SinceVisitLine key={reading.questionKey} reading={reading} nowMs={nowMs} />}
      <div className={styles.row}>
        <Dials reading={reading} />
        <ReadingProblem reading={reading} />
        {!isPast && (
          <span className={styles.back}>
            <LinkButton onClick={onLookBack}>{time('open')}</LinkButton>
          </span>
        )}
        <TakeAwayMenu reading={reading} curve={curve} nowMs={nowMs} notes={notes?.notes} />
      </div>
      <CrosshairProvider>
        <div className={styles.panels}>
          <LiftPanel {...panel} notes={notes?.notes} />
          <VariationsPanel {...panel} />
          {!isPast && <GoalsPanel reading={reading} nowMs={nowMs} timeZone={timeZone} />}
          {!isPast && <SlicesPanel reading={reading} nowMs={nowMs} timeZone={timeZone} />}
          <GatesPanel reading={reading} nowMs={nowMs} />
          <SecondOpinionPanel reading={reading} nowMs={nowMs} />
          <RevenuePanel reading={reading} />
          {log && <CallLogPanel log={log} addressOf={moment.addressOf} />}
          <NotesPanel
            reading={reading}
            notes={notes}
            nowMs={nowMs}
            shownMs={shownMs}
            addressOf={moment.addressOf}
          />
          <RatePanel {...panel} />
        </div>
      </CrosshairProvider>
      <PrintStamp reading={reading} nowMs={nowMs} />
    </article>
  );
}
