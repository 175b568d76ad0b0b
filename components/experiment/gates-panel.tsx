'use client';

/** What must still happen before a call, and about when. Not there where nothing holds one back. */
import { useTranslations } from 'use-intl';
import { Panel } from '@/components/ui/panel';
import { Said } from '@/components/ui/said';
import { useFormats } from '@/components/ui/use-formats';
import type { Reading } from '@/lib/core/live/reading';
import { toDisplay, type DisplayState } from '@/lib/core/words/display-state';
import { gatesInWords } from '@/lib/core/words/outlook-words';
import styles from './gates-panel.module.css';

const OPEN: ReadonlySet<DisplayState> = new Set([
  'collecting',
  'inconclusive',
  'withdrawn',
  'blocked',
]);

interface GatesPanelProps {
  readonly reading: Reading;
  readonly nowMs: number;
}

export function GatesPanel({ reading, nowMs }: GatesPanelProps) {
  const t = useTranslations('outlook');
  const formats = useFormats();
  const { outlook } = reading;
  const { state, rest } = toDisplay(reading, nowMs);
  if (outlook === null || rest !== null || !OPEN.has(state)) return null;
  const gates = gatesInWords(outlook, reading, formats, nowMs);
  if (gates.length === 0) return null;
  return (
    <Panel title={t('title')} subtitle={t('about')}>
      <ul className={styles.gates}>
        {gates.map((gate) => (
          <li key={gate.key} className={styles.gate}>
            <span>
              <Said phrase={gate.what} />
            </span>
            <span className={styles.when}>{gate.when && <Said phrase={gate.when} />}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
