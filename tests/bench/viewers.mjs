/**
 * `npm run bench:viewers [seconds]`: one viewer against 300 viewers of the same 12 experiments, each for five minutes
 * on a fresh demo. Viewers must cost nothing upstream: the same readings per experiment (±1), no 429, both windows kept.
 */
import { build, install } from '../../lib/process/prepare.mjs';
import { quantile, sleep, startDemo, whenAllRead } from './demo-run.mjs';
import { openIdleStream, openStream } from './stream.mjs';

const SECONDS = Number(process.argv[2] ?? 300);
const EXPERIMENTS = 12;

async function measure(viewers) {
  const demo = await startDemo();
  try {
    const list = await whenAllRead(demo);
    const ids = list.experiments
      .filter(({ status }) => status === 'active')
      .slice(0, EXPERIMENTS)
      .map(({ id }) => id);
    const url = `${demo.app}/api/live?experiments=${ids.join(',')}`;
    const looks = new Map(ids.map((id) => [id, new Set()]));
    const ages = [];
    let offsetMs = 0;
    const closers = [
      openStream(url, (type, data) => {
        if (type === 'heartbeat') offsetMs = data.nowMs - Date.now();
        if (type !== 'analysis' || !data.reading.analysis) return;
        looks.get(data.reading.experiment.id)?.add(data.reading.analysis.asOfMs);
      }),
      ...Array.from({ length: viewers - 1 }, () => openIdleStream(url)),
    ];
    const before = await demo.json(`${demo.sandbox}/__sandbox/requests`);
    const until = Date.now() + SECONDS * 1000;
    while (Date.now() < until) {
      await sleep(1000);
      for (const seen of looks.values())
        if (seen.size > 0) ages.push(Date.now() + offsetMs - Math.max(...seen));
    }
    const after = await demo.json(`${demo.sandbox}/__sandbox/requests`);
    closers.forEach((close) => close());
    return {
      viewers,
      // The snapshot on connect is no reading of this measurement.
      readings: [...looks.values()].map((seen) => Math.max(0, seen.size - 1)),
      requests: after.total - before.total,
      refused: after.byStatus['429'] ?? 0,
      worst10s: after.worst10s,
      worstHour: after.worstHour,
      ageP95s: quantile(ages, 0.95) / 1000,
    };
  } finally {
    await demo.stop();
  }
}

await install(console.log);
await build(console.log);
const one = await measure(1);
const many = await measure(300);
for (const run of [one, many])
  console.log(
    `${String(run.viewers).padStart(3)} viewers: readings per experiment ${run.readings.join(' ')}; ` +
      `${run.requests} requests, ${run.refused} refused, worst 10 s ${run.worst10s}, worst hour ${run.worstHour}, age p95 ${run.ageP95s.toFixed(0)} s`,
  );
const apart = Math.max(...one.readings.map((count, at) => Math.abs(count - many.readings[at])));
const kept = [one, many].every(
  (run) => run.refused === 0 && run.worst10s <= 50 && run.worstHour <= 1000,
);
console.log(`largest difference in readings: ${apart}; windows ${kept ? 'kept' : 'BROKEN'}`);
process.exitCode = apart <= 1 && kept ? 0 : 1;
