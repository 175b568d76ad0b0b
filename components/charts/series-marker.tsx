import { seriesLook } from '@/components/charts/series-look';

/** A variation's own shape. Triangles belong to verdicts, so none is one. Drawn around 0, 0 in a box of 12. */
const SHAPES = [
  'M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z',
  'M-4.5-4.5H4.5V4.5H-4.5Z',
  'M0-6L6 0L0 6L-6 0Z',
  'M-1.75-5.5H1.75V-1.75H5.5V1.75H1.75V5.5H-1.75V1.75H-5.5V-1.75H-1.75Z',
  'M-5-2.75L-2.75-5L0-2.25L2.75-5L5-2.75L2.25 0L5 2.75L2.75 5L0 2.25L-2.75 5L-5 2.75L-2.25 0Z',
  'M0-5.75L5.6-1.7L3.5 4.85H-3.5L-5.6-1.7Z',
] as const;
const LATE_SHAPES = [
  'M-2-5.5H2V5.5H-2Z',
  'M0-6L1.6-2L5.8-1.8L2.5.8L3.6 5L0 2.6L-3.6 5L-2.5.8L-5.8-1.8L-1.6-2Z',
  'M0-5.5A5.5 5.5 0 1 1 0 5.5A5.5 5.5 0 1 1 0-5.5ZM0-2.5A2.5 2.5 0 1 0 0 2.5A2.5 2.5 0 1 0 0-2.5Z',
] as const;

export function markerPath(place: number): string {
  if (place < SHAPES.length) return SHAPES[place] ?? SHAPES[0];
  return LATE_SHAPES[(place - SHAPES.length) % LATE_SHAPES.length] ?? LATE_SHAPES[0];
}

/** Inside a picture, at a point. */
export function MarkerAt({ place, x, y }: { place: number; x: number; y: number }) {
  return (
    <path
      d={markerPath(place)}
      transform={`translate(${x} ${y})`}
      fill={seriesLook(place).color}
      fillRule="evenodd"
    />
  );
}

/** Beside a name. */
export function SeriesMarker({ place, size = 12 }: { place: number; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="-6 -6 12 12" aria-hidden="true" focusable="false">
      <path d={markerPath(place)} fill={seriesLook(place).color} fillRule="evenodd" />
    </svg>
  );
}
