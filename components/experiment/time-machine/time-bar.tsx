'use client';

/** Says that the page is not of now, moves it through the kept looks, and leads back; live goes on meanwhile. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ShownMoment } from '@/components/experiment/time-machine/use-moment';
import { useReadingsSince } from '@/components/experiment/time-machine/use-readings-since';
import { LinkButton } from '@/components/ui/link-button';
import { useFormats } from '@/components/ui/use-formats';
import { momentsOptions } from '@/lib/client/queries';
import type { Reading } from '@/lib/core/live/reading';
import styles from './time-bar.module.css';

interface TimeBarProps {
  readonly liveKey: string;
  readonly moment: ShownMoment;
  /** What is on the page. */
  readonly shown: Reading;
  readonly live: Reading | undefined;
  readonly hasFailed: boolean;
  readonly onClose: () => void;
}

const DAY_MS = 86_400_000;
/** Moments that a hand only passes are not asked for. */
const SETTLE_MS = 150;

export function TimeBar({ liveKey, moment, shown, live, hasFailed, onClose }: TimeBarProps) {
  const t = useTranslations('time');
  const formats = useFormats();
  const id = useId();
  const { data } = useQuery(momentsOptions(liveKey, (live ?? shown).curveRevision));
  const moments = data?.moments ?? [];
  const { atMs, go } = moment;
  const [dragged, setDragged] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const since = useReadingsSince(live, atMs !== null);

  const presentMs = live?.freshness.asOfMs ?? shown.freshness.asOfMs ?? 0;
  const startedAtMs = shown.experiment.startedAtMs;
  const place = dragged ?? placeOf(moments, atMs);
  const dayOf = (ms: number) => ({
    known: startedAtMs === null ? 'no' : 'yes',
    day: startedAtMs === null ? 0 : Math.max(0, Math.floor((ms - startedAtMs) / DAY_MS)),
  });
  const nameOf = (index: number): string => {
    const at = moments[index]?.atMs;
    return at === undefined
      ? t('now')
      : t('moment', { moment: formats.moment(at, presentMs), ...dayOf(at) });
  };
  const move = (index: number): void => {
    const bounded = Math.max(0, Math.min(moments.length, index));
    setDragged(bounded);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setDragged(null);
      go(moments[bounded]?.atMs ?? null);
    }, SETTLE_MS);
  };

  const isPast = atMs !== null && !hasFailed;
  const asOfMs = shown.freshness.asOfMs ?? presentMs;
  const source = moments[placeOf(moments, atMs)]?.source;
  return (
    <section className={isPast ? `${styles.bar} ${styles.past}` : styles.bar} aria-labelledby={id}>
      <div className={styles.words}>
        <h2 className={styles.title} id={id}>
          {isPast
            ? t('asItWas', { moment: formats.moment(asOfMs, presentMs), ...dayOf(asOfMs) })
            : t('label')}
        </h2>
        {isPast && source === 'backfill' && <p>{t('readBack')}</p>}
        {hasFailed && <p>{t('noLook')}</p>}
        {isPast && live && (
          <p>{t('since', { n: since, newest: formats.near(presentMs, presentMs) })}</p>
        )}
        {!isPast && data && (
          <p>
            {moments.length === 0
              ? t('none')
              : t('pick', {
                  n: moments.length,
                  from: formats.moment(moments[0]?.atMs ?? presentMs, presentMs),
                })}
          </p>
        )}
      </div>
      <div className={styles.controls}>
        <LinkButton onClick={() => move(place - 1)}>{t('earlier')}</LinkButton>
        <input
          className={styles.slider}
          type="range"
          min={0}
          max={moments.length}
          step={1}
          value={Math.min(place, moments.length)}
          aria-label={t('slider')}
          aria-valuetext={nameOf(place)}
          onChange={(event) => move(Number(event.target.value))}
        />
        <LinkButton onClick={() => move(place + 1)}>{t('later')}</LinkButton>
        <output className={styles.place} aria-live="off">
          {nameOf(place)}
        </output>
        <span className={styles.leave}>
          <LinkButton
            onClick={() => {
              clearTimeout(timer.current);
              setDragged(null);
              if (atMs !== null) go(null);
              onClose();
            }}
          >
            {t(atMs === null ? 'close' : 'back')}
          </LinkButton>
        </span>
      </div>
    </section>
  );
}

/** Index of the last look up to a moment; one past the end is now. */
function placeOf(moments: readonly { readonly atMs: number }[], atMs: number | null): number {
  if (atMs === null) return moments.length;
  return Math.max(
    0,
    moments.findLastIndex((look) => look.atMs <= atMs),
  );
}
