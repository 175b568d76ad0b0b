import type { ExperimentId } from '@/lib/core/experiment/ids';

/** What the results can be cut by. A custom datum goes by its index, 0 to 99: `custom-3`. */
export const SLICINGS = ['device', 'browser', 'country', 'new-visitors'] as const;
export type Slicing = (typeof SLICINGS)[number] | `custom-${number}`;

/** Days of the calendar of the display's zone, both included, as `2026-11-05`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** A closer look that somebody asks for. It costs a report of its own, and what it shows is never judged. */
export interface SliceAsk {
  readonly experimentId: ExperimentId;
  /** null: all in one. */
  readonly by: Slicing | null;
  readonly unit: 'visitors' | 'visits';
  /** null: since the launch, until now. */
  readonly from: string | null;
  readonly to: string | null;
  readonly leftOut: DayRange | null;
}

/** As the address of a page and of the route has it. */
export const SLICE_FIELDS = ['by', 'unit', 'from', 'to', 'out'] as const;
export type SliceField = (typeof SLICE_FIELDS)[number];

export type ParsedSliceAsk =
  | { readonly ok: true; readonly ask: SliceAsk }
  | { readonly ok: false; readonly field: SliceField; readonly reason: string };

const CUSTOM = /^custom-(0|[1-9]\d?)$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const isDay = (text: string): boolean =>
  DAY.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

/** Reads the fields of an address; empty ones count as absent. The reason is a sentence for whoever wrote them. */
export function parseSliceAsk(
  experimentId: ExperimentId,
  fields: Readonly<Partial<Record<SliceField, string | undefined>>>,
): ParsedSliceAsk {
  const fail = (field: SliceField, reason: string): ParsedSliceAsk => ({
    ok: false,
    field,
    reason,
  });
  const { by = '', unit = '', from = '', to = '', out = '' } = fields;
  if (by !== '' && !isSlicing(by))
    return fail('by', `one of ${SLICINGS.join(', ')}, custom-<0 to 99>`);
  if (unit !== '' && unit !== 'visitors' && unit !== 'visits')
    return fail('unit', 'one of visitors, visits');
  if (from !== '' && !isDay(from)) return fail('from', 'a day such as 2026-11-05');
  if (to !== '' && !isDay(to)) return fail('to', 'a day such as 2026-11-05');
  if (from !== '' && to !== '' && to < from) return fail('to', 'is before `from`');
  const [outFrom = '', outTo = '', ...more] = out === '' ? [] : out.split('..');
  if (out !== '' && (more.length > 0 || !isDay(outFrom) || !isDay(outTo) || outTo < outFrom))
    return fail('out', 'two days such as 2026-11-05..2026-11-06, the first not after the second');
  return {
    ok: true,
    ask: {
      experimentId,
      by: by === '' ? null : (by as Slicing),
      unit: unit === 'visits' ? 'visits' : 'visitors',
      from: from || null,
      to: to || null,
      leftOut: out === '' ? null : { from: outFrom, to: outTo },
    },
  };
}

const isSlicing = (text: string): text is Slicing =>
  SLICINGS.some((each) => each === text) || CUSTOM.test(text);

/** The fields that differ from what everybody sees anyway; equal asks have equal texts. */
export function sliceFields({
  by,
  unit,
  from,
  to,
  leftOut,
}: Omit<SliceAsk, 'experimentId'>): readonly (readonly [SliceField, string])[] {
  return [
    ...(by === null ? [] : [['by', by] as const]),
    ...(unit === 'visitors' ? [] : [['unit', unit] as const]),
    ...(from === null ? [] : [['from', from] as const]),
    ...(to === null ? [] : [['to', to] as const]),
    ...(leftOut === null ? [] : [['out', `${leftOut.from}..${leftOut.to}`] as const]),
  ];
}

/** Key of what is read upstream; the principal is put before it by whoever keeps a cache. */
export const sliceKey = (ask: SliceAsk): string =>
  [ask.experimentId, ...sliceFields(ask).map(([name, value]) => `${name}=${value}`)].join(';');
