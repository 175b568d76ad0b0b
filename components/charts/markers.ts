/** Moments with a name on a picture over time, and how crowded ones share one label. */
export interface PlotMarker {
  readonly key: string;
  /** `event`: something later in the life of a call. `end`: the planned end. `note`: somebody wrote something down. */
  readonly kind: 'call' | 'event' | 'change' | 'end' | 'note';
  readonly atMs: number;
  readonly title: string;
  /** One word or two, where there is little room. */
  readonly shortTitle: string;
  readonly detail: string;
  readonly shortDetail: string;
  /** What stands on zero: a ring where the band left it, a slash where a call is shaken, a cross where it is withdrawn. */
  readonly onZero: 'ring' | 'slash' | 'cross' | null;
  /** Moment of a tick on the zero line (the call was confirmed). */
  readonly tickAtMs: number | null;
  /** Of notes: the words for several of them that share a label. */
  readonly many?: (n: number) => string;
}

export interface MarkerLabel {
  readonly key: string;
  /** Middle of the label, kept inside the picture. */
  readonly x: number;
  readonly width: number;
  readonly title: string;
  readonly details: readonly string[];
}

const CLOSEST_PX = 80;
/** Width of a character at 12 px, on the wide side. */
const CHARACTER_PX = 6.6;

/**
 * One label per marker; labels that would stand within 80 px or run into each other are joined: the call keeps its
 * title, the others follow as details.
 */
export function toMarkerLabels(
  markers: readonly PlotMarker[],
  toX: (atMs: number) => number,
  [left, right]: readonly [number, number],
): readonly MarkerLabel[] {
  const labels: JoinedLabel[] = [];
  for (const marker of joinNotes(markers, toX)) {
    const label = { marker, ...toLabel(marker, toX(marker.atMs), [left, right]) };
    const before = labels.at(-1);
    const needed = before === undefined ? 0 : (before.width + label.width) / 2;
    if (before === undefined || label.x - before.x >= Math.max(CLOSEST_PX, needed)) {
      labels.push(label);
      continue;
    }
    // A note says least of what happened: it never takes another's place.
    const isHead = marker.kind === 'call' || before.marker.kind === 'note';
    const [head, tail] = isHead ? [label, before] : [before, label];
    const details = [...head.details, tail.title];
    labels[labels.length - 1] = { ...head, ...widen({ ...head, details }, [left, right]) };
  }
  return labels.map(({ key, x, width, title, details }) => ({ key, x, width, title, details }));
}

type JoinedLabel = MarkerLabel & { readonly marker: PlotMarker };

/** In order of time; notes that stand too close to each other for two labels are one that says how many. */
function joinNotes(
  markers: readonly PlotMarker[],
  toX: (atMs: number) => number,
): readonly PlotMarker[] {
  const joined: PlotMarker[] = [];
  let note = -1;
  let n = 0;
  for (const marker of markers.toSorted((a, b) => a.atMs - b.atMs)) {
    const first = joined[note];
    if (marker.kind !== 'note') joined.push(marker);
    else if (first === undefined || toX(marker.atMs) - toX(first.atMs) >= CLOSEST_PX) {
      note = joined.push(marker) - 1;
      n = 1;
    } else {
      n += 1;
      const title = first.many?.(n) ?? first.title;
      joined[note] = { ...first, title, shortTitle: title, detail: '', shortDetail: '' };
    }
  }
  return joined;
}

function toLabel(
  { key, title, detail }: PlotMarker,
  x: number,
  [left, right]: readonly [number, number],
): MarkerLabel {
  const details = detail === '' ? [] : [detail];
  return widen({ key, x, width: 0, title, details }, [left, right]);
}

/** As wide as its words, as far as the picture goes, and inside it. */
function widen(label: MarkerLabel, [left, right]: readonly [number, number]): MarkerLabel {
  const { title, details, x } = label;
  const longest = Math.max(title.length * 1.15, details.join(' · ').length);
  const width = Math.min(right - left, longest * CHARACTER_PX + 8);
  return { ...label, width, x: Math.max(left + width / 2, Math.min(right - width / 2, x)) };
}
