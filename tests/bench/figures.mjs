/** The app's own figures, as a monitor would read them: `GET /metrics`. Bytes, seconds and counts. */
export async function readFigures(app) {
  const answer = await fetch(`${app}/metrics`);
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
  const text = await answer.text();
  const find = (name) => {
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    return line === undefined ? null : Number(line.slice(name.length + 1).split(' ')[0]);
  };
  return {
    rssBytes: find('process_resident_memory_bytes'),
    heapBytes: find('nodejs_heap_size_used_bytes'),
    externalBytes: find('nodejs_external_memory_bytes'),
    /** Not every system tells. */
    openFiles: find('process_open_fds'),
    delayP50s: find('verdict_event_loop_delay_seconds{quantile="0.5"}'),
    delayP99s: find('verdict_event_loop_delay_seconds{quantile="0.99"}'),
    streams: find('verdict_streams_open'),
    behind: find('verdict_streams_behind'),
    letGo: find('verdict_streams_let_go_total'),
    refused: find('verdict_streams_refused_total'),
  };
}
