import styles from '@/components/charts/chart-frame.module.css';

interface EmptyPlotProps {
  readonly sentence: string;
  /** Share of what is needed, and its words; null where nothing is counted towards. */
  readonly progress: { readonly share: number; readonly label: string } | null;
}

/** In the picture's place while there is nothing to draw: a sentence, and how far it is. */
export function EmptyPlot({ sentence, progress }: EmptyPlotProps) {
  return (
    <div className={styles.empty}>
      <p>{sentence}</p>
      {progress !== null && (
        <svg
          className={styles.progress}
          height="4"
          role="progressbar"
          aria-label={progress.label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(progress.share * 100)}
        >
          <rect width="100%" height="4" rx="2" fill="var(--line)" />
          <rect width={`${progress.share * 100}%`} height="4" rx="2" fill="var(--ink-2)" />
        </svg>
      )}
    </div>
  );
}
