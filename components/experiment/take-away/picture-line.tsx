import { runsOf } from '@/components/experiment/take-away/runs-of';
import type { PlotRow } from '@/components/charts/plot-data';
import type { PlotScale } from '@/components/charts/scale';
import { seriesLook } from '@/components/charts/series-look';

interface PictureLineProps {
  readonly rows: readonly PlotRow[];
  /** Place in the values of a row. */
  readonly series: number;
  /** Place in the configuration: colour and dash. */
  readonly place: number;
  readonly isBold: boolean;
  readonly scale: PlotScale;
}

const CLOSEST_PX = 6;

/** One variation's estimate; of the bold one also its looks, filled, and hollow where they were read back later. */
export function PictureLine({ rows, series, place, isBold, scale }: PictureLineProps) {
  const { color, dash } = seriesLook(place);
  const runs = runsOf(rows, (row) => row.values[series]?.value ?? null);
  const dots = isBold ? thinned(runs.flat(), ({ row }) => scale.toX(row.atMs)) : [];
  return (
    <>
      {runs.map((run, at) => (
        <path
          key={at}
          d={`M${run.map(({ row, value }) => `${scale.toX(row.atMs)} ${scale.toY(value)}`).join('L')}`}
          fill="none"
          stroke={color}
          strokeWidth={isBold ? 2.25 : 1.75}
          {...(dash !== '' && { strokeDasharray: dash })}
        />
      ))}
      {dots.map(({ row, value }) => (
        <circle
          key={row.atMs}
          cx={scale.toX(row.atMs)}
          cy={scale.toY(value)}
          r="2.5"
          fill={row.source === 'live' ? color : 'var(--surface)'}
          stroke={color}
          strokeWidth="1.25"
        />
      ))}
    </>
  );
}

/** Points at least 6 px apart; the first and the last stay. */
function thinned<T>(points: readonly T[], toX: (point: T) => number): readonly T[] {
  let lastX = Number.NEGATIVE_INFINITY;
  return points.filter((point, at) => {
    const x = toX(point);
    const stays = x - lastX >= CLOSEST_PX || at === points.length - 1;
    if (stays) lastX = x;
    return stays;
  });
}
