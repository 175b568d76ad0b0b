'use client';

/** Whether the data can be trusted, before any verdict; the checks open behind the link. */
import { Comma } from '@/components/ui/comma';
import { Disclosure } from '@/components/ui/disclosure';
import { Said } from '@/components/ui/said';
import { Shape, type ShapeName, type ShapeTone } from '@/components/ui/shape';
import type { CheckState } from '@/lib/core/analysis/analysis';
import type { HealthLine as Line } from '@/lib/core/words/health-line';
import { say } from '@/lib/core/words/say';
import styles from './health-line.module.css';

interface Look {
  readonly shape: ShapeName;
  readonly tone: ShapeTone;
}

const LINE_LOOK: Readonly<Record<Line['state'], Look>> = {
  healthy: { shape: 'check', tone: 'win' },
  unhealthy: { shape: 'octagon', tone: 'warn' },
  checking: { shape: 'ring', tone: 'quiet' },
};

const CHECK_LOOK: Readonly<Record<CheckState, Look>> = {
  passed: { shape: 'check', tone: 'win' },
  failed: { shape: 'octagon', tone: 'warn' },
  checking: { shape: 'ring', tone: 'quiet' },
  'not-applicable': { shape: 'circle-bar', tone: 'quiet' },
};

export function HealthLine({ line }: { readonly line: Line }) {
  const { shape, tone } = LINE_LOOK[line.state];
  const words = (
    <p className={styles.line}>
      <Shape name={shape} tone={tone} size={16} />
      <strong className={styles.word}>
        <Said phrase={line.word} />
      </strong>
      <span className={styles.parts}>
        {line.parts.map((part) => (
          <span className={styles.part} key={part.key}>
            <Comma />
            <Said phrase={part} />
          </span>
        ))}
      </span>
    </p>
  );
  if (line.checks.length === 0) return <div className={styles.health}>{words}</div>;
  return (
    <div className={styles.health}>
      <Disclosure
        line={words}
        link={<Said phrase={say('health.checks', { n: line.checks.length })} />}
      >
        <ul className={styles.checks}>
          {line.checks.map((check) => (
            <li className={styles.check} key={check.id}>
              <Shape name={CHECK_LOOK[check.state].shape} tone={CHECK_LOOK[check.state].tone} />
              <strong className={styles.name}>
                <Said phrase={check.name} />
              </strong>
              <span className={styles.state}>
                <Said phrase={check.stateWord} />
              </span>
              <span className={styles.detail}>
                <Said phrase={check.detail} />
              </span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
