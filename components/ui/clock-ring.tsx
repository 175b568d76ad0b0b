/** A ring that fills by a share. It steps with the words beside it and never spins. */
import { Ring } from '@/components/ui/shape';
import styles from './clock-ring.module.css';

export function ClockRing({
  share,
  isWarning = false,
}: {
  readonly share: number;
  readonly isWarning?: boolean;
}) {
  return (
    <svg
      className={isWarning ? styles.warning : styles.ring}
      width={16}
      height={16}
      viewBox="0 0 18 18"
      aria-hidden="true"
      focusable="false"
    >
      <Ring share={share} />
    </svg>
  );
}
