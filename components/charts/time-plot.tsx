'use client';

/**
 * One picture over time: axes that stand at once, data marks that come when measured and loaded, words above, labels at
 * the line ends. Data and size in, picture out.
 */
import dynamic from 'next/dynamic';
import { useMemo, useRef } from 'react';
import { CrosshairLayer } from '@/components/charts/crosshair-layer';
import type { Crosshair } from '@/components/charts/crosshair';
import { EndLabels } from '@/components/charts/end-labels';
import type { EndLabel } from '@/components/charts/end-labels';
import { MarkerLabels } from '@/components/charts/marker-labels';
import type { PlotMarker } from '@/components/charts/markers';
import { PlotAxes } from '@/components/charts/plot-axes';
import type { TimeTick, ValueTick } from '@/components/charts/plot-axes';
import type { Domain, PlotRow, PlotSeries } from '@/components/charts/plot-data';
import { PlotMarks } from '@/components/charts/plot-marks';
import { createScale } from '@/components/charts/scale';
import { seriesLook } from '@/components/charts/series-look';
import { useBox } from '@/components/charts/use-box';
import styles from '@/components/charts/time-plot.module.css';

const PlotPicture = dynamic(
  () => import('@/components/charts/plot-picture').then((loaded) => loaded.PlotPicture),
  { ssr: false, loading: () => null },
);

/** Narrower plots have no gutter (see the stylesheet) and use short words. */
const NARROW_PX = 500;

export interface TimePlotProps {
  readonly rows: readonly PlotRow[];
  readonly series: readonly PlotSeries[];
  readonly selected: number;
  readonly time: Domain;
  readonly values: Domain;
  readonly timeTicks: readonly TimeTick[];
  readonly valueTicks: readonly ValueTick[];
  readonly markers: readonly PlotMarker[];
  /** Whether room is kept for words above the lines, so that a marker that comes later moves nothing. */
  readonly hasMarkerRoom: boolean;
  readonly firmFromMs: number | null;
  readonly labels: readonly EndLabel[];
  readonly crosshair: Crosshair;
  readonly sliderLabel: string;
  readonly describe: (row: PlotRow) => string;
  readonly label: string;
  readonly onSelect: (id: string) => void;
}

export function TimePlot(props: TimePlotProps) {
  const { rows, series, selected, time, values, markers, crosshair, onSelect } = props;
  const plot = useRef<HTMLDivElement>(null);
  const box = useBox(plot);
  const scale = useMemo(
    () => (box === null ? null : createScale(box.width, box.height, time, values)),
    [box, time, values],
  );
  const hasZero = props.valueTicks.some((tick) => tick.zero !== null);
  const line = series[selected];

  return (
    <div className={props.hasMarkerRoom ? styles.picture : `${styles.picture} ${styles.low}`}>
      <div ref={plot} className={styles.plot}>
        <PlotAxes
          time={time}
          values={values}
          timeTicks={props.timeTicks}
          valueTicks={props.valueTicks}
        />
        {box !== null && scale !== null && line !== undefined && (
          <>
            <div className={styles.data} aria-hidden="true">
              <PlotPicture
                rows={rows}
                series={series}
                selected={selected}
                time={time}
                values={values}
                box={box}
                firmFromMs={props.firmFromMs}
              />
            </div>
            <PlotMarks
              rows={rows}
              series={series}
              selected={selected}
              markers={markers}
              scale={scale}
              hasZero={hasZero}
            />
            <MarkerLabels markers={markers} scale={scale} isNarrow={box.width < NARROW_PX} />
            <CrosshairLayer
              crosshair={crosshair}
              rows={rows}
              selected={selected}
              color={seriesLook(line.place).color}
              scale={scale}
              label={props.sliderLabel}
              describe={props.describe}
              onSelect={(at) => onSelect(series[at]?.id ?? line.id)}
            />
            <EndLabels
              labels={props.labels}
              selectedId={line.id}
              scale={scale}
              label={props.label}
              onSelect={onSelect}
            />
          </>
        )}
      </div>
    </div>
  );
}
