/**
 * `npm run bench:soak [-- --minutes 30]`: 300 streams coming and going on a fresh demo. Says each minute, and at the end,
 * whether the process stands still: memory per hour after the warm-up, open files, event-loop delay, requests upstream.
 * Ends with 1 when it does not; the limits stand below.
 */
import { build, install } from '../../lib/process/prepare.mjs';
import { median, sleep, startDemo, whenAllRead } from './demo-run.mjs';
import { readFigures } from './figures.mjs';
import { openIdleStream } from './stream.mjs';

const at = process.argv.indexOf('--minutes');
const MINUTES = Math.max(2, Number(at === -1 ? 30 : process.argv[at + 1]));
const STREAMS = 300;
/** A visit lasts from five seconds to two minutes. */
const VISIT_FROM_MS = 5_000;
const VISIT_TO_MS = 120_000;
const SAMPLE_MS = 2_000;
const WARM_UP_MINUTES = Math.min(10, MINUTES / 2);

const MB = 1024 * 1024;
/**
 * Memory is judged by the least of each minute, which is what is left after cleaning. A slope counts as growth when it is
 * beyond what chance explains (two standard errors) and beyond these, MB an hour.
 */
const MAX_HEAP_SLOPE = 10;
const MAX_RSS_SLOPE = 40;
/** Open files that are not streams: how many more at the end than after the warm-up. */
const MAX_MORE_FILES = 10;
const MAX_DELAY_P99_S = 0.05;

await install(console.log);
await build(console.log);
const demo = await startDemo();
let isOver = false;
try {
  const { experiments } = await whenAllRead(demo);
  const ids = experiments.filter(({ status }) => status === 'active').map(({ id }) => id);
  const visits = Array.from({ length: STREAMS }, (_, place) => visit(place, ids));
  const rows = [];
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    const row = await watchMinute(minute);
    rows.push(row);
    console.log(
      `${String(minute).padStart(3)} min: RSS ${mb(row.rss)} MB, heap ${mb(row.heap)} MB, files ${row.files ?? '?'} beside ` +
        `${row.streams} streams (${row.behind} behind), event loop p50 ${ms(row.delayP50)}, p99 ${ms(row.delayP99)}; ` +
        `upstream ${row.requests} requests, ${row.refused429} refused`,
    );
  }
  isOver = true;
  await Promise.all(visits);
  // All visitors have left: what they took must be given back.
  await sleep(2_000);
  process.exitCode = conclude(rows, await readFigures(demo.app)) ? 0 : 1;
} finally {
  isOver = true;
  await demo.stop();
}

/** One place: somebody comes, stays a while, leaves, and the next one comes. */
async function visit(place, ids) {
  await sleep((place / STREAMS) * 20_000);
  while (!isOver) {
    const from = Math.floor(Math.random() * ids.length);
    const wanted = [...ids, ...ids].slice(from, from + 1 + Math.floor(Math.random() * 4));
    const close = openIdleStream(`${demo.app}/api/live?experiments=${wanted.join(',')}`);
    const until = Date.now() + VISIT_FROM_MS + Math.random() * (VISIT_TO_MS - VISIT_FROM_MS);
    while (!isOver && Date.now() < until) await sleep(500);
    close();
  }
}

async function watchMinute(minute) {
  const samples = [];
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    samples.push(await readFigures(demo.app));
    await sleep(SAMPLE_MS);
  }
  const least = (key) => Math.min(...samples.map((sample) => sample[key]));
  const middle = (key) => median(samples.map((sample) => sample[key]));
  const last = samples.at(-1);
  const sandbox = await demo.json(`${demo.sandbox}/__sandbox/requests`);
  return {
    minute,
    rss: least('rssBytes'),
    heap: least('heapBytes'),
    files: last.openFiles === null ? null : last.openFiles - last.streams,
    streams: last.streams,
    behind: last.behind,
    delayP50: middle('delayP50s'),
    delayP99: middle('delayP99s'),
    requests: sandbox.total,
    refused429: sandbox.byStatus['429'] ?? 0,
  };
}

function conclude(rows, left) {
  const warm = rows.filter(({ minute }) => minute > WARM_UP_MINUTES);
  const heap = slopePerHour(warm.map(({ minute, heap }) => [minute / 60, heap / MB]));
  const rss = slopePerHour(warm.map(({ minute, rss }) => [minute / 60, rss / MB]));
  const [first, last] = [warm[0], warm.at(-1)];
  const moreFiles = first.files === null ? 0 : last.files - first.files;
  // One slow minute is the machine's; a process that is too busy is slow in most.
  const delayP99 = median(warm.map((row) => row.delayP99));
  const faults = [
    grows(heap, MAX_HEAP_SLOPE) && 'the heap grows',
    grows(rss, MAX_RSS_SLOPE) && 'the process grows',
    moreFiles > MAX_MORE_FILES && 'open files grow',
    left.streams > 0 && 'streams are left',
    delayP99 > MAX_DELAY_P99_S && 'the event loop is late',
    last.refused429 > 0 && 'the API refused requests',
  ].filter(Boolean);
  console.log(
    `after ${WARM_UP_MINUTES} min of warm-up: heap ${slope(heap)}, RSS ${slope(rss)} MB an hour; ${moreFiles} more files; ` +
      `event loop p99 ${ms(delayP99)} (middle of the minutes); ${left.streams} streams left; ` +
      `${last.requests} requests upstream, ${last.refused429} refused, ${left.letGo} readers let go`,
  );
  console.log(faults.length === 0 ? 'flat' : `NOT flat: ${faults.join(', ')}`);
  return faults.length === 0;
}

/** Least squares. @param {[number, number][]} points @returns {{ slope: number, error: number }} */
function slopePerHour(points) {
  const mean = (place) => points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  if (points.length < 3) return { slope: 0, error: Infinity };
  const slope = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
  const off = points.reduce((sum, p) => sum + (p[1] - y - slope * (p[0] - x)) ** 2, 0);
  return { slope, error: Math.sqrt(off / (points.length - 2) / spread) };
}

function grows({ slope, error }, limit) {
  return slope > limit && slope - 2 * error > 0;
}

function mb(bytes) {
  return (bytes / MB).toFixed(0);
}

function ms(seconds) {
  return seconds === null ? '?' : `${(seconds * 1000).toFixed(1)} ms`;
}

function slope({ slope: perHour, error }) {
  return error === Infinity ? 'too short to tell' : `${perHour.toFixed(1)} ± ${error.toFixed(1)}`;
}
