import { toMarkerLabels } from '@/components/charts/markers';
import type { PlotMarker } from '@/components/charts/markers';
import type { PlotScale } from '@/components/charts/scale';
import { cut } from '@/components/experiment/take-away/wrap-text';
import type { MeasureText } from '@/components/experiment/take-away/wrap-text';

interface PictureMarkersProps {
  readonly markers: readonly PlotMarker[];
  readonly scale: PlotScale;
  readonly measure: MeasureText;
}

/** Moments of calls, changes and notes: a line each, words on top, crowded ones joined as on the page. */
export function PictureMarkers({ markers, scale, measure }: PictureMarkersProps) {
  const labels = toMarkerLabels(markers, scale.toX, [-60, scale.width + 140]);
  return (
    <>
      {markers.map(({ key, kind, atMs, onZero }) => (
        <g key={key} transform={`translate(${scale.toX(atMs)} 0)`}>
          {kind === 'note' ? (
            <path d="M0 14V0h9l-2.5 3.5 2.5 3.5h-9" fill="var(--surface)" stroke="var(--ink-1)" />
          ) : (
            <line
              y1="-4"
              y2={scale.height}
              stroke="var(--ink-1)"
              {...(kind === 'change' && { strokeDasharray: '4 3' })}
            />
          )}
          {onZero === 'ring' && (
            <circle
              cy={scale.toY(0)}
              r="4.5"
              fill="var(--surface)"
              stroke="var(--ink-1)"
              strokeWidth="1.5"
            />
          )}
        </g>
      ))}
      {labels.map(({ key, x, width, title, details }) => {
        const within = (size: number, weight: number, text: string): string => {
          const fits = (part: string): boolean => measure(part, size, weight) <= width;
          return fits(text) ? text : cut(text, fits);
        };
        return (
          <g key={key} textAnchor="middle" fontSize="12">
            <text x={x} y="-26" fontWeight="600" fill="var(--ink-1)">
              {within(12, 600, title)}
            </text>
            <text x={x} y="-10" fill="var(--ink-2)">
              {within(12, 400, details.join(' · '))}
            </text>
          </g>
        );
      })}
    </>
  );
}
