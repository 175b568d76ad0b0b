/** Moments above the lift lines: the life of each call, the planned end, a change of the split. */
import type { PlotMarker } from '@/components/charts/markers';
import type { PlotRow, PlotSeries } from '@/components/charts/plot-data';
import { callsOf, isUnjudged } from '@/components/experiment/chart-state';
import { dayOf } from '@/components/experiment/chart-words';
import { withinData, type LiftContext } from '@/components/experiment/lift-marks';
import { isStanding, type Call } from '@/lib/core/analysis/call';
import { plannedEndMs } from '@/lib/core/words/call-life';
import { variationId } from '@/lib/core/experiment/ids';

export const toMarkers =
  (context: LiftContext) =>
  (selected: PlotSeries): readonly PlotMarker[] => [
    ...callsOf(context.analysis, selected.id).flatMap((call, at) =>
      toCallMarkers(context, selected, call, `call ${at}`),
    ),
    ...toEndMarker(context, selected),
    ...toChangeMarker(context),
    ...toNoteMarkers(context),
  ];

function toCallMarkers(
  context: LiftContext,
  selected: PlotSeries,
  call: Call,
  key: string,
): readonly PlotMarker[] {
  const { t, figures } = context.words;
  const { launchMs, rows } = context;
  const markers = [toCallMarker(context, selected, call, key)];
  const add = (
    word: 'shaken' | 'withdrawn',
    atMs: number | null,
    onZero: PlotMarker['onZero'],
  ): void => {
    if (atMs === null) return;
    const moment = figures.moment(atMs);
    markers.push({
      key: `${key} ${word}`,
      kind: 'event',
      atMs: withinData(rows, atMs),
      title: t(`call.${word}`, { day: dayOf(atMs, launchMs) }),
      shortTitle: t(`call.${word}Short`),
      detail: moment,
      shortDetail: moment,
      onZero,
      tickAtMs: null,
    });
  };
  if (!call.isFinal) add('shaken', call.shakenAtMs, 'slash');
  add('withdrawn', call.withdrawn?.atMs ?? null, 'cross');
  return markers;
}

function toCallMarker(
  { words: { t, figures }, launchMs, series, rows }: LiftContext,
  selected: PlotSeries,
  call: Call,
  key: string,
): PlotMarker {
  const moment = figures.moment(call.calledAtMs);
  const { confirmedAtMs } = call;
  const isCrossing = leavesZeroAt(
    rows,
    series.indexOf(selected),
    withinData(rows, call.calledAtMs),
  );
  const called = t('call.called', { day: call.day });
  return {
    key,
    // Nothing is firm after a call that was taken back.
    kind: isStanding(call) ? 'call' : 'event',
    atMs: withinData(rows, call.calledAtMs),
    title:
      confirmedAtMs === null
        ? called
        : t('call.confirmed', { day: call.day, confirmed: dayOf(confirmedAtMs, launchMs) }),
    shortTitle: called,
    detail:
      call.state === 'no-difference'
        ? t('call.within', { moment })
        : isCrossing
          ? t('call.leavesZero', { moment })
          : moment,
    shortDetail: moment,
    onZero: isCrossing ? 'ring' : null,
    tickAtMs: withinData(rows, confirmedAtMs),
  };
}

/**
 * Whether the band held zero just before a moment and no longer does: a winner of the first week is called later than
 * its band left zero, and then the picture must not say otherwise.
 */
export function leavesZeroAt(rows: readonly PlotRow[], series: number, atMs: number): boolean {
  const drawn = rows.filter((row) => row.values[series] != null);
  const at = drawn.findIndex((row) => row.atMs >= atMs);
  const holdsZero = (row: PlotRow | undefined): boolean => {
    const interval = row?.values[series]?.interval;
    return interval != null && (interval.lower ?? -1) <= 0 && (interval.upper ?? 1) >= 0;
  };
  return at > 0 && holdsZero(drawn[at - 1]) && !holdsZero(drawn[at]);
}

/** Where the final look was taken and decided; when a plan is reached that is ahead, nobody knows. */
function toEndMarker(
  { words: { t, figures }, analysis, rows }: LiftContext,
  selected: PlotSeries,
): readonly PlotMarker[] {
  const atMs = plannedEndMs(analysis, variationId(selected.id));
  if (atMs === null || isUnjudged(analysis)) return [];
  return [
    plain('end', withinData(rows, atMs), t('end.title'), t('end.short'), figures.moment(atMs)),
  ];
}

function toChangeMarker({ words: { t, figures }, experiment }: LiftContext): readonly PlotMarker[] {
  const atMs = experiment.splitChangedAtMs;
  if (atMs === null) return [];
  return [plain('change', atMs, t('change.title'), t('change.short'), figures.moment(atMs))];
}

const plain = (
  kind: 'change' | 'end' | 'note',
  atMs: number,
  title: string,
  shortTitle: string,
  moment: string,
): PlotMarker => ({
  key: kind,
  kind,
  atMs,
  title,
  shortTitle,
  detail: moment,
  shortDetail: moment,
  onZero: null,
  tickAtMs: null,
});

/** What is noted of before the launch stands at it, of after the data at their end. */
function toNoteMarkers({
  words: { t, figures },
  launchMs,
  rows,
  notes = [],
}: LiftContext): readonly PlotMarker[] {
  return notes.map(({ id, atMs }) => {
    const moment = figures.moment(atMs);
    return {
      ...plain(
        'note',
        withinData(rows, Math.max(launchMs, atMs)),
        t('note.flag'),
        t('note.flag'),
        moment,
      ),
      key: `note ${id}`,
      many: (n) => t('note.flags', { n }),
    };
  });
}
