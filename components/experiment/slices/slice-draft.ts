/** What somebody is filling in: kept as typed, turned into the fields of an address when it is asked for. */
import { experimentId } from '@/lib/core/experiment/ids';
import { parseSliceAsk, sliceFields } from '@/lib/core/experiment/slicing';
import type { SliceField } from '@/lib/core/experiment/slicing';

export interface SliceDraft {
  /** `''`, a slicing, or `custom`, whose index stands beside it. */
  readonly by: string;
  readonly index: string;
  readonly unit: string;
  readonly from: string;
  readonly to: string;
  readonly outFrom: string;
  readonly outTo: string;
}

/** From the address of the page; what is not understood there is left as nothing. */
export function toDraft(search: URLSearchParams): SliceDraft {
  const by = search.get('by') ?? '';
  const [outFrom = '', outTo = ''] = (search.get('out') ?? '').split('..');
  const isCustom = by.startsWith('custom-');
  return {
    by: isCustom ? 'custom' : by,
    index: isCustom ? by.slice('custom-'.length) : '',
    unit: search.get('unit') ?? 'visitors',
    from: search.get('from') ?? '',
    to: search.get('to') ?? '',
    outFrom,
    outTo,
  };
}

export type DraftResult =
  | { readonly ok: true; readonly search: string }
  | { readonly ok: false; readonly field: SliceField };

/** The fields as an address has them, in one order; `''` where nothing differs from the page itself. */
export function toSearch(draft: SliceDraft): DraftResult {
  const { by, index, unit, from, to, outFrom, outTo } = draft;
  const parsed = parseSliceAsk(experimentId('1'), {
    by: by === 'custom' ? `custom-${index.trim()}` : by,
    unit,
    from,
    to,
    out: outFrom === '' && outTo === '' ? '' : `${outFrom}..${outTo}`,
  });
  if (!parsed.ok) return { ok: false, field: parsed.field };
  const fields = sliceFields(parsed.ask).map(([name, value]) => [name, value]);
  return { ok: true, search: new URLSearchParams(fields).toString() };
}

/** The fields of a closer look in the address of a page, as `toSearch` writes them; `''` where there are none. */
export function readSearch(search: URLSearchParams): string {
  const result = toSearch(toDraft(search));
  return result.ok ? result.search : '';
}
