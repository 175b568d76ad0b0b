'use client';

/** "Take away": what is on screen as files, a picture, paper or a sentence. Quiet, at the end of the dials. */
import { useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useChartWords } from '@/components/experiment/chart-words';
import type { FileKind, TakeAwayInput } from '@/components/experiment/take-away/take-away-actions';
import { launchOf } from '@/components/experiment/time-panel';
import { printPage } from '@/components/ui/printing';
import { usePlainWords } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import { useLeave } from '@/components/ui/use-leave';
import type { Curve, Reading } from '@/lib/core/live/reading';
import styles from './take-away-menu.module.css';

interface TakeAwayMenuProps {
  readonly reading: Reading;
  readonly curve: Curve | undefined;
  readonly nowMs: number;
  readonly notes?: TakeAwayInput['notes'];
}

const FILES: readonly FileKind[] = ['figures', 'curve', 'json', 'picture'];
const actions = () => import('@/components/experiment/take-away/take-away-actions');

export function TakeAwayMenu({ reading, curve, nowMs, notes }: TakeAwayMenuProps) {
  const t = useTranslations('takeAway');
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const formats = useFormats();
  const plain = usePlainWords();
  const { timeZone } = formats;
  const words = useChartWords(reading, launchOf(reading, curve), timeZone);
  const toInput = (): TakeAwayInput => ({
    ...{ reading, curve, nowMs, timeZone, words, formats, plain, notes },
    address: window.location.href,
  });
  const close = (): void => {
    setOpen(false);
    setSaid('');
  };
  useLeave(root, isOpen, close, opener);

  const save = (kind: FileKind): void =>
    void actions()
      .then(({ saveAs }) => saveAs(kind, toInput()))
      .then(
        (file) => setSaid(t('saved', { file })),
        () => setSaid(t('failed')),
      );

  const copy = async (): Promise<void> => {
    const sentence = (await actions()).sentenceOf(toInput());
    await navigator.clipboard.writeText(sentence).then(
      () => setSaid(t('copied', { sentence })),
      () => setSaid(t('copyFailed', { sentence })),
    );
  };

  return (
    <div className={styles.root} ref={root}>
      <button
        type="button"
        ref={opener}
        className={styles.opener}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => (isOpen ? close() : setOpen(true))}
      >
        {t('open')}
      </button>
      {isOpen && (
        <div className={styles.menu} id={id} role="group" aria-label={t('label')}>
          <ul className={styles.items}>
            {FILES.map((kind) => (
              <li key={kind}>
                <button type="button" className={styles.item} onClick={() => save(kind)}>
                  {t(kind)}
                </button>
              </li>
            ))}
            <li>
              <button
                type="button"
                className={styles.item}
                onClick={() => {
                  close();
                  void printPage();
                }}
              >
                {t('print')}
              </button>
            </li>
            <li>
              <button type="button" className={styles.item} onClick={() => void copy()}>
                {t('sentence')}
              </button>
            </li>
          </ul>
          <output className={styles.said}>{said}</output>
        </div>
      )}
    </div>
  );
}
