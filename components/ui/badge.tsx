/** Shape and word in one colour, without a box. */
import type { ReactNode } from 'react';
import { Shape, type ShapeName } from '@/components/ui/shape';
import styles from './badge.module.css';

interface BadgeProps {
  readonly shape: ShapeName;
  readonly tone: 'win' | 'harm' | 'warn' | 'quiet';
  /** Where the word has another tone than the shape. */
  readonly wordTone?: 'win' | 'harm' | 'warn' | 'quiet' | undefined;
  readonly size?: number;
  readonly progress?: number;
  readonly children: ReactNode;
}

export function Badge({
  shape,
  tone,
  wordTone = tone,
  size = 16,
  progress = 0,
  children,
}: BadgeProps) {
  return (
    <span className={`${styles.badge} ${styles[wordTone]}`}>
      <Shape name={shape} tone={tone} size={size} progress={progress} />
      <span>{children}</span>
    </span>
  );
}
