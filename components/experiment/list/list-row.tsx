'use client';

/** One row, live by itself: its reading, and the clock where its words need one. The list around it stands still. */
import { useQuery } from '@tanstack/react-query';
import { memo, useMemo } from 'react';
import { ExperimentRow } from '@/components/experiment/list/experiment-row';
import { momentOf, toRow } from '@/components/experiment/list/to-row';
import { rowOptions } from '@/components/experiment/list/use-standings';
import type { WatchRow } from '@/components/experiment/list/use-watched-rows';
import { useFormats } from '@/components/ui/use-formats';
import { useNowOf } from '@/lib/client/live/live-page';

interface ListRowProps {
  readonly questionKey: string;
  readonly watchRow: WatchRow;
}

export const ListRow = memo(function ListRow({ questionKey, watchRow }: ListRowProps) {
  const { data: reading } = useQuery(rowOptions(questionKey));
  const formats = useFormats();
  const momentMs = useNowOf((nowMs) => (reading ? momentOf(reading, nowMs) : 0));
  const ref = useMemo(() => watchRow(questionKey), [watchRow, questionKey]);
  if (reading === undefined) return null;
  const row = toRow(reading, momentMs, formats);
  return (
    <ExperimentRow
      row={row}
      age={row.countedMs === null ? null : <RowAge atMs={row.countedMs} />}
      ref={ref}
    />
  );
});

/** Renders when the words change: each second of the first minute, then once a minute, then once an hour. */
function RowAge({ atMs }: { readonly atMs: number }) {
  const formats = useFormats();
  return useNowOf((nowMs) => formats.duration(nowMs - atMs));
}
