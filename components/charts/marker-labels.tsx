import { toMarkerLabels } from '@/components/charts/markers';
import type { PlotMarker } from '@/components/charts/markers';
import type { PlotScale } from '@/components/charts/scale';
import styles from '@/components/charts/time-plot.module.css';

interface MarkerLabelsProps {
  readonly markers: readonly PlotMarker[];
  readonly scale: PlotScale;
  readonly isNarrow: boolean;
}

/** The words above the markers' lines. */
export function MarkerLabels({ markers, scale, isNarrow }: MarkerLabelsProps) {
  const room = isNarrow ? [-40, scale.width + 8] : [-60, scale.width + 140];
  const shown = isNarrow
    ? markers.map((marker) => ({
        ...marker,
        title: marker.shortTitle,
        detail: marker.shortDetail,
      }))
    : markers;
  return toMarkerLabels(shown, scale.toX, [room[0] ?? 0, room[1] ?? scale.width]).map((label) => (
    <div
      key={label.key}
      className={styles.markerLabel}
      style={{ left: label.x - label.width / 2, width: label.width }}
    >
      <div className={styles.markerTitle}>{label.title}</div>
      <div className={styles.markerDetail}>{label.details.join(' · ')}</div>
    </div>
  ));
}
