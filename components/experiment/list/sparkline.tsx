import {
  SPARK_HEIGHT,
  SPARK_WIDTH,
  type SparklinePicture,
} from '@/components/experiment/list/to-sparkline';
import styles from './sparkline.module.css';

/** Lift over time in one neutral ink: colour belongs to verdicts. Beyond the scale it fades. */
export function Sparkline({
  picture,
  label,
}: {
  readonly picture: SparklinePicture;
  readonly label: string;
}) {
  const { zeroY, callX, end } = picture;
  return (
    <svg
      className={styles.spark}
      width={SPARK_WIDTH}
      height={SPARK_HEIGHT}
      viewBox={`0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path className={styles.band} d={picture.band} />
      <path className={styles.zero} d={`M0 ${zeroY}H${SPARK_WIDTH}`} />
      <path className={styles.line} d={picture.line} />
      {callX !== null && <path className={styles.call} d={`M${callX} ${zeroY - 5}v10`} />}
      <circle className={styles.end} cx={end.x} cy={end.y} r="2.5" />
    </svg>
  );
}
