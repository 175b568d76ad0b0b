import type { StreamCounts } from '@/lib/process/live';
import type { Figurehead } from '@/lib/server/metrics/figurehead';

/** Figures of the live streams. */
export function tellStreams({ gauge, counter }: Figurehead, counts: () => StreamCounts): void {
  gauge('streams_open', 'Live streams open now.', () => counts().open);
  gauge('streams_behind', 'Streams whose reader is slow: only the newest waits for it.', () => {
    return counts().behind;
  });
  counter('streams_opened_total', 'Streams opened.', () => counts().opened);
  counter('streams_refused_total', 'Streams refused by a cap.', () => counts().refused);
  counter('streams_let_go_total', 'Streams ended because the reader took nothing.', () => {
    return counts().letGo;
  });
  counter('frames_sent_total', 'Events handed to streams.', () => counts().sent);
  counter('frames_replaced_total', 'Events a slow reader was spared, for a newer one.', () => {
    return counts().replaced;
  });
}
