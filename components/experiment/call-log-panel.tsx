'use client';

/** The record of calls under the table: closed until somebody asks, and nothing in it is ever erased. */
import { useTranslations } from 'use-intl';
import { SeeThen } from '@/components/experiment/time-machine/see-then';
import { FoldPanel } from '@/components/ui/fold-panel';
import { Said } from '@/components/ui/said';
import type { CallLog, LogEntry } from '@/lib/core/words/call-log';
import styles from './call-log-panel.module.css';

interface CallLogPanelProps {
  readonly log: CallLog;
  /** The address of the page as it was at a moment. */
  readonly addressOf: (atMs: number) => string;
}

export function CallLogPanel({ log, addressOf }: CallLogPanelProps) {
  const t = useTranslations('record');
  return (
    <FoldPanel
      title={t('title')}
      subtitle={t('about', { calls: log.calls, withdrawn: log.withdrawn })}
      show={t('show')}
      hide={t('hide')}
    >
      <ol className={styles.entries}>
        {log.entries.map((entry) => (
          <Entry key={entry.key} entry={entry} address={addressOf(entry.atMs)} />
        ))}
      </ol>
    </FoldPanel>
  );
}

function Entry({ entry, address }: { readonly entry: LogEntry; readonly address: string }) {
  const t = useTranslations('record');
  return (
    <li className={styles.entry}>
      <p className={styles.moment}>
        {entry.moment}
        {entry.day && (
          <span className={styles.day}>
            {' '}
            <Said phrase={entry.day} />
          </span>
        )}
      </p>
      <div className={styles.what}>
        <p>
          {entry.isStruck ? (
            <>
              <s className={styles.struck}>
                <Said phrase={entry.said} />
              </s>{' '}
              <span className={styles.day}>{t('struck')}</span>
            </>
          ) : (
            <Said phrase={entry.said} />
          )}
        </p>
        {entry.why && (
          <p className={styles.why}>
            <Said phrase={entry.why} />
          </p>
        )}
        <p className={styles.figures}>
          {entry.lift && (
            <span>
              <Said phrase={entry.lift} />
            </span>
          )}
          {entry.counts && (
            <span>
              <Said phrase={entry.counts} />
            </span>
          )}
        </p>
        <SeeThen address={address} moment={entry.moment} />
      </div>
    </li>
  );
}
