/** Shapes of verdicts and checks. Each differs in outline, so that a page reads the same in grey. */
import type { ReactNode } from 'react';
import styles from './shape.module.css';

export type ShapeName =
  | 'up'
  | 'two-up'
  | 'down'
  | 'up-struck'
  | 'two-up-struck'
  | 'down-struck'
  | 'bars'
  | 'ring'
  | 'diamond'
  | 'diamond-struck'
  | 'octagon'
  | 'circle-bar'
  | 'pause'
  | 'square'
  | 'dashed-square'
  | 'check';

export type ShapeTone = 'win' | 'harm' | 'warn' | 'quiet' | 'ink';

interface ShapeProps {
  readonly name: ShapeName;
  readonly tone?: ShapeTone;
  readonly size?: number;
  /** Of a ring, 0 to 1. */
  readonly progress?: number;
}

const LINE = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 } as const;

/** Drawn in a box of 18. */
const PICTURES: Readonly<Record<Exclude<ShapeName, 'ring'>, ReactNode>> = {
  up: <path d="M9 2.5L17 15.5H1Z" fill="currentColor" />,
  down: <path d="M9 15.5L1 2.5H17Z" fill="currentColor" />,
  'two-up': <path d="M4.7 4L9 15H0.4ZM13.3 4L17.6 15H9Z" fill="currentColor" />,
  // Struck through its base: a gap on both sides of the stroke, so that it shows on any ground.
  'up-struck': (
    <Struck d="M9 2.5L12.8 8.7L2.6 15.5H1ZM14.8 11.9L17 15.5H9.4Z" stroke="M3 17.5L15 9.5" />
  ),
  'down-struck': (
    <Struck d="M3.2 6.1L1 2.5H8.6ZM9 15.5L5.2 9.3L15.4 2.5H17Z" stroke="M3 8.5L15 0.5" />
  ),
  'two-up-struck': (
    <Struck
      d="M4.7 4L7.8 12L2.6 15H0.4ZM13.3 4L14.9 8L10.8 10.3ZM16 11L17.6 15H9.1Z"
      stroke="M2 17.2L16 9.2"
    />
  ),
  bars: <path d="M2 5.2H16V7.6H2ZM2 10.6H16V13H2Z" fill="currentColor" />,
  diamond: <path d="M9 2L16 9L9 16L2 9Z" {...LINE} strokeWidth={1.75} />,
  'diamond-struck': <path d="M9 2L16 9L9 16L2 9ZM3.5 14.5L14.5 3.5" {...LINE} strokeWidth={1.75} />,
  octagon: (
    <path
      d="M5.7 1H12.3L17 5.7V12.3L12.3 17H5.7L1 12.3V5.7ZM8 4.5V10.2H10V4.5ZM8 11.6V13.6H10V11.6Z"
      fill="currentColor"
      fillRule="evenodd"
    />
  ),
  'circle-bar': (
    <>
      <circle cx="9" cy="9" r="7" {...LINE} />
      <path d="M5 9H13" {...LINE} />
    </>
  ),
  pause: <path d="M4.5 3H7.5V15H4.5ZM10.5 3H13.5V15H10.5Z" fill="currentColor" />,
  square: <path d="M3.5 3.5H14.5V14.5H3.5Z" fill="currentColor" />,
  'dashed-square': (
    <rect x="3" y="3" width="12" height="12" {...LINE} strokeDasharray="3 2.2" strokeWidth={1.75} />
  ),
  check: <path d="M2.5 9.5L7 14L15.5 4.5" {...LINE} strokeWidth={2.25} />,
};

function Struck({ d, stroke }: { readonly d: string; readonly stroke: string }) {
  return (
    <>
      <path d={d} fill="currentColor" />
      <path d={stroke} {...LINE} strokeWidth={1.75} />
    </>
  );
}

export function Shape({ name, tone = 'ink', size = 18, progress = 0 }: ShapeProps) {
  return (
    <svg
      className={`${styles.shape} ${styles[tone]}`}
      width={size}
      height={size}
      viewBox="0 0 18 18"
      aria-hidden="true"
      focusable="false"
    >
      {name === 'ring' ? <Ring share={progress} /> : PICTURES[name]}
    </svg>
  );
}

/** Radius 7: `pathLength` makes the dash a share of the whole turn. */
export function Ring({ share }: { readonly share: number }) {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <>
      <circle className={styles.track} cx="9" cy="9" r="7" {...LINE} strokeWidth={2.5} />
      {filled > 0 && (
        <circle
          cx="9"
          cy="9"
          r="7"
          {...LINE}
          strokeWidth={2.5}
          pathLength="100"
          strokeDasharray={`${filled} 100`}
          transform="rotate(-90 9 9)"
        />
      )}
    </>
  );
}
