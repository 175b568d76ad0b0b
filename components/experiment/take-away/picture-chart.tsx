/** The signature chart without a browser's help: the same rows, ranges, ticks, band and labels as on the page. */
import { toBands } from '@/components/charts/bands';
import type { EndLabel } from '@/components/charts/end-labels';
import { separateLabels } from '@/components/charts/label-layout';
import type { PlotMarker } from '@/components/charts/markers';
import type { ValueTick } from '@/components/charts/plot-axes';
import type { Domain, PlotRow, PlotSeries } from '@/components/charts/plot-data';
import { createScale } from '@/components/charts/scale';
import type { PlotScale } from '@/components/charts/scale';
import { MarkerAt } from '@/components/charts/series-marker';
import { seriesLook } from '@/components/charts/series-look';
import { PictureLine } from '@/components/experiment/take-away/picture-line';
import { runsOf } from '@/components/experiment/take-away/runs-of';
import { PictureMarkers } from '@/components/experiment/take-away/picture-markers';
import { cut } from '@/components/experiment/take-away/wrap-text';
import type { MeasureText } from '@/components/experiment/take-away/wrap-text';

export interface PictureChartProps {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly PlotRow[];
  readonly series: readonly PlotSeries[];
  /** Place in `series` of the line that has a band. */
  readonly selected: number;
  readonly time: Domain;
  readonly values: Domain;
  readonly timeTicks: readonly { readonly atMs: number; readonly label: string }[];
  readonly valueTicks: readonly ValueTick[];
  readonly markers: readonly PlotMarker[];
  readonly labels: readonly EndLabel[];
  readonly firmFromMs: number | null;
  /** Stands beside the chart where its figures are not judged. */
  readonly note: string | null;
}

interface Sized {
  readonly width: number;
  readonly height: number;
  readonly measure: MeasureText;
}

const LEFT = 72;
const RIGHT = 216;
const TOP = 96;
const BOTTOM = 28;
const CLIP = 'plot';

export function PictureChart(props: PictureChartProps & Sized) {
  const { title, about, rows, series, selected, values, width, height, measure, note } = props;
  const scale = createScale(width - LEFT - RIGHT, height - TOP - BOTTOM, props.time, values);
  const fits = (text: string): boolean => measure(text, 13, 400) <= width;
  const subtitle = note === null ? about : `${about}. ${note}`;
  return (
    <>
      <text y="15" fontSize="15" fontWeight="600" fill="var(--ink-1)">
        {title}
      </text>
      <text y="36" fontSize="13" fill="var(--ink-3)">
        {fits(subtitle) ? subtitle : cut(subtitle, fits)}
      </text>
      <g transform={`translate(${LEFT} ${TOP})`}>
        <clipPath id={CLIP}>
          <rect width={scale.width} height={scale.height} />
        </clipPath>
        <Grid {...props} scale={scale} />
        <g clipPath={`url(#${CLIP})`}>
          <Band {...props} scale={scale} />
          {series.map((line, at) => (
            <PictureLine
              key={line.id}
              rows={rows}
              series={at}
              place={line.place}
              isBold={at === selected}
              scale={scale}
            />
          ))}
        </g>
        <PictureMarkers markers={props.markers} scale={scale} measure={measure} />
        <Ends {...props} scale={scale} />
      </g>
    </>
  );
}

type Scaled = PictureChartProps & Sized & { readonly scale: PlotScale };

function Grid({ valueTicks, timeTicks, scale }: Scaled) {
  return (
    <g fontSize="12" fill="var(--ink-3)">
      {valueTicks.map(({ value, label, zero }) => (
        <g key={value} transform={`translate(0 ${scale.toY(value)})`}>
          <line
            x2={scale.width}
            stroke={zero === null ? 'var(--line)' : 'var(--ink-1)'}
            strokeWidth={zero === null ? 1 : 1.5}
          />
          <text x="-8" y="4" textAnchor="end">
            {zero?.name ?? label}
          </text>
        </g>
      ))}
      {timeTicks.map(({ atMs, label }) => (
        <text key={atMs} x={scale.toX(atMs)} y={scale.height + 20}>
          {label}
        </text>
      ))}
    </g>
  );
}

/** Fainter until the call, firmer from there on. */
function Band({ rows, series, selected, values, firmFromMs, scale }: Scaled) {
  const line = series[selected];
  const bands = toBands(rows, selected, values, firmFromMs);
  if (line === undefined) return null;
  const { color } = seriesLook(line.place);
  return (['open', 'firm'] as const).flatMap((part) =>
    runsOf(rows, (row) => bands.get(row)?.[part] ?? null).map((run, at) => {
      const edge = (end: 0 | 1) =>
        run.map(({ row, value }) => `${scale.toX(row.atMs)} ${scale.toY(value[end])}`);
      return (
        <path
          key={`${part} ${at}`}
          d={`M${[...edge(1), ...edge(0).toReversed()].join('L')}Z`}
          fill={color}
          fillOpacity={part === 'open' ? 0.1 : 0.2}
        />
      );
    }),
  );
}

const NAME_PX = RIGHT - 44;

/** Marker, name and value where each line ends; names that would touch move apart. */
function Ends({ labels, scale, series, selected, measure }: Scaled) {
  const boxes = labels.map(({ series: line, value }) => ({
    key: line.id,
    y: scale.toY(value),
    height: 38,
  }));
  const middles = separateLabels(boxes, [-16, scale.height + 16]);
  return labels.map(({ series: line, value, valueText }) => {
    const y = middles.get(line.id) ?? scale.toY(value);
    const isBold = line.id === series[selected]?.id;
    const fits = (text: string): boolean => measure(text, 12, 400) <= NAME_PX;
    return (
      <g key={line.id}>
        <MarkerAt place={line.place} x={scale.width + 20} y={y} />
        <text
          x={scale.width + 34}
          y={y - 2}
          fontSize={isBold ? 18 : 14}
          fontWeight="600"
          fill="var(--ink-1)"
        >
          {valueText}
        </text>
        <text x={scale.width + 34} y={y + 14} fontSize="12" fill="var(--ink-2)">
          {fits(line.name) ? line.name : cut(line.name, fits)}
        </text>
      </g>
    );
  });
}
